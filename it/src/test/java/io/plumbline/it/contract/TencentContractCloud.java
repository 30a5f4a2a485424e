package io.plumbline.it.contract;

import com.tencentcloudapi.common.CommonClient;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.Fault;
import io.plumbline.it.clouds.InProcessTransport;
import io.plumbline.it.clouds.Network;
import io.plumbline.it.clouds.Prober;
import io.plumbline.it.clouds.SimulationClock;
import io.plumbline.it.clouds.tencent.SimulatedTencent;
import io.plumbline.it.clouds.tencent.TencentAccount;
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
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.CustomObject;
import io.plumbline.spi.objects.Metadata;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.tencent.TencentProvider;
import io.plumbline.tencent.TencentSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;

/// The simulated CLB on virtual time, reached through Tencent's own SDK.
final class TencentContractCloud implements ContractCloud {
    private static final int PER_SUBNET = 250;
    private static final int NODES = 20;
    private static final String EVERY_CALL = "*";
    private static final Duration TASK = Duration.ofSeconds(5);
    private static final ObjectKey CONFIG = new ObjectKey("TkeServiceConfig", "web", "settings");

    private final SimulationClock clock = SimulationClock.virtual(Instant.parse("2026-03-01T08:00:00Z"));
    private final Set<String> sick = new ConcurrentSkipListSet<>();
    private final SimulatedTencent cloud = SimulatedTencent.onVirtualTime(
            Network.everyAddress(),
            clock,
            Prober.answering(probe -> !sick.contains(probe.address() + ":" + probe.port())));

    TencentContractCloud() {
        for (int number = 1; number <= NODES; number++) {
            cloud.network().putInstance(node(number).id(), "10.0.1." + number);
        }
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

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public void pass(Duration duration) {
        clock.advance(duration);
        cloud.tick();
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
        return provider(CallGate.OPEN).dialect().interpret(service(annotations), objects, true);
    }

    private static ServiceView service(Map<String, String> annotations) {
        TreeMap<String, String> all = new TreeMap<>(annotations);
        all.put("service.cloud.tencent.com/direct-access", "true");
        Metadata metadata = new Metadata(
                ObjectKey.service("web", "shop"),
                "uid-of-shop",
                "1",
                1,
                Instant.EPOCH,
                false,
                new TreeMap<>(),
                all,
                List.of());
        return new ServiceView(
                metadata,
                "LoadBalancer",
                Optional.empty(),
                new TreeMap<>(),
                List.of(new ServiceView.Port("http", Transport.TCP, 80, "8080", Optional.empty(), Optional.empty())),
                new ServiceView.Traffic("Cluster", true, Optional.empty(), List.of(), "None", false),
                List.of("IPv4"),
                List.of(),
                List.of());
    }

    @Override
    public Options poolOptions() {
        return new Options.None();
    }

    @Override
    public Address address(int number) {
        return new Address.Ip("10.244." + number / PER_SUBNET + "." + (1 + number % PER_SUBNET));
    }

    @Override
    public Address.Instance node(int number) {
        return new Address.Instance("ins-%08d".formatted(number));
    }

    @Override
    public boolean refusesUnknownNodes() {
        return true;
    }

    @Override
    public List<Transport> tcpAndUdp() {
        return List.of(Transport.TCP, Transport.UDP);
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
    public List<String> members(String loadBalancer, int port) {
        return listener(loadBalancer, port).targets().stream()
                .map(BalancerView.TargetView::name)
                .sorted()
                .toList();
    }

    private BalancerView.ListenerView listener(String loadBalancer, int port) {
        return views(loadBalancer).stream()
                .filter(listener -> listener.protocol().equals("TCP") && listener.port() == port)
                .findFirst()
                .orElseThrow();
    }

    private List<BalancerView.ListenerView> views(String loadBalancer) {
        return cloud.balancers().stream()
                .filter(balancer -> balancer.id().equals(loadBalancer))
                .findFirst()
                .map(BalancerView::listeners)
                .orElseThrow();
    }

    @Override
    public void protect(String loadBalancer) {
        call(
                "ModifyLoadBalancerAttributes",
                "{\"LoadBalancerId\":\"%s\",\"DeleteProtect\":true}".formatted(loadBalancer));
    }

    @Override
    public int loadBalancers() {
        return cloud.balancers().size();
    }

    @Override
    public int listeners(String loadBalancer) {
        return views(loadBalancer).size();
    }

    @Override
    public void setHealth(Address address, int port, boolean healthy) {
        String endpoint = place(address) + ":" + port;
        if (healthy) {
            sick.remove(endpoint);
        } else {
            sick.add(endpoint);
        }
    }

    private String place(Address address) {
        return switch (address) {
            case Address.Ip(String ip) -> ip;
            case Address.Instance(String id) -> cloud.network().addressOf(id).orElseThrow();
        };
    }

    @Override
    public void loseReplyOfCreating(Kind kind) {
        cloud.faults().add(Fault.nth(action(kind), 1, Fault.Kind.LOSE));
    }

    @Override
    public boolean failTaskOfCreating(Kind kind) {
        cloud.faults().add(Fault.nth(action(kind), 1, Fault.Kind.TASK_FAIL));
        return true;
    }

    @Override
    public void refuseSomeMembers() {
        cloud.faults().add(Fault.nth("BatchRegisterTargets", 1, Fault.Kind.PARTIAL));
    }

    @Override
    public void trouble(Trouble trouble) {
        cloud.faults()
                .add(
                        switch (trouble) {
                            case EXPIRED_CREDENTIALS -> Fault.always(EVERY_CALL, "AuthFailure.SecretIdNotFound");
                            case ACTION_DENIED -> Fault.always(EVERY_CALL, "AuthFailure.UnauthorizedOperation");
                            case TOO_MANY_CALLS -> Fault.always(EVERY_CALL, "RequestLimitExceeded");
                            case CLOUD_FAILS -> Fault.always(EVERY_CALL, "FailedOperation");
                            case CONNECTION_BREAKS ->
                                new Fault(
                                        EVERY_CALL,
                                        OptionalInt.empty(),
                                        Fault.Kind.DROP,
                                        Optional.empty(),
                                        Duration.ZERO);
                        });
    }

    @Override
    public void calm() {
        cloud.faults().clear();
    }

    @Override
    public void close() {
        cloud.close();
    }

    private static String action(Kind kind) {
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
        HttpProfile http = new HttpProfile();
        http.setProtocol("http://");
        http.setEndpoint("clb.tencentcloudapi.com");
        http.setHttpClient(InProcessTransport.client(cloud, clock::advance));
        ClientProfile profile = new ClientProfile();
        profile.setHttpProfile(http);
        TencentAccount account = cloud.account();
        try {
            new CommonClient(
                            "clb",
                            "2018-03-17",
                            new Credential(account.secretId(), account.secretKey()),
                            account.region(),
                            profile)
                    .call(action, body);
        } catch (TencentCloudSDKException e) {
            throw new IllegalStateException(action + " by hand was refused", e);
        }
        pass(TASK);
    }
}
