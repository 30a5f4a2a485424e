package io.plumbline.it.fault;

import com.tencentcloudapi.common.CommonClient;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.ChangeLog;
import io.plumbline.it.clouds.ChangeLog.CallKind;
import io.plumbline.it.clouds.Fault;
import io.plumbline.it.clouds.InProcessTransport;
import io.plumbline.it.clouds.Network;
import io.plumbline.it.clouds.Prober;
import io.plumbline.it.clouds.SimulationClock;
import io.plumbline.it.clouds.tencent.Limit;
import io.plumbline.it.clouds.tencent.SimulatedTencent;
import io.plumbline.it.clouds.tencent.TencentAccount;
import io.plumbline.it.virtual.VirtualClock;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Provider;
import io.plumbline.tencent.TencentProvider;
import io.plumbline.tencent.TencentSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The simulated CLB on virtual time, reached through Tencent's own SDK.
final class TencentFaultyCloud implements FaultyCloud {
    private static final Duration TASK = Duration.ofSeconds(15);

    private static final String WRONG_KEY = "canary-0f-a-secret-key";

    private final VirtualClock clock;
    private final SimulatedTencent cloud;
    private final Set<String> silent = new TreeSet<>();
    private boolean wrongKeys;

    TencentFaultyCloud(VirtualClock clock) {
        this.clock = clock;
        this.cloud = SimulatedTencent.onVirtualTime(
                Network.everyAddress(),
                SimulationClock.following(clock),
                Prober.answering(probe -> !silent.contains(probe.address())));
    }

    @Override
    public String name() {
        return "tencent";
    }

    @Override
    public Provider provider(CallGate gate) {
        TencentAccount account = cloud.account();
        TencentSettings.Keys right = new TencentSettings.Keys(account.secretId(), account.secretKey());
        TencentSettings.Keys wrong = new TencentSettings.Keys(account.secretId(), WRONG_KEY);
        TencentSettings settings = new TencentSettings(
                account.region(),
                account.vpcId(),
                new TencentSettings.Credentials.Given(() -> wrongKeys ? wrong : right),
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
    public String address(int number) {
        return "10.0.3." + number;
    }

    @Override
    public void fallSilent(int number) {
        silent.add(address(number));
    }

    @Override
    public void loseReply(int nth) {
        cloud.faults().add(Fault.nth("*", nth, Fault.Kind.LOSE));
    }

    @Override
    public void throttleWrites(int times) {
        for (int nth = 1; nth <= times; nth++) {
            cloud.faults().add(Fault.error("*write", nth, "RequestLimitExceeded"));
        }
    }

    @Override
    public void busy(int times) {
        for (int nth = 1; nth <= times; nth++) {
            cloud.faults().add(Fault.error("*write", nth, "FailedOperation.ResourceInOperating"));
        }
    }

    @Override
    public void failTask() {
        cloud.faults().add(Fault.nth("*write", 1, Fault.Kind.TASK_FAIL));
    }

    @Override
    public void registerPartly() {
        cloud.faults().add(Fault.nth("BatchRegisterTargets", 1, Fault.Kind.PARTIAL));
    }

    /// One action is not allowed to us.
    void deny(String action) {
        cloud.faults().add(Fault.always(action, "UnauthorizedOperation"));
    }

    /// No more faults.
    void recover() {
        cloud.faults().clear();
    }

    /// What must never be seen anywhere.
    List<String> secrets() {
        return List.of(cloud.account().secretKey(), WRONG_KEY);
    }

    @Override
    public void refuseCredentials(boolean on) {
        wrongKeys = on;
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

    @Override
    public List<String> balancers() {
        return cloud.balancers().stream().map(BalancerView::id).toList();
    }

    @Override
    public int everMade() {
        return (int) cloud.log().entries().stream()
                .filter(entry -> entry instanceof ChangeLog.Lifecycle lifecycle
                        && lifecycle.what().equals("balancer")
                        && lifecycle.happened() == ChangeLog.Happened.ADDED)
                .count();
    }

    @Override
    public SortedSet<String> members() {
        return cloud.balancers().stream()
                .flatMap(balancer -> balancer.listeners().stream())
                .flatMap(listener -> listener.targets().stream()
                        .filter(target -> target.weight() > 0)
                        .map(target -> listener.port() + "/" + target.name()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public SortedSet<Integer> listeners() {
        return cloud.balancers().stream()
                .flatMap(balancer -> balancer.listeners().stream())
                .map(BalancerView.ListenerView::port)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public int writes() {
        return cloud.log().writes().size();
    }

    @Override
    public List<String> writesTried() {
        return cloud.log().calls().stream()
                .filter(call -> call.kind() == CallKind.WRITE)
                .map(ChangeLog.Call::action)
                .toList();
    }

    /// A stranger's call, and the time that its task takes.
    private void byHand(String action, String body) {
        HttpProfile http = new HttpProfile();
        http.setProtocol("http://");
        http.setEndpoint("clb.tencentcloudapi.com");
        http.setHttpClient(InProcessTransport.client(cloud, clock::moveBy));
        ClientProfile profile = new ClientProfile();
        profile.setHttpProfile(http);
        TencentAccount account = cloud.account();
        Credential credential = new Credential(account.secretId(), account.secretKey());
        try {
            new CommonClient("clb", "2018-03-17", credential, account.region(), profile).call(action, body);
        } catch (TencentCloudSDKException e) {
            throw new IllegalStateException(action + " by hand was refused", e);
        }
        clock.moveBy(TASK);
        cloud.tick();
    }
}
