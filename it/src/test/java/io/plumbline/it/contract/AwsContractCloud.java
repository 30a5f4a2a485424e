package io.plumbline.it.contract;

import io.plumbline.aws.AwsProvider;
import io.plumbline.aws.AwsSettings;
import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.Fault;
import io.plumbline.it.clouds.Network;
import io.plumbline.it.clouds.Prober;
import io.plumbline.it.clouds.SimulationClock;
import io.plumbline.it.clouds.aws.AwsAccount;
import io.plumbline.it.clouds.aws.AwsClients;
import io.plumbline.it.clouds.aws.InProcessTransport;
import io.plumbline.it.clouds.aws.Limit;
import io.plumbline.it.clouds.aws.SimulatedAws;
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
import io.plumbline.spi.objects.Metadata;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.ServiceView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.IpAddressType;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/// The simulated NLB on virtual time, reached through AWS's own SDK, with targets of one family.
final class AwsContractCloud implements ContractCloud {
    private static final int PER_SUBNET = 250;
    private static final int NODES = 20;
    private static final String EVERY_CALL = "*";
    private static final String IPV6_NODE = "2001:db8:0:1::";
    private static final String IPV6_POD = "2001:db8:0:2::";
    private static final String ENDPOINT = "http://aws.simulated";
    private static final String KEYS = "service.beta.kubernetes.io/aws-load-balancer-";
    private static final Duration PROVISIONED = Duration.ofSeconds(5);

    private final SimulationClock clock = SimulationClock.virtual(Instant.parse("2026-03-01T08:00:00Z"));
    private final Set<String> sick = new ConcurrentSkipListSet<>();
    private final SimulatedAws cloud = SimulatedAws.onVirtualTime(
            Network.everyAddress(),
            clock,
            Prober.answering(probe -> !sick.contains(probe.address() + ":" + probe.port())));
    private final IpAddressType targets;
    private int made;

    AwsContractCloud() {
        this(IpAddressType.IPV4);
    }

    /// @param targets `IPV4`, or `DUALSTACK` for IPv6 targets, which need a load balancer of that kind
    AwsContractCloud(IpAddressType targets) {
        this.targets = targets;
        for (int number = 1; number <= NODES; number++) {
            cloud.network().putInstance(node(number).id(), "10.0.1." + number);
            cloud.network().putPrimaryIpv6(node(number).id(), IPV6_NODE + number);
        }
        Arrays.stream(Limit.values())
                .filter(limit -> limit.name().endsWith("_PER_SECOND"))
                .forEach(cloud.limits()::turnOff);
    }

    private AwsCredentialsProvider keys() {
        AwsAccount account = cloud.account();
        return AwsSettings.keys(account.accessKeyId(), account.secretAccessKey(), Optional.empty());
    }

