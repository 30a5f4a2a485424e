package io.plumbline.fake;

import io.plumbline.spi.Dialect;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.LoadBalancer.AddressFamily;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.objects.CustomObject;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The annotations `fake.plumbline.io/...`. Pure.
///
/// | annotation | value | unset |
/// |---|---|---|
/// | `skip` | true: nothing is done with this Service | false |
/// | `load-balancer-id` | an existing load balancer | one of its own |
/// | `group` | a load balancer shared by all Services that name the group | one of its own |
/// | `scheme` | internet, internal; a change replaces it | left alone |
/// | `address-family` | ipv4, ipv6, dual-stack; fixed | left alone |
/// | `zone` | a, b, c; fixed | left alone |
/// | `bandwidth-mbps` | 1 to 1000 | left alone |
/// | `pools-only` | whether listeners are the user's own business, as pools on their own allow it | false |
/// | `deletion-protection` | true, false; lifted at deletion | left alone, and honoured |
/// | `tcp-udp` | whether TCP and UDP of one port are one listener | false |
/// | `direct` | whether Pods, not nodes, are members | true |
/// | `drain`, `drain-not-ready` | whether terminating, not ready Pods keep their connections | true, false |
/// | `weight` | 1 to 100 of every member | 10 |
/// | `node-selector` | a label selector | all nodes |
/// | `exclude-unschedulable` | whether cordoned nodes are no members | false |
/// | `all-nodes-when-local`, `weigh-by-pods` | of node members under the policy Local | false, true |
/// | `idle-timeout-seconds` | 10 to 900 of the listeners | left alone |
/// | `proxy-protocol` | of the listeners; a change makes them anew | left alone |
/// | `scheduling` | round-robin, least-connections, source-hash | left alone |
/// | `health-check-enabled`, `-interval-seconds`, `-timeout-seconds`, `-healthy-threshold`, `-unhealthy-
/// threshold`, `-port`, `-path` | of the pools | left alone; the port of node members under the policy Local is
/// the Service's `healthCheckNodePort`, under Cluster their own |
///
/// Those of listeners and pools may end in `.` and a port (`health-check-enabled.80`), which then goes
/// before the plain one for that port.
public final class FakeDialect implements Dialect {
    /// A Pod that has it, as an annotation or as a resource, has an address of its own in the network.
    public static final String ADDRESS_SIGN = "fake.plumbline.io/address";

    /// On a Pod with its node's network: it is registered by its node's machine.
    public static final String BY_MACHINE = "fake.plumbline.io/by-machine";

    /// A label that keeps a node from being a member.
    public static final String EXCLUDED = "fake.plumbline.io/exclude-node";

    /// A label of a virtual node.
    public static final String VIRTUAL = "fake.plumbline.io/virtual-node";

    /// Written for people, trusted for nothing.
    public static final String WRITTEN_ID = "fake.plumbline.io/assigned-id";

    public static final String WRITTEN_TOKEN = "fake.plumbline.io/assigned-token";

    /// Set by a controller that is not us.
    public static final String FOREIGN_MARK = "other.fake.plumbline.io/load-balancer-id";

    private static final String NODE_SCHEME = "fake://";

    private final boolean weights;

    /// @param weights whether members have weights in this cloud
    public FakeDialect(boolean weights) {
        this.weights = weights;
    }

    @Override
    public List<CustomObject.Kind> customKinds() {
        return List.of();
    }

    @Override
    public List<ObjectKey> references(ServiceView service) {
        return List.of();
    }

    @Override
    public Interpretation interpret(ServiceView service, List<CustomObject> referenced, boolean kindsKnown) {
        Annotations annotations = new Annotations(service);
        boolean untouched = annotations.flag("skip").equals(Setting.managed(true));
        Optional<LoadBalancerKey> key = key(annotations);
        Wishes wishes = wishes(annotations);
        Backends backends = backends(annotations);
        List<PortWishes> ports = service.ports().stream()
                .map(port -> PortReading.port(service, port, annotations))
                .toList();
        annotations.text("assigned-id");
        annotations.text("assigned-token");
        List<Problem> problems = Stream.concat(annotations.problems().stream(), sourceRanges(service).stream())
                .sorted()
                .toList();
        return new Interpretation(untouched, key, wishes, backends, ports, problems);
    }

    private static Optional<LoadBalancerKey> key(Annotations annotations) {
        Optional<String> id = annotations.text("load-balancer-id");
        Optional<String> group = annotations.text("group");
        if (id.isPresent() && group.isPresent()) {
            annotations.problem("group", "does not go together with load-balancer-id: remove one of them");
        }
        return id.<LoadBalancerKey>map(its -> new LoadBalancerKey.Existing(Limits.PROVIDER, Limits.REGION, its))
                .or(() -> group.map(LoadBalancerKey.Group::new));
    }

