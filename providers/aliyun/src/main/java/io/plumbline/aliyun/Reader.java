package io.plumbline.aliyun;

import io.plumbline.aliyun.AliyunLoadBalancerOptions.Placement;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.model.AccessList;
import io.plumbline.spi.model.AccessListKey;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Actual.Found;
import io.plumbline.spi.model.Actual.PublicAddress;
import io.plumbline.spi.model.Actual.State;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancer.AddressFamily;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Ownership;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Setting;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The cloud's answers -> [Actual]. Decides what is owned, borrowed or foreign.
final class Reader {
    /// Tags by which ACK and others say that a load balancer is not to be used by anybody else
    /// (cloud-provider-alibaba-cloud, pkg/controller/service/reconcile/annotation).
    private static final List<String> OTHERS_TAGS = List.of("ack.aliyun.com", "kubernetes.do.not.delete");

    private Reader() {}

    /// What was read of one load balancer.
    ///
    /// @param listeners none where only its existence was asked for
    /// @param groups all of them, without members
    /// @param members of some of these groups, by identifier
    /// @param bound elastic addresses, where they were asked for
    record Seen(
            Fields loadBalancer,
            List<Fields> listeners,
            List<Fields> groups,
            SortedMap<String, List<Fields>> members,
            SortedMap<Integer, Pairs> extensions,
            List<String> bound) {
        static Seen of(
                Fields loadBalancer,
                List<Fields> listeners,
                List<Fields> groups,
                SortedMap<String, List<Fields>> members,
                SortedMap<Integer, Pairs> extensions) {
            return new Seen(loadBalancer, listeners, groups, members, extensions, List.of());
        }

        Seen with(List<String> addresses) {
            return new Seen(loadBalancer, listeners, groups, members, extensions, addresses);
        }
    }

    /// An access control list of ours.
    record SeenList(String id, Mark mark, List<String> ranges) {
        AccessListKey key() {
            return new AccessListKey(mark.object().text());
        }

        Found<AccessList> found() {
            AccessList list = new AccessList(key(), ranges, new Options.None());
            return new Found<>(id, Ownership.decideByHash(mark, Optional.of(mark.hash()), list), State.ACTIVE);
        }
    }

    static Actual absent(ReadRequest request, List<SeenList> lists, Instant readAt) {
        return new Actual(
                request.key(),
                Optional.empty(),
                List.of(),
                false,
                List.of(),
                List.of(),
                List.of(),
                lists.stream().map(SeenList::found).toList(),
                List.of(),
                readAt);
    }

    static Actual actual(ReadRequest request, String vpcId, Seen seen, List<SeenList> lists, Instant readAt) {
        Fields shown = seen.loadBalancer();
        String id = shown.textOrNone("LoadBalancerId");
        SortedMap<String, AccessListKey> accessLists = new TreeMap<>();
        lists.forEach(list -> accessLists.put(list.id(), list.key()));
        SortedMap<String, PoolKey> pools = ReadPool.keys(seen.groups(), seen.listeners(), request);
        ReadListener.Context context = new ReadListener.Context(request, pools, accessLists, seen.extensions());
        List<ReadListener> listeners = seen.listeners().stream()
                .map(listener -> ReadListener.of(listener, id, context))
                .sorted(Comparator.comparing(ReadListener::key).thenComparing(ReadListener::id))
                .toList();
        return new Actual(
                request.key(),
                Optional.of(new Found<>(id, ownership(request, vpcId, shown), state(shown))),
                addresses(seen),
                shown.onOff("DeleteProtection").orElse(false),
                listeners.stream().map(ReadListener::found).toList(),
                List.of(),
                ReadPool.of(seen, pools, listeners, request),
                lists.stream().map(SeenList::found).toList(),
                List.of(),
                readAt);
    }

    private static Ownership<LoadBalancer> ownership(ReadRequest request, String vpcId, Fields shown) {
        LoadBalancer value = loadBalancer(request.key(), shown);
        SortedMap<String, String> tags = Replies.tags(shown);
        Optional<String> other =
                OTHERS_TAGS.stream().filter(tag -> tags.containsKey(tag)).findFirst();
        if (other.isPresent()) {
            return new Ownership.Foreign<>(value, "it belongs to another controller (tag " + other.get() + ")");
        }
        return switch (request.key()) {
            case LoadBalancerKey.Existing existing -> existing(tags, vpcId, shown, value);
            case LoadBalancerKey.Managed managed -> ours(request, tags, value);
            case LoadBalancerKey.Group group -> ours(request, tags, value);
        };
    }

