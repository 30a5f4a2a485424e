package io.plumbline.it.contract;

import com.aliyun.slb20140515.Client;
import com.aliyun.tea.okhttp.ClientHelper;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.teaopenapi.models.OpenApiRequest;
import com.aliyun.teaopenapi.models.Params;
import com.aliyun.teautil.models.RuntimeOptions;
import io.plumbline.aliyun.AliyunProvider;
import io.plumbline.aliyun.AliyunSettings;
import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.Fault;
import io.plumbline.it.clouds.InProcessTransport;
import io.plumbline.it.clouds.Network;
import io.plumbline.it.clouds.Prober;
import io.plumbline.it.clouds.SimulationClock;
import io.plumbline.it.clouds.aliyun.AliyunAccount;
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
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.Metadata;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.ServiceView;
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
import java.util.concurrent.atomic.AtomicInteger;

/// The simulated CLB on virtual time, reached through Aliyun's own SDK.
final class AliyunContractCloud implements ContractCloud {
    private static final AtomicInteger CLOUDS = new AtomicInteger();
    private static final String PREFIX = "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-";
    private static final int PER_SUBNET = 250;
    private static final int NODES = 20;
    private static final String EVERY_CALL = "*";
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final String host = "contract-" + CLOUDS.incrementAndGet() + ".simulated:80";
    private final SimulationClock clock = SimulationClock.virtual(Instant.parse("2026-03-01T08:00:00Z"));
    private final Set<String> sick = new ConcurrentSkipListSet<>();
    private final SimulatedAliyun cloud = SimulatedAliyun.onVirtualTime(
            Network.everyAddress(),
            clock,
            Prober.answering(probe -> !sick.contains(probe.address() + ":" + probe.port())));

    AliyunContractCloud() {
        for (int number = 1; number <= NODES; number++) {
            cloud.network().putInstance(node(number).id(), "10.0.1." + number);
        }
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

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public void pass(Duration duration) {
        clock.advance(duration);
        cloud.tick();
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
        return provider(CallGate.OPEN).dialect().interpret(service(annotations), List.of(), true);
    }

    private static ServiceView service(Map<String, String> annotations) {
        TreeMap<String, String> all = new TreeMap<>(annotations);
        all.put("service.beta.kubernetes.io/backend-type", "eni");
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
        return new Address.Instance("i-%08d".formatted(number));
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
    public List<String> members(String loadBalancer, int port) {
        return views(loadBalancer).stream()
                .filter(listener -> listener.protocol().equalsIgnoreCase("TCP") && listener.port() == port)
                .flatMap(listener -> listener.targets().stream())
                .map(BalancerView.TargetView::name)
                .sorted()
                .toList();
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
        call("SetLoadBalancerDeleteProtection", Map.of("LoadBalancerId", loadBalancer, "DeleteProtection", "on"));
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

    /// Everything is done at once.
    @Override
    public boolean failTaskOfCreating(Kind kind) {
        return false;
    }

    @Override
    public void refuseSomeMembers() {
        pass(SETTLED);
        cloud.faults().add(Fault.nth(action(Kind.BACKEND), 1, Fault.Kind.PARTIAL));
    }

    @Override
    public void trouble(Trouble trouble) {
        cloud.faults()
                .add(
                        switch (trouble) {
                            case EXPIRED_CREDENTIALS -> Fault.always(EVERY_CALL, "InvalidSecurityToken.Expired");
                            case ACTION_DENIED -> Fault.always(EVERY_CALL, "Forbidden.RAM");
                            case TOO_MANY_CALLS -> Fault.always(EVERY_CALL, "Throttling.User");
                            case CLOUD_FAILS -> Fault.always(EVERY_CALL, "InternalError");
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
            case POOL -> "CreateVServerGroup";
            case LISTENER -> "CreateLoadBalancerTCPListener";
            case BACKEND -> "AddVServerGroupBackendServers";
            case RULE, ACCESS_LIST, CERTIFICATE -> throw new IllegalArgumentException("this suite makes no " + kind);
        };
    }

    /// Somebody else's call, between the times in which the load balancer refuses the next change.
    private Map<?, ?> call(String action, Map<String, String> parameters) {
        pass(SETTLED);
        AliyunAccount account = cloud.account();
        String byHand = "by-hand-" + host;
        ClientHelper.clients.put(byHand, InProcessTransport.client(cloud, clock::advance));
        Map<String, String> query = new TreeMap<>(parameters);
        query.put("RegionId", account.region());
        Params params = new Params()
                .setAction(action)
                .setVersion("2014-05-15")
                .setProtocol("HTTP")
                .setPathname("/")
                .setMethod("POST")
                .setAuthType("AK")
                .setStyle("RPC")
                .setReqBodyType("formData")
                .setBodyType("json");
        try {
            Client client = new Client(new Config()
                    .setAccessKeyId(account.accessKeyId())
                    .setAccessKeySecret(account.accessKeySecret())
                    .setRegionId(account.region())
                    .setProtocol("HTTP")
                    .setEndpoint(byHand));
            Map<String, ?> reply = client.callApi(params, new OpenApiRequest().setQuery(query), new RuntimeOptions());
            pass(SETTLED);
            return reply.get("body") instanceof Map<?, ?> body ? body : Map.of();
        } catch (Exception e) {
            throw new IllegalStateException(action + " by hand was refused", e);
        }
    }
}