    private static Wishes wishes(Annotations annotations) {
        return new Wishes(
                annotations.word(
                        "scheme",
                        Annotations.words(List.of("internet", "internal"), List.of(Scheme.INTERNET, Scheme.INTERNAL))),
                annotations.word(
                        "address-family",
                        Annotations.words(
                                List.of("ipv4", "ipv6", "dual-stack"),
                                List.of(AddressFamily.IPV4, AddressFamily.IPV6, AddressFamily.DUAL_STACK))),
                annotations.flag("deletion-protection"),
                new FakeOptions.OfBalancer(
                        annotations.word("zone", Annotations.words(List.of("a", "b", "c"), List.of("a", "b", "c"))),
                        annotations.number("bandwidth-mbps", 1, 1000),
                        annotations.flag("deletion-protection")));
    }

    private Backends backends(Annotations annotations) {
        Setting<Integer> weight = annotations.number("weight", 1, Limits.MAXIMUM_WEIGHT);
        if (!weights && weight.asOptional().isPresent()) {
            annotations.problem("weight", "has no effect: members have no weights here");
        }
        return new Backends(
                on(annotations, "direct", true) ? Pool.Targets.PODS : Pool.Targets.NODES,
                on(annotations, "drain", true),
                on(annotations, "drain-not-ready", false),
                annotations.text("node-selector").orElse(""),
                on(annotations, "exclude-unschedulable", false),
                on(annotations, "all-nodes-when-local", false),
                weights && on(annotations, "weigh-by-pods", true),
                weights ? weight : Setting.unmanaged());
    }

    private static boolean on(Annotations annotations, String name, boolean unset) {
        return annotations.flag(name).asOptional().orElse(unset);
    }

    @Override
    public Optional<String> annotationOf(String fieldPath) {
        return Optional.of(
                        switch (fieldPath) {
                            case "LoadBalancer.scheme" -> "scheme";
                            case "LoadBalancer.addressFamily" -> "address-family";
                            case "LoadBalancer.options.zone" -> "zone";
                            case "Listener.options.proxyProtocol" -> "proxy-protocol";
                            default -> "";
                        })
                .filter(name -> !name.isEmpty())
                .map(name -> Annotations.PREFIX + name);
    }

    /// This cloud filters nothing, so a Service that asks for it opens no port at all.
    private static List<Problem> sourceRanges(ServiceView service) {
        return service.traffic().sourceRanges().isEmpty()
                ? List.of()
                : List.of(new Problem(
                        service.key(),
                        "spec.loadBalancerSourceRanges",
                        "this cloud cannot keep other addresses out, so no port is opened: remove the ranges"));
    }

    @Override
    public Optional<String> excluded(NodeView node) {
        return node.metadata().labels().containsKey(EXCLUDED)
                ? Optional.of("the node carries the label " + EXCLUDED)
                : Optional.empty();
    }

    @Override
    public boolean virtual(NodeView node) {
        return node.metadata().labels().containsKey(VIRTUAL);
    }

    @Override
    public Directness directness(PodView pod, Optional<NodeView> node, boolean assumeDirect) {
        if (pod.hostNetwork() && pod.metadata().annotations().containsKey(BY_MACHINE)) {
            return new Directness.OnNode();
        }
        if (pod.hostNetwork()) {
            return new Directness.NotDirect("it uses its node's network: remove hostNetwork");
        }
        boolean sign = pod.metadata().annotations().containsKey(ADDRESS_SIGN)
                || pod.resources().contains(ADDRESS_SIGN);
        return sign || assumeDirect
                ? new Directness.Direct()
                : new Directness.NotDirect("it has no address of its own: give it the annotation " + ADDRESS_SIGN);
    }

    @Override
    public Optional<Address.Instance> instance(NodeView node) {
        return node.providerId()
                .filter(id -> id.startsWith(NODE_SCHEME))
                .map(id -> new Address.Instance(id.substring(id.lastIndexOf('/') + 1)));
    }

    @Override
    public List<WrittenAnnotation> written(String loadBalancerId, String token) {
        return List.of(new WrittenAnnotation(WRITTEN_ID, loadBalancerId), new WrittenAnnotation(WRITTEN_TOKEN, token));
    }

    @Override
    public List<String> foreignMarks() {
        return List.of(FOREIGN_MARK);
    }
}
