package io.plumbline.aws;

import io.plumbline.aws.AwsLoadBalancerOptions.Addresses;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.model.AccessList;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Actual.Found;
import io.plumbline.spi.model.Actual.FoundPool;
import io.plumbline.spi.model.Actual.PublicAddress;
import io.plumbline.spi.model.Actual.State;
import io.plumbline.spi.model.LoadBalancer.AddressFamily;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Ownership;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Setting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.IpAddressType;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAddress;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/// The SDK's answers -> [Actual]. Decides what is owned, borrowed or foreign.
final class Reader {
    /// Tags by which the AWS Load Balancer Controller and the cloud provider in the tree own a load balancer.
    private static final List<String> OTHERS_TAGS = List.of(
            "elbv2.k8s.aws/cluster", "service.k8s.aws/stack", "ingress.k8s.aws/stack", "kubernetes.io/service-name");

    private Reader() {}

    /// What was read of one load balancer and of what stands beside it.
    ///
    /// @param groups target groups that are ours
    /// @param securityGroups those that have our names
    record Seen(
            Optional<SeenBalancer> balancer,
            List<SeenListener> listeners,
            List<ReadGroup> groups,
            List<SecurityGroup> securityGroups) {}

    /// A load balancer, its tags and attributes.
    record SeenBalancer(LoadBalancer shown, SortedMap<String, String> tags, SortedMap<String, String> attributes) {
        SeenBalancer {
            tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
            attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        }
    }

    /// A listener, its tags and attributes.
    ///
    /// @param certificates those that are not the default one
    record SeenListener(
            Listener shown,
            SortedMap<String, String> tags,
            SortedMap<String, String> attributes,
            List<String> certificates) {
        SeenListener {
            tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
            attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
            certificates = List.copyOf(certificates);
        }
    }

    static Actual actual(ReadRequest request, String vpcId, Seen seen, Instant readAt) {
        Optional<SecurityGroup> frontend = named(seen, Names.frontendGroup(request.owner(), request.key()));
        Optional<SecurityGroup> backend =
                named(seen, Names.backendGroup(request.owner().clusterUid()));
        Function<String, String> symbol = id -> symbol(id, frontend, backend);
        List<ReadListener> listeners = seen.listeners().stream()
                .map(listener -> ReadListener.of(listener, seen.groups(), request))
                .sorted(Comparator.comparing(ReadListener::key))
                .toList();
        return new Actual(
                request.key(),
                seen.balancer().map(shown -> found(request, vpcId, shown, symbol)),
                seen.balancer().map(Reader::addresses).orElse(List.of()),
                seen.balancer().filter(Reader::isProtected).isPresent(),
                listeners.stream().map(ReadListener::found).toList(),
                List.of(),
                pools(seen),
                accessLists(request, seen, frontend, backend),
                List.of(),
                readAt);
    }

    private static Optional<SecurityGroup> named(Seen seen, String name) {
        return seen.securityGroups().stream()
                .filter(group -> name.equals(group.groupName()))
                .findFirst();
    }

    private static String symbol(String id, Optional<SecurityGroup> frontend, Optional<SecurityGroup> backend) {
        if (frontend.filter(group -> id.equals(group.groupId())).isPresent()) {
            return AwsLoadBalancerOptions.FRONTEND;
        }
        return backend.filter(group -> id.equals(group.groupId())).isPresent() ? AwsLoadBalancerOptions.BACKEND : id;
    }

    private static boolean isProtected(SeenBalancer seen) {
        return "true".equals(seen.attributes().get(LoadBalancerAttributes.DELETION_PROTECTION));
    }

    private static Found<io.plumbline.spi.model.LoadBalancer> found(
            ReadRequest request, String vpcId, SeenBalancer seen, Function<String, String> symbol) {
        io.plumbline.spi.model.LoadBalancer value = loadBalancer(request.key(), seen, symbol);
        return new Found<>(seen.shown().loadBalancerArn(), ownership(request, vpcId, seen, value), state(seen.shown()));
    }

