package io.plumbline.it.contract;

import io.plumbline.aws.AwsProvider;
import io.plumbline.aws.AwsSettings;
import io.plumbline.it.clouds.Fault;
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
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
final class AwsContractCloud extends SimulatedContractCloud<SimulatedAws> {
    private static final String IPV6_NODE = "2001:db8:0:1::";
    private static final String IPV6_POD = "2001:db8:0:2::";
    private static final String ENDPOINT = "http://aws.simulated";
    private static final String KEYS = "service.beta.kubernetes.io/aws-load-balancer-";
    private static final Duration PROVISIONED = Duration.ofSeconds(5);

    private final IpAddressType targets;
    private int made;

    AwsContractCloud() {
        this(IpAddressType.IPV4);
    }

    /// @param targets `IPV4`, or `DUALSTACK` for IPv6 targets, which need a load balancer of that kind
    AwsContractCloud(IpAddressType targets) {
        super(SimulatedAws::onVirtualTime);
        this.targets = targets;
        putNodes();
        Arrays.stream(Limit.values())
                .filter(limit -> limit.name().endsWith("_PER_SECOND"))
                .forEach(cloud.limits()::turnOff);
    }

    @Override
    void putNode(int number) {
        super.putNode(number);
        cloud.network().putPrimaryIpv6(node(number).id(), IPV6_NODE + number);
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
        return interpret(all, List.of(), ofIpv6() ? "IPv6" : "IPv4");
    }

    @Override
    public Options poolOptions() {
        return ofIpv6() ? interpret(Map.of()).ports().getFirst().poolOptions() : super.poolOptions();
    }

    /// One of IPv6 exists as soon as somebody speaks of it.
    @Override
    public Address address(int number) {
        if (ofIpv6()) {
            String ip = IPV6_POD + Integer.toHexString(1 + number);
            cloud.network().putAddress(ip);
            return new Address.Ip(ip);
        }
        return super.address(number);
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
    public void protect(String loadBalancer) {
        elb().modifyLoadBalancerAttributes(request -> request.loadBalancerArn(loadBalancer)
                .attributes(LoadBalancerAttribute.builder()
                        .key("deletion_protection.enabled")
                        .value("true")
                        .build()));
    }

    @Override
    String place(Address address) {
        return address instanceof Address.Instance(String id) && ofIpv6()
                ? cloud.network().primaryIpv6Of(id).orElseThrow()
                : super.place(address);
    }

    /// A target group has its own call: one of them is refused.
    @Override
    public void refuseSomeMembers() {
        cloud.faults().add(Fault.error(action(Kind.BACKEND), 1, "InvalidTarget"));
    }

    @Override
    String code(Trouble trouble) {
        return switch (trouble) {
            case EXPIRED_CREDENTIALS -> "ExpiredToken";
            case ACTION_DENIED -> "AccessDenied";
            case TOO_MANY_CALLS -> "Throttling";
            case CLOUD_FAILS -> "InternalFailure";
            case CONNECTION_BREAKS -> throw new IllegalArgumentException("nothing is answered");
        };
    }

    @Override
    String action(Kind kind) {
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
