package io.plumbline.tencent;

import com.tencentcloudapi.clb.v20180317.models.InternetAccessible;
import com.tencentcloudapi.clb.v20180317.models.TagInfo;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Actual.Found;
import io.plumbline.spi.model.Actual.FoundPool;
import io.plumbline.spi.model.Actual.Member;
import io.plumbline.spi.model.Actual.PublicAddress;
import io.plumbline.spi.model.Actual.State;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancer.AddressFamily;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.Ownership;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Setting;
import io.plumbline.tencent.Replies.NamedLoadBalancer;
import io.plumbline.tencent.Replies.TaggedBackend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The SDK's answers -> [Actual]. Decides what is owned, borrowed or foreign.
final class Reader {
    /// Tags by which TKE and its kin own a load balancer (https://cloud.tencent.com/document/product/457/45487).
    private static final List<String> OTHERS_TAGS =
            List.of("tke-createdBy-flag", "tke-clusterId", "tke-lb-serviceuuid", "tke-lb-ingress-uuid");

    private static final String PROTECTED = "DeleteProtect";
    private static final String INTERNAL = "INTERNAL";
    private static final int RUNNING = 1;

    private Reader() {}

    /// What was read of one load balancer.
    ///
    /// @param listeners none where only its existence was asked for
    /// @param targets by the listener's identifier
    record Seen(
            NamedLoadBalancer loadBalancer,
            List<com.tencentcloudapi.clb.v20180317.models.Listener> listeners,
            SortedMap<String, List<TaggedBackend>> targets) {}

    static Actual actual(ReadRequest request, String vpcId, Seen seen, Instant readAt) {
        NamedLoadBalancer shown = seen.loadBalancer();
        List<ReadListener> listeners = seen.listeners().stream()
                .map(listener -> ReadListener.of(listener, request))
                .sorted(Comparator.comparing(listener -> listener.key()))
                .toList();
        return new Actual(
                request.key(),
                Optional.of(new Found<>(shown.getLoadBalancerId(), ownership(request, vpcId, shown), state(shown))),
                addresses(shown),
                flags(shown).contains(PROTECTED),
                listeners.stream().map(ReadListener::found).toList(),
                List.of(),
                listeners.stream()
                        .flatMap(listener -> pool(listener, seen.targets()).stream())
                        .toList(),
                List.of(),
                List.of(),
                readAt);
    }

    private static Ownership<LoadBalancer> ownership(ReadRequest request, String vpcId, NamedLoadBalancer shown) {
        LoadBalancer value = loadBalancer(request.key(), shown);
        SortedMap<String, String> tags = tags(shown);
        Optional<String> other =
                OTHERS_TAGS.stream().filter(tag -> tags.containsKey(tag)).findFirst();
        if (other.isPresent()) {
            return new Ownership.Foreign<>(value, "it belongs to TKE (tag " + other.get() + ")");
        }
        return switch (request.key()) {
            case LoadBalancerKey.Managed managed -> owned(request, tags, value);
            case LoadBalancerKey.Group group -> owned(request, tags, value);
            case LoadBalancerKey.Existing existing -> existing(request, vpcId, shown, value);
        };
    }

    private static Ownership<LoadBalancer> owned(
            ReadRequest request, SortedMap<String, String> tags, LoadBalancer value) {
        Ownership<LoadBalancer> byMark = Ownership.decide(request.owner(), mark(tags, request.owner()), value);
        return byMark instanceof Owned<LoadBalancer> && !isIncarnation(tags, request.key())
                ? new Ownership.Foreign<>(value, "it is another one of the same object")
                : byMark;
    }

    /// One that the user named: lent to us if nobody has marked it and it stands in our network. One with our own
    /// cluster's mark has an owner too, who would delete it under the borrower.
    private static Ownership<LoadBalancer> existing(
            ReadRequest request, String vpcId, NamedLoadBalancer shown, LoadBalancer value) {
        SortedMap<String, String> tags = tags(shown);
        if (tags.containsKey(Names.CLUSTER_TAG) || tags.containsKey(Names.OBJECT_TAG)) {
            boolean ours = request.owner().clusterUid().equals(tags.get(Names.CLUSTER_TAG));
            return new Ownership.Foreign<>(
                    value,
                    ours
                            ? "it was made for another Service of this cluster, with which it goes (tag "
                                    + Names.OBJECT_TAG + "); make one by hand, or let both name that"
                            : "it belongs to another cluster (tag " + Names.CLUSTER_TAG + ")");
        }
        return vpcId.equals(shown.getVpcId())
                ? new Ownership.Borrowed<>(value)
                : new Ownership.Foreign<>(value, "it is in another network (" + shown.getVpcId() + ")");
    }

    /// Whether the tags are those that this mark would have written for this incarnation.
    static boolean carries(NamedLoadBalancer shown, Mark mark, LoadBalancerKey key) {
        SortedMap<String, String> tags = tags(shown);
        return mark(tags, mark).filter(mark::equals).isPresent() && isIncarnation(tags, key);
    }

    private static boolean isIncarnation(SortedMap<String, String> tags, LoadBalancerKey key) {
        return tags.getOrDefault(Names.INCARNATION_TAG, "0").equals(Integer.toString(key.incarnation()));
    }

    /// The tags hold two UIDs; the object's name is not part of them, since a UID says more.
    private static Optional<Mark> mark(SortedMap<String, String> tags, Mark expected) {
        Optional<String> cluster =
                Optional.ofNullable(tags.get(Names.CLUSTER_TAG)).filter(text -> !text.isEmpty());
        Optional<String> object =
                Optional.ofNullable(tags.get(Names.OBJECT_TAG)).filter(text -> !text.isEmpty());
        return cluster.flatMap(uid -> object.map(objectUid -> new Mark(uid, expected.object(), objectUid)));
    }