    private static Ownership<LoadBalancer> ours(
            ReadRequest request, SortedMap<String, String> tags, LoadBalancer value) {
        Optional<Mark> mark = Tags.mark(tags, request.owner())
                .filter(seen -> Tags.carry(tags, seen, request.key().incarnation()));
        return Ownership.decide(request.owner(), mark, value);
    }

    /// One that the user named: lent to us if nobody has marked it and it stands in our network. A
    /// public one stands in none.
    private static Ownership<LoadBalancer> existing(
            SortedMap<String, String> tags, String vpcId, Fields shown, LoadBalancer value) {
        if (tags.containsKey(Names.CLUSTER_TAG) || tags.containsKey(Names.OBJECT_TAG)) {
            return new Ownership.Foreign<>(value, "it was made for another object (tag " + Names.OBJECT_TAG + ")");
        }
        String network = shown.textOrNone("VpcId");
        return network.isEmpty() || network.equals(vpcId)
                ? new Ownership.Borrowed<>(value)
                : new Ownership.Foreign<>(value, "it is in another network (" + network + ")");
    }

    private static LoadBalancer loadBalancer(LoadBalancerKey key, Fields shown) {
        boolean internal = shown.textOrNone("AddressType").equals("intranet");
        boolean ipv6 = shown.textOrNone("AddressIPVersion").equalsIgnoreCase("ipv6");
        return new LoadBalancer(
                key,
                Setting.managed(internal ? Scheme.INTERNAL : Scheme.INTERNET),
                Setting.managed(ipv6 ? AddressFamily.IPV6 : AddressFamily.IPV4),
                options(shown, internal));
    }

    private static AliyunLoadBalancerOptions options(Fields shown, boolean internal) {
        return new AliyunLoadBalancerOptions(
                Setting.of(shown.text("LoadBalancerName")),
                Setting.of(shown.text("InstanceChargeType")),
                Setting.of(shown.text("LoadBalancerSpec")),
                Setting.of(chargeType(shown).filter(type -> !internal)),
                Setting.of(shown.whole("Bandwidth").filter(bandwidth -> !internal)),
                Setting.of(shown.onOff("DeleteProtection")),
                Setting.of(shown.text("ModificationProtectionStatus").map("ConsoleProtection"::equals)),
                Setting.managed(Tags.read(Replies.tags(shown))),
                placement(shown, internal));
    }

    /// The API's older words are numbers (https://help.aliyun.com/document_detail/27582.html).
    private static Optional<String> chargeType(Fields shown) {
        return shown.text("InternetChargeTypeAlias")
                .or(() -> shown.text("InternetChargeType"))
                .map(type -> switch (type) {
                    case "3" -> "paybybandwidth";
                    case "4" -> "paybytraffic";
                    default -> type;
                });
    }

    private static Placement placement(Fields shown, boolean internal) {
        return new Placement(
                Setting.of(shown.text("NetworkType")),
                Setting.of(shown.text("VSwitchId").filter(id -> internal)),
                Setting.of(shown.text("Address").filter(address -> internal)),
                Setting.of(shown.text("MasterZoneId")),
                Setting.of(shown.text("SlaveZoneId")),
                Setting.of(shown.text("ResourceGroupId")));
    }

    private static State state(Fields shown) {
        return switch (shown.textOrNone("LoadBalancerStatus")) {
            case "active" -> State.ACTIVE;
            case "inactive", "locked" -> State.STOPPED;
            default -> State.PROVISIONING;
        };
    }

    private static List<PublicAddress> addresses(Seen seen) {
        return Stream.concat(
                        seen.loadBalancer().text("Address").stream().map(ip -> address(ip, false)),
                        seen.bound().stream().map(ip -> address(ip, true)))
                .toList();
    }

    private static PublicAddress address(String ip, boolean bound) {
        return new PublicAddress(PublicAddress.Form.IP, ip, false, bound);
    }
}
