package io.plumbline.it.contract;

import io.plumbline.it.clouds.Fault;
import io.plumbline.it.clouds.InProcessTransport;
import io.plumbline.it.clouds.tencent.SimulatedTencent;
import io.plumbline.it.clouds.tencent.TencentAccount;
import io.plumbline.it.clouds.tencent.TencentClients;
import io.plumbline.it.contract.ContractCloud.Obstacle;
import io.plumbline.it.contract.ContractCloud.Trouble;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Dialect.Interpretation;
import io.plumbline.spi.Dialect.Wishes;
import io.plumbline.spi.Provider;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Kind;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.objects.CustomObject;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.tencent.TencentProvider;
import io.plumbline.tencent.TencentSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The simulated CLB on virtual time, reached through Tencent's own SDK.
final class TencentContractCloud extends SimulatedContractCloud<SimulatedTencent> {
    private static final Duration TASK = Duration.ofSeconds(5);
    private static final ObjectKey CONFIG = new ObjectKey("TkeServiceConfig", "web", "settings");

    TencentContractCloud() {
        super(SimulatedTencent::onVirtualTime);
        putNodes();
    }

    @Override
    public Provider provider(CallGate gate) {
        TencentAccount account = cloud.account();
        TencentSettings settings = TencentSettings.of(
                        account.region(),
                        account.vpcId(),
                        new TencentSettings.Keys(account.secretId(), account.secretKey()))
                .through(InProcessTransport.client(cloud, clock::advance));
        return new TencentProvider(settings, gate, clock);
    }

    /// As its dialect makes it of a Service with or without a subnet.
    @Override
    public LoadBalancer loadBalancer(LoadBalancerKey key, Scheme scheme) {
        String subnet = cloud.account().subnetIds().getFirst();
        Wishes wishes = interpret(
                        scheme == Scheme.INTERNAL
                                ? Map.of("service.kubernetes.io/qcloud-loadbalancer-internal-subnetid", subnet)
                                : Map.of(),
                        List.of())
                .wishes();
        return new LoadBalancer(key, wishes.scheme(), wishes.addressFamily(), wishes.options());
    }

    /// As its dialect makes them of a TkeServiceConfig without and with a listener's name.
    @Override
    public List<Options> listenerOptions() {
        return List.of(options(Map.of()), options(Map.of("listenerName", "checkout")));
    }

    private Options options(Map<String, Object> settings) {
        Map<String, Object> listener = new TreeMap<>(settings);
        listener.put("protocol", "TCP");
        listener.put("port", 80);
        CustomObject config = new CustomObject(
                CONFIG, "uid-of-settings", Map.of("loadBalancer", Map.of("l4Listeners", List.of(listener))));
        return interpret(Map.of("service.cloud.tencent.com/tke-service-config", CONFIG.name()), List.of(config))
                .ports()
                .getFirst()
                .listenerOptions();
    }

    private Interpretation interpret(Map<String, String> annotations, List<CustomObject> objects) {
        Map<String, String> all = new TreeMap<>(annotations);
        all.put("service.cloud.tencent.com/direct-access", "true");
        return interpret(all, objects, "IPv4");
    }

    @Override
    public Address.Instance node(int number) {
        return new Address.Instance("ins-%08d".formatted(number));
    }

    @Override
    public LoadBalancerKey.Existing existing() {
        return byHand("");
    }

    /// The simulated account has one network; that one in another is refused is a test of the reader.
    @Override
    public Optional<LoadBalancerKey.Existing> existing(Obstacle obstacle) {
        return switch (obstacle) {
            case ANOTHER_CONTROLLER ->
                Optional.of(byHand(",\"Tags\":[{\"TagKey\":\"tke-clusterId\",\"TagValue\":\"cls-1\"}]"));
            case ANOTHER_NETWORK -> Optional.empty();
        };
    }

    private LoadBalancerKey.Existing byHand(String more) {
        call("CreateLoadBalancer", "{\"LoadBalancerType\":\"OPEN\"" + more + "}");
        String id = cloud.balancers().getLast().id();
        return new LoadBalancerKey.Existing("tencent", cloud.account().region(), id);
    }

    @Override
    public void strangersListener(String loadBalancer, int port) {
        call(
                "CreateListener",
                "{\"LoadBalancerId\":\"%s\",\"Protocol\":\"TCP\",\"Ports\":[%d]}".formatted(loadBalancer, port));
        call(
                "BatchRegisterTargets",
                "{\"LoadBalancerId\":\"%s\",\"Targets\":[{\"ListenerId\":\"%s\",\"EniIp\":\"%s\",\"Port\":9000}]}"
                        .formatted(
                                loadBalancer,
                                listener(loadBalancer, port).id(),
                                address(200).text()));
    }

    @Override
    public void protect(String loadBalancer) {
        call(
                "ModifyLoadBalancerAttributes",
                "{\"LoadBalancerId\":\"%s\",\"DeleteProtect\":true}".formatted(loadBalancer));
    }

    @Override
    public boolean failTaskOfCreating(Kind kind) {
        cloud.faults().add(Fault.nth(action(kind), 1, Fault.Kind.TASK_FAIL));
        return true;
    }

    @Override
    String code(Trouble trouble) {
        return switch (trouble) {
            case EXPIRED_CREDENTIALS -> "AuthFailure.SecretIdNotFound";
            case ACTION_DENIED -> "AuthFailure.UnauthorizedOperation";
            case TOO_MANY_CALLS -> "RequestLimitExceeded";
            case CLOUD_FAILS -> "FailedOperation";
            case CONNECTION_BREAKS -> throw new IllegalArgumentException("nothing is answered");
        };
    }

    @Override
    String action(Kind kind) {
        return switch (kind) {
            case LOAD_BALANCER -> "CreateLoadBalancer";
            case LISTENER -> "CreateListener";
            case BACKEND -> "BatchRegisterTargets";
            case POOL, RULE, ACCESS_LIST, CERTIFICATE ->
                throw new IllegalArgumentException("this suite makes no " + kind);
        };
    }

    /// Somebody else's call, with the time that its task takes.
    private void call(String action, String body) {
        TencentClients.call(cloud.account(), InProcessTransport.client(cloud, clock::advance), action, body);
        pass(TASK);
    }
}