    private static Ownership<io.plumbline.spi.model.LoadBalancer> ownership(
            ReadRequest request, String vpcId, SeenBalancer seen, io.plumbline.spi.model.LoadBalancer value) {
        Optional<String> other =
                OTHERS_TAGS.stream().filter(tag -> seen.tags().containsKey(tag)).findFirst();
        if (other.isPresent()) {
            return new Ownership.Foreign<>(value, "it belongs to another controller (tag " + other.get() + ")");
        }
        return switch (request.key()) {
            case LoadBalancerKey.Existing existing -> existing(seen, vpcId, value);
            case LoadBalancerKey.Managed managed -> ours(request, seen.tags(), value);
            case LoadBalancerKey.Group group -> ours(request, seen.tags(), value);
        };
    }

    private static <T> Ownership<T> ours(ReadRequest request, SortedMap<String, String> tags, T value) {
        Optional<Mark> mark =
                Names.sameIncarnation(tags, request.key()) ? Names.mark(tags, request.owner()) : Optional.empty();
        return Ownership.decide(request.owner(), mark, value);
    }

    /// One that the user named: lent to us if nobody has marked it and it stands in our network.
    private static Ownership<io.plumbline.spi.model.LoadBalancer> existing(
            SeenBalancer seen, String vpcId, io.plumbline.spi.model.LoadBalancer value) {
        if (seen.tags().containsKey(Names.CLUSTER_TAG) || seen.tags().containsKey(Names.OBJECT_TAG)) {
            return new Ownership.Foreign<>(value, "it was made for another object (tag " + Names.OBJECT_TAG + ")");
        }
        if (seen.shown().type() != LoadBalancerTypeEnum.NETWORK) {
            return new Ownership.Foreign<>(
                    value,
                    "it is no Network Load Balancer but of type " + seen.shown().typeAsString());
        }
        return vpcId.equals(seen.shown().vpcId())
                ? new Ownership.Borrowed<>(value)
                : new Ownership.Foreign<>(
                        value, "it is in another network (" + seen.shown().vpcId() + ")");
    }

    /// Whether the tags are those that this mark would have written for this load balancer.
    static boolean isOf(SortedMap<String, String> tags, Mark mark, LoadBalancerKey key) {
        return Names.mark(tags, mark).filter(mark::equals).isPresent() && Names.sameIncarnation(tags, key);
    }

    /// Whose of those who take part something is.
    static Optional<Mark> claimant(SortedMap<String, String> tags, ReadRequest request) {
        return request.claimants().stream()
                .filter(mark -> isOf(tags, mark, request.key()))
                .findFirst();
    }

    /// The pool that a target group is, if its name is the one that it would have on this load balancer.
    static Optional<PoolKey> pool(TargetGroup shown, SortedMap<String, String> tags, Mark owner, ReadRequest request) {
        Optional<PoolKey> key = Optional.ofNullable(tags.get(Names.POOL_TAG))
                .filter(name -> name.matches("(tcp|udp|tcp_udp)/[0-9]{1,5}"))
                .map(name -> new PoolKey(owner.object(), name));
        return key.filter(pool -> Names.kind(shown.targetGroupArn())
                .map(kind -> Names.targetGroup(owner, request.key(), pool, kind))
                .filter(name -> name.equals(shown.targetGroupName()))
                .isPresent());
    }

