package io.plumbline.it.fault;

import io.plumbline.it.clouds.Fault;
import io.plumbline.it.clouds.InProcessTransport;
import io.plumbline.it.clouds.tencent.Limit;
import io.plumbline.it.clouds.tencent.SimulatedTencent;
import io.plumbline.it.clouds.tencent.TencentAccount;
import io.plumbline.it.clouds.tencent.TencentClients;
import io.plumbline.it.virtual.VirtualClock;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Provider;
import io.plumbline.tencent.TencentProvider;
import io.plumbline.tencent.TencentSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The simulated CLB on virtual time, reached through Tencent's own SDK.
final class TencentFaultyCloud extends SimulatedFaultyCloud<SimulatedTencent> {
    private static final Duration TASK = Duration.ofSeconds(15);

    TencentFaultyCloud(VirtualClock clock) {
        super(clock, SimulatedTencent::onVirtualTime);
    }

    @Override
    String throttled() {
        return "RequestLimitExceeded";
    }

    @Override
    String busy() {
        return "FailedOperation.ResourceInOperating";
    }

    @Override
    public Provider provider(CallGate gate) {
        TencentAccount account = cloud.account();
        TencentSettings.Keys right = new TencentSettings.Keys(account.secretId(), account.secretKey());
        TencentSettings.Keys wrong = new TencentSettings.Keys(account.secretId(), WRONG_KEY);
        TencentSettings settings = new TencentSettings(
                account.region(),
                account.vpcId(),
                new TencentSettings.Credentials.Given(() -> keys(right, wrong)),
                java.util.Optional.empty(),
                java.util.Optional.of(InProcessTransport.client(cloud, clock::moveBy)),
                TencentSettings.USUAL_TIMEOUT);
        return new TencentProvider(settings, gate, clock);
    }

    @Override
    public Map<String, String> serviceAnnotations() {
        return Map.of("service.cloud.tencent.com/direct-access", "true");
    }

    @Override
    public Map<String, String> grace() {
        return Map.of("service.cloud.tencent.com/enable-grace-shutdown", "true");
    }

    @Override
    public void failTask() {
        cloud.faults().add(Fault.nth("*write", 1, Fault.Kind.TASK_FAIL));
    }

    @Override
    public void registerPartly() {
        cloud.faults().add(Fault.nth("BatchRegisterTargets", 1, Fault.Kind.PARTIAL));
    }

    /// What must never be seen anywhere.
    List<String> secrets() {
        return List.of(cloud.account().secretKey(), WRONG_KEY);
    }

    @Override
    public void deleteByHand() {
        for (String id : balancers()) {
            byHand("DeleteLoadBalancer", "{\"LoadBalancerIds\":[\"%s\"],\"ForceDelete\":true}".formatted(id));
        }
    }

    @Override
    public void makeStrangersListener(int port) {
        String id = balancers().getFirst();
        byHand("CreateListener", "{\"LoadBalancerId\":\"%s\",\"Protocol\":\"TCP\",\"Ports\":[%d]}".formatted(id, port));
    }

    @Override
    public void limited(boolean on) {
        Stream.of(Limit.OPEN_BALANCERS, Limit.REQUESTS_PER_SECOND)
                .forEach(limit -> cloud.limits().set(limit, on ? limit.initial() : limit.off()));
    }

    /// A stranger's call, and the time that its task takes.
    private void byHand(String action, String body) {
        TencentClients.call(cloud.account(), InProcessTransport.client(cloud, clock::moveBy), action, body);
        pass(TASK);
    }
}