    private static SortedMap<String, String> tags(NamedLoadBalancer shown) {
        TreeMap<String, String> tags = new TreeMap<>();
        Arrays.stream(Optional.ofNullable(shown.getTags()).orElse(new TagInfo[0]))
                .filter(tag -> tag.getTagKey() != null && tag.getTagValue() != null)
                .forEach(tag -> tags.put(tag.getTagKey(), tag.getTagValue()));
        return tags;
    }

    private static List<String> flags(NamedLoadBalancer shown) {
        return List.of(Optional.ofNullable(shown.getAttributeFlags()).orElse(new String[0]));
    }

    private static LoadBalancer loadBalancer(LoadBalancerKey key, NamedLoadBalancer shown) {
        boolean internal = INTERNAL.equals(shown.getLoadBalancerType());
        Optional<InternetAccessible> internet =
                Optional.ofNullable(shown.getNetworkAttributes()).filter(attributes -> !internal);
        Setting<Integer> bandwidth = Setting.of(
                internet.map(InternetAccessible::getInternetMaxBandwidthOut).map(Long::intValue));
        return new LoadBalancer(
                key,
                Setting.managed(internal ? Scheme.INTERNAL : Scheme.INTERNET),
                Setting.managed(isIpv6(shown) ? AddressFamily.IPV6 : AddressFamily.IPV4),
                new TencentLoadBalancerOptions(
                        Setting.of(Optional.ofNullable(shown.getSubnetId()).filter(id -> internal && !id.isEmpty())),
                        Setting.of(internet.map(InternetAccessible::getInternetChargeType)),
                        bandwidth,
                        bandwidth,
                        Setting.managed(flags(shown).contains(PROTECTED))));
    }

    private static boolean isIpv6(NamedLoadBalancer shown) {
        return "ipv6".equalsIgnoreCase(shown.getAddressIPVersion());
    }

    private static State state(NamedLoadBalancer shown) {
        boolean running = Optional.ofNullable(shown.getStatus())
                .filter(status -> status == RUNNING)
                .isPresent();
        boolean isolated = Optional.ofNullable(shown.getIsolation())
                .filter(isolation -> isolation == 1)
                .isPresent();
        if (isolated) {
            return State.STOPPED;
        }
        return running ? State.ACTIVE : State.PROVISIONING;
    }

    /// A load balancer with a domain name has no address of its own: its addresses may change under the name.
    private static List<PublicAddress> addresses(NamedLoadBalancer shown) {
        List<PublicAddress> addresses = new ArrayList<>();
        Stream.concat(
                        Arrays.stream(
                                Optional.ofNullable(shown.getLoadBalancerVips()).orElse(new String[0])),
                        Optional.ofNullable(shown.getAddressIPv6()).stream())
                .filter(ip -> !ip.isEmpty())
                .distinct()
                .forEach(ip -> addresses.add(new PublicAddress(PublicAddress.Form.IP, ip, false)));
        Optional<String> domain = Optional.ofNullable(shown.loadBalancerDomain).filter(name -> !name.isEmpty());
        if (addresses.isEmpty() && domain.isPresent()) {
            addresses.add(new PublicAddress(PublicAddress.Form.HOSTNAME, domain.get(), false));
        }
        return addresses;
    }

    /// The targets of a listener that is ours are all ours.
    private static Optional<FoundPool> pool(ReadListener listener, SortedMap<String, List<TaggedBackend>> targets) {
        Optional<List<TaggedBackend>> shown = Optional.ofNullable(targets.get(listener.id()));
        if (shown.isEmpty() || !(listener.listener() instanceof Owned<?> owner)) {
            return Optional.empty();
        }
        Owned<Pool> pool = Ownership.partOf(owner, listener.pool());
        List<Member> members = shown.get().stream()
                .map(target -> member(pool, target))
                .sorted(Comparator.comparing(member -> member.backend().value().key()))
                .toList();
        return Optional.of(new FoundPool(new Found<>(listener.id(), pool, State.ACTIVE), members));
    }

    private static Member member(Owned<Pool> pool, TaggedBackend shown) {
        BackendKey key = key(pool.value().key(), shown);
        Optional<Integer> weight = Optional.ofNullable(shown.getWeight()).map(Long::intValue);
        Optional<String> registrant = Optional.ofNullable(shown.tag).filter(tag -> !tag.isEmpty());
        boolean drains = weight.filter(share -> share == 0).isPresent();
        return new Member(
                Ownership.partOf(pool, new Backend(key, Setting.of(weight), registrant)),
                drains ? State.STOPPED : State.ACTIVE,
                Optional.empty());
    }

    static BackendKey key(PoolKey pool, TaggedBackend shown) {
        int port = Optional.ofNullable(shown.getPort()).map(Long::intValue).orElse(0);
        return new BackendKey(pool, address(shown), port);
    }

    /// A machine is known by its identifier, everything else by its address.
    private static Address address(TaggedBackend shown) {
        String[] ips = Optional.ofNullable(shown.getPrivateIpAddresses()).orElse(new String[0]);
        return "CVM".equals(shown.getType()) || ips.length == 0
                ? new Address.Instance(
                        Optional.ofNullable(shown.getInstanceId()).orElse(""))
                : new Address.Ip(ips[0]);
    }
}