    private static io.plumbline.spi.model.LoadBalancer loadBalancer(
            LoadBalancerKey key, SeenBalancer seen, Function<String, String> symbol) {
        LoadBalancer shown = seen.shown();
        return new io.plumbline.spi.model.LoadBalancer(
                key,
                Setting.managed(
                        shown.scheme() == LoadBalancerSchemeEnum.INTERNET_FACING ? Scheme.INTERNET : Scheme.INTERNAL),
                Setting.managed(
                        shown.ipAddressType() == IpAddressType.IPV4 ? AddressFamily.IPV4 : AddressFamily.DUAL_STACK),
                new AwsLoadBalancerOptions(
                        Setting.managed(shown.loadBalancerName()),
                        Setting.of(Optional.ofNullable(seen.tags().get(Names.SUBNETS_TAG))
                                .map(Names::split)),
                        Setting.managed(shown.securityGroups().stream()
                                .map(symbol)
                                .sorted()
                                .toList()),
                        Setting.of(Optional.ofNullable(shown.enforceSecurityGroupInboundRulesOnPrivateLinkTraffic())),
                        fixedAddresses(shown),
                        Setting.managed(Names.asked(seen.tags())),
                        Setting.unmanaged(),
                        LoadBalancerAttributes.of(seen.attributes())));
    }

    private static Addresses fixedAddresses(LoadBalancer shown) {
        return new Addresses(
                fixed(shown, LoadBalancerAddress::allocationId),
                fixed(shown, LoadBalancerAddress::privateIPv4Address),
                fixed(shown, LoadBalancerAddress::iPv6Address));
    }

    private static Setting<List<String>> fixed(LoadBalancer shown, Function<LoadBalancerAddress, String> part) {
        return Setting.managed(shown.availabilityZones().stream()
                .flatMap(zone -> zone.loadBalancerAddresses().stream())
                .flatMap(address -> Stream.ofNullable(part.apply(address)))
                .filter(text -> !text.isEmpty())
                .sorted()
                .toList());
    }

    private static State state(LoadBalancer shown) {
        return switch (Optional.ofNullable(shown.state())
                .map(state -> state.codeAsString())
                .orElse("active")) {
            case "provisioning" -> State.PROVISIONING;
            case "failed" -> State.FAILED;
            default -> State.ACTIVE;
        };
    }

    /// Its addresses may change behind the name.
    private static List<PublicAddress> addresses(SeenBalancer seen) {
        return Optional.ofNullable(seen.shown().dnsName())
                .filter(name -> !name.isEmpty())
                .map(name -> new PublicAddress(PublicAddress.Form.HOSTNAME, name, false))
                .stream()
                .toList();
    }

    private static List<FoundPool> pools(Seen seen) {
        SortedMap<PoolKey, List<ReadGroup>> byKey = new TreeMap<>();
        seen.groups()
                .forEach(group -> byKey.computeIfAbsent(group.key(), any -> new ArrayList<>())
                        .add(group));
        return byKey.values().stream()
                .map(groups -> ReadPool.of(groups, seen.listeners()).found())
                .toList();
    }

    private static List<Found<AccessList>> accessLists(
            ReadRequest request, Seen seen, Optional<SecurityGroup> frontend, Optional<SecurityGroup> backend) {
        List<Found<AccessList>> lists = new ArrayList<>();
        frontend.ifPresent(group -> lists.add(new Found<>(
                group.groupId(),
                ours(request, Aftermath.tags(group), accessList(request.key(), group)),
                State.ACTIVE)));
        backend.filter(group -> has(seen, group.groupId()))
                .ifPresent(group -> lists.add(new Found<>(
                        group.groupId(),
                        new Ownership.Borrowed<>(
                                new AccessList(BackendGroup.KEY, List.of(), AwsAccessListOptions.unmanaged())),
                        State.ACTIVE)));
        return lists.stream()
                .sorted(Comparator.comparing(one -> one.resource().value().key()))
                .toList();
    }

    private static boolean has(Seen seen, String group) {
        return seen.balancer()
                .filter(shown -> shown.shown().securityGroups().contains(group))
                .isPresent();
    }

    private static AccessList accessList(LoadBalancerKey key, SecurityGroup group) {
        List<SecurityRule> rules = SecurityRules.of(group);
        return new AccessList(
                Normalize.accessListKey(key),
                Normalize.ranges(rules),
                new AwsAccessListOptions(
                        Setting.managed(rules.stream().map(SecurityRule::text).toList())));
    }
}
