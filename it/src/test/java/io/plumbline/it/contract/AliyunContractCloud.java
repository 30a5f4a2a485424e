package io.plumbline.it.contract;

import io.plumbline.aliyun.AliyunProvider;
import io.plumbline.aliyun.AliyunSettings;
import io.plumbline.it.clouds.Fault;
import io.plumbline.it.clouds.InProcessTransport;
import io.plumbline.it.clouds.aliyun.AliyunAccount;
import io.plumbline.it.clouds.aliyun.AliyunClients;
import io.plumbline.it.clouds.aliyun.SimulatedAliyun;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Dialect.Interpretation;
import io.plumbline.spi.Dialect.Wishes;
import io.plumbline.spi.Provider;
import io.plumbline.spi.Provider.Resolution;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Kind;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Options;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The simulated CLB on virtual time, reached through Aliyun's own SDK.
final class AliyunContractCloud extends SimulatedContractCloud<SimulatedAliyun> {
    private static final AtomicInteger CLOUDS = new AtomicInteger();
    private static final String PREFIX = "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-";
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final String host = "contract-" + CLOUDS.incrementAndGet() + ".simulated:80";

    AliyunContractCloud() {
        super(SimulatedAliyun::onVirtualTime);
        putNodes();
    }

    @Override
    public Provider provider(CallGate gate) {
        AliyunAccount account = cloud.account();
        AliyunSettings.Keys keys = new AliyunSettings.Keys(account.accessKeyId(), account.accessKeySecret());
        AliyunSettings settings = AliyunSettings.of(account.region(), account.vpcId(), () -> keys)
                .in(account.vSwitchIds())
                .at(AliyunSettings.Endpoints.all("http://" + host))
                .through(InProcessTransport.client(cloud, clock::advance));
        return new AliyunProvider(settings, gate, clock);
    }

    /// As its dialect makes it of a Service with or without an address type. A protection from deletion would be
    /// the Service's own, and lifted with it, which is the controller's part.
    @Override
    public LoadBalancer loadBalancer(LoadBalancerKey key, Scheme scheme) {
        Map<String, String> annotations = new TreeMap<>(Map.of(PREFIX + "delete-protection", "off"));
        if (scheme == Scheme.INTERNAL) {
            annotations.put(PREFIX + "address-type", "intranet");
        }
        Wishes wishes = interpret(annotations).wishes();
        return new LoadBalancer(key, wishes.scheme(), wishes.addressFamily(), wishes.options());
    }

    /// As its dialect makes them of a Service without and with an annotation.
    @Override
    public List<Options> listenerOptions() {
        return List.of(options(Map.of()), options(Map.of(PREFIX + "established-timeout", "600")));
    }

    private Options options(Map<String, String> annotations) {
        return interpret(annotations).ports().getFirst().listenerOptions();
    }

    private Interpretation interpret(Map<String, String> annotations) {
        Map<String, String> all = new TreeMap<>(annotations);
        all.put("service.beta.kubernetes.io/backend-type", "eni");
        return interpret(all, List.of(), "IPv4");
    }

    @Override
    public LoadBalancerKey.Existing existing() {
        return byHand(Map.of());
    }

    /// The simulated account has one network; that one in another is refused is a test of the reader.
    @Override
    public Optional<LoadBalancerKey.Existing> existing(Obstacle obstacle) {
        return switch (obstacle) {
            case ANOTHER_CONTROLLER -> Optional.of(byHand(Map.of("Tag.1.Key", "ack.aliyun.com", "Tag.1.Value", "c-1")));
            case ANOTHER_NETWORK -> Optional.empty();
        };
    }

    private LoadBalancerKey.Existing byHand(Map<String, String> more) {
        Map<String, String> parameters = new TreeMap<>(more);
        parameters.put("InstanceChargeType", "PayByCLCU");
        String id = String.valueOf(call("CreateLoadBalancer", parameters).get("LoadBalancerId"));
        return new LoadBalancerKey.Existing("aliyun", cloud.account().region(), id);
    }

    @Override
    public void strangersListener(String loadBalancer, int port) {
        Address stranger = address(200);
        String eni = provider(CallGate.OPEN)
                .resolve(List.of(stranger))
                .asOptional()
                .map(resolved -> resolved.getOrDefault(stranger, new Resolution(false, "")))
                .map(Resolution::target)
                .orElseThrow();
        String servers = "[{\"ServerId\":\"%s\",\"ServerIp\":\"%s\",\"Type\":\"eni\",\"Port\":9000}]"
                .formatted(eni, stranger.text());
        Object group = call(
                        "CreateVServerGroup",
                        Map.of(
                                "LoadBalancerId",
                                loadBalancer,
                                "VServerGroupName",
                                "a-strangers",
                                "BackendServers",
                                servers))
                .get("VServerGroupId");
        call(
                "CreateLoadBalancerTCPListener",
                Map.of(
                        "LoadBalancerId",
                        loadBalancer,
                        "ListenerPort",
                        String.valueOf(port),
                        "Bandwidth",
                        "-1",
                        "VServerGroupId",
                        String.valueOf(group)));
    }

    @Override
    public void protect(String loadBalancer) {
        call("SetLoadBalancerDeleteProtection", Map.of("LoadBalancerId", loadBalancer, "DeleteProtection", "on"));
    }

    @Override
    public void refuseSomeMembers() {
        pass(SETTLED);
        cloud.faults().add(Fault.nth(action(Kind.BACKEND), 1, Fault.Kind.PARTIAL));
    }

    @Override
    String code(Trouble trouble) {
        return switch (trouble) {
            case EXPIRED_CREDENTIALS -> "InvalidSecurityToken.Expired";
            case ACTION_DENIED -> "Forbidden.RAM";
            case TOO_MANY_CALLS -> "Throttling.User";
            case CLOUD_FAILS -> "InternalError";
            case CONNECTION_BREAKS -> throw new IllegalArgumentException("nothing is answered");
        };
    }

    @Override
    String action(Kind kind) {
        return switch (kind) {
            case LOAD_BALANCER -> "CreateLoadBalancer";
            case POOL -> "CreateVServerGroup";
            case LISTENER -> "CreateLoadBalancerTCPListener";
            case BACKEND -> "AddVServerGroupBackendServers";
            case RULE, ACCESS_LIST, CERTIFICATE -> throw new IllegalArgumentException("this suite makes no " + kind);
        };
    }

    /// Somebody else's call, between the times in which the load balancer refuses the next change.
    private Map<?, ?> call(String action, Map<String, String> parameters) {
        pass(SETTLED);
        Map<?, ?> reply = AliyunClients.call(
                cloud.account(),
                "by-hand-" + host,
                InProcessTransport.client(cloud, clock::advance),
                action,
                parameters);
        pass(SETTLED);
        return reply;
    }
}