    @Override
    public Provider provider(CallGate gate) {
        AwsSettings settings = AwsSettings.of(
                        cloud.account().region(), cloud.account().vpcId(), keys())
                .at(ENDPOINT)
                .through(new InProcessTransport(cloud, clock::advance));
        return new AwsProvider(settings, gate, clock);
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

    @Override
    public LoadBalancer loadBalancer(LoadBalancerKey key, Scheme scheme) {
        String word = scheme == Scheme.INTERNAL ? "internal" : "internet-facing";
        Wishes wishes = interpret(Map.of(KEYS + "scheme", word)).wishes();
        return new LoadBalancer(key, wishes.scheme(), wishes.addressFamily(), wishes.options());
    }

    /// As its dialect makes them without and with an idle timeout.
    @Override
    public List<Options> listenerOptions() {
        return List.of(
                new Options.None(),
                interpret(Map.of(KEYS + "listener-attributes.TCP-80", "tcp.idle_timeout.seconds=60"))
                        .ports()
                        .getFirst()
                        .listenerOptions());
    }

    private boolean ofIpv6() {
        return targets == IpAddressType.DUALSTACK;
    }

    private Interpretation interpret(Map<String, String> annotations) {
        TreeMap<String, String> all = new TreeMap<>(annotations);
        all.put(KEYS + "ip-address-type", targets.toString());
        return provider(CallGate.OPEN).dialect().interpret(service(all), List.of(), true);
    }

    private ServiceView service(Map<String, String> annotations) {
        Metadata metadata = new Metadata(
                ObjectKey.service("web", "shop"),
                "uid-of-shop",
                "1",
                1,
                Instant.EPOCH,
                false,
                new TreeMap<>(),
                new TreeMap<>(annotations),
                List.of());
        return new ServiceView(
                metadata,
                "LoadBalancer",
                Optional.empty(),
                new TreeMap<>(),
                List.of(new ServiceView.Port("http", Transport.TCP, 80, "8080", Optional.empty(), Optional.empty())),
                new ServiceView.Traffic("Cluster", true, Optional.empty(), List.of(), "None", false),
                List.of(ofIpv6() ? "IPv6" : "IPv4"),
                List.of(),
                List.of());
    }

    @Override
    public Options poolOptions() {
        return ofIpv6() ? interpret(Map.of()).ports().getFirst().poolOptions() : new Options.None();
    }

    /// One of IPv6 exists as soon as somebody speaks of it.
    @Override
    public Address address(int number) {
        if (ofIpv6()) {
            String ip = IPV6_POD + Integer.toHexString(1 + number);
            cloud.network().putAddress(ip);
            return new Address.Ip(ip);
        }
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

    /// There is one listener for each number, whatever its protocol.
    @Override
    public List<Transport> tcpAndUdp() {
        return List.of(Transport.TCP_UDP);
    }

    @Override
    public LoadBalancerKey.Existing existing() {
        return byHand(List.of());
    }

    /// The simulated account has one network; that one in another is refused is a test of the reader.
    @Override
    public Optional<LoadBalancerKey.Existing> existing(Obstacle obstacle) {
        return switch (obstacle) {
            case ANOTHER_CONTROLLER ->
                Optional.of(byHand(List.of(Tag.builder()
                        .key("elbv2.k8s.aws/cluster")
                        .value("another")
                        .build())));
            case ANOTHER_NETWORK -> Optional.empty();
        };
    }

    private LoadBalancerKey.Existing byHand(List<Tag> tags) {
        String name = "by-hand-" + ++made;
        String arn = elb().createLoadBalancer(request -> request.name(name)
                        .type(LoadBalancerTypeEnum.NETWORK)
                        .subnets(cloud.account().subnetIds().getFirst())
                        .ipAddressType(targets)
                        .applyMutation(more -> {
                            if (!tags.isEmpty()) {
                                more.tags(tags);
                            }
                        }))
                .loadBalancers()
                .getFirst()
                .loadBalancerArn();
        pass(PROVISIONED);
        return new LoadBalancerKey.Existing("aws", cloud.account().region(), arn);
    }

    private ElasticLoadBalancingV2Client elb() {
        return AwsClients.client(
                ElasticLoadBalancingV2Client.builder(),
                cloud.account(),
                ENDPOINT,
                new InProcessTransport(cloud, clock::advance));
    }

    @Override
    public void strangersListener(String loadBalancer, int port) {
        String group = elb().createTargetGroup(request -> request.name("strangers-" + ++made)
                        .protocol(ProtocolEnum.TCP)
                        .port(9000)
                        .vpcId(cloud.account().vpcId())
                        .ipAddressType(ofIpv6() ? "ipv6" : "ipv4")
                        .targetType(TargetTypeEnum.IP))
                .targetGroups()
                .getFirst()
                .targetGroupArn();
        elb().createListener(request -> request.loadBalancerArn(loadBalancer)
                .protocol(ProtocolEnum.TCP)
                .port(port)
                .defaultActions(
                        Action.builder().type("forward").targetGroupArn(group).build()));
        elb().registerTargets(request -> request.targetGroupArn(group)
                .targets(TargetDescription.builder()
                        .id(place(address(200)))
                        .port(9000)
                        .build()));
        pass(PROVISIONED);
    }

    @Override
    public List<String> members(String loadBalancer, int port) {
        return views(loadBalancer).stream()
                .filter(listener -> listener.port() == port)
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
        elb().modifyLoadBalancerAttributes(request -> request.loadBalancerArn(loadBalancer)
                .attributes(LoadBalancerAttribute.builder()
                        .key("deletion_protection.enabled")
                        .value("true")
                        .build()));
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
            case Address.Instance(String id) ->
                cloud.network()
                        .primaryIpv6Of(id)
                        .filter(ipv6 -> ofIpv6())
                        .or(() -> cloud.network().addressOf(id))
                        .orElseThrow();
        };
    }

    @Override
    public void loseReplyOfCreating(Kind kind) {
        cloud.faults().add(Fault.nth(action(kind), 1, Fault.Kind.LOSE));
    }

    @Override
    public boolean failTaskOfCreating(Kind kind) {
        return false;
    }

    /// A target group has its own call: one of them is refused.
    @Override
    public void refuseSomeMembers() {
        cloud.faults().add(Fault.error(action(Kind.BACKEND), 1, "InvalidTarget"));
    }

    @Override
    public void trouble(Trouble trouble) {
        cloud.faults()
                .add(
                        switch (trouble) {
                            case EXPIRED_CREDENTIALS -> Fault.always(EVERY_CALL, "ExpiredToken");
                            case ACTION_DENIED -> Fault.always(EVERY_CALL, "AccessDenied");
                            case TOO_MANY_CALLS -> Fault.always(EVERY_CALL, "Throttling");
                            case CLOUD_FAILS -> Fault.always(EVERY_CALL, "InternalFailure");
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
            case POOL -> "CreateTargetGroup";
            case LISTENER -> "CreateListener";
            case BACKEND -> "RegisterTargets";
            case ACCESS_LIST -> "CreateSecurityGroup";
            case RULE, CERTIFICATE -> throw new IllegalArgumentException("this suite makes no " + kind);
        };
    }
}
