package io.plumbline.tencent;

import io.plumbline.spi.Dialect;
import io.plumbline.spi.Dialect.Backends;
import io.plumbline.spi.Dialect.Directness;
import io.plumbline.spi.Dialect.Extent;
import io.plumbline.spi.Dialect.Form;
import io.plumbline.spi.Dialect.Interpretation;
import io.plumbline.spi.Dialect.PortWishes;
import io.plumbline.spi.Dialect.Wishes;
import io.plumbline.spi.Dialect.WrittenAnnotation;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.LoadBalancer.AddressFamily;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Pool.Targets;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import io.plumbline.spi.objects.CustomObject;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.tencent.Annotation.Support;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// TKE's annotations and TkeServiceConfig. [Annotations] has the table.
final class TencentDialect implements Dialect {
    private static final Pattern INSTANCE = Pattern.compile("qcloud:///.*/(ins-[a-z0-9]+)");

    /// The longest that a layer 4 listener can keep a client with a target
    /// (https://cloud.tencent.com/document/api/214/30693); Kubernetes' own default of three hours is beyond it.
    private static final Duration LONGEST_SESSION = Duration.ofHours(1);

    private static final List<String> MASTERS =
            List.of("node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master");

    private final String region;

    /// @param region where load balancers that users name are looked for
    TencentDialect(String region) {
        this.region = region;
    }

    @Override
    public List<CustomObject.Kind> customKinds() {
        return List.of(ServiceConfig.KIND);
    }

    @Override
    public List<ObjectKey> references(ServiceView service) {
        Complaints unheard = new Complaints(service.key());
        return new ServiceAnnotations(service, unheard).config().stream().toList();
    }

    @Override
    public Interpretation interpret(ServiceView service, List<CustomObject> referenced, boolean kindsKnown) {
        Complaints complaints = new Complaints(service.key());
        ServiceAnnotations annotations = new ServiceAnnotations(service, complaints);
        ServiceConfig config = annotations
                .config()
                .flatMap(key -> config(key, service, new Referenced(referenced, kindsKnown), complaints))
                .orElseGet(ServiceConfig::silent);
        Optional<LoadBalancerKey> existing = existing(annotations);
        Wishes wishes = annotations.namesExisting()
                ? borrowed(annotations, config, complaints)
                : wishes(annotations, config, complaints);
        Backends backends = backends(annotations);
        annotations.checkSharing();
        boolean skip = annotations.skip();
        boolean untouched = skip || (annotations.namesExisting() && existing.isEmpty());
        reportKeys(service, complaints);
        reportFamilies(service, complaints);
        List<PortWishes> ports = service.ports().stream()
                .map(port -> port(port, config, service.traffic()))
                .toList();
        return new Interpretation(untouched, existing, wishes, backends, ports, complaints.sorted());
    }

    private Optional<LoadBalancerKey> existing(ServiceAnnotations annotations) {
        return annotations.existing().asOptional().map(id -> new LoadBalancerKey.Existing(Limits.PROVIDER, region, id));
    }

    /// Custom objects that exist, and whether their kind is known at all.
    private record Referenced(List<CustomObject> objects, boolean kindsKnown) {}

    private static Optional<ServiceConfig> config(
            ObjectKey key, ServiceView service, Referenced referenced, Complaints complaints) {
        Optional<CustomObject> found = referenced.objects().stream()
                .filter(object -> object.key().equals(key))
                .findFirst();
        if (found.isEmpty()) {
            complaints.add(
                    Annotations.CONFIG,
                    referenced.kindsKnown()
                            ? "TkeServiceConfig " + key.text() + " does not exist: create it or remove the annotation; "
                                    + "until then listeners stay as they are"
                            : "TkeServiceConfig " + key.text() + " cannot be read, since the cluster does not (yet) "
                                    + "know this kind: install its CustomResourceDefinition or remove the annotation; "
                                    + "until then listeners stay as they are");
        }
        return found.map(object -> ServiceConfig.read(object, service, complaints));
    }

    /// Its user's own: whatever it is like, it stays so.
    private static Wishes borrowed(ServiceAnnotations annotations, ServiceConfig config, Complaints complaints) {
        annotations.complainOfOwnSettings();
        config.bandwidth()
                .asOptional()
                .ifPresent(bandwidth -> complaints.add(
                        "spec.loadBalancer.internetMaxBandwidthOut",
                        "has no effect on a load balancer that " + Annotations.EXISTING
                                + " names, which stays as its user made it: remove it from the TkeServiceConfig"));
        return new Wishes(
                Setting.unmanaged(), Setting.unmanaged(), Setting.unmanaged(), TencentLoadBalancerOptions.unmanaged());
    }

    private static Wishes wishes(ServiceAnnotations annotations, ServiceConfig config, Complaints complaints) {
        Setting<AddressFamily> family = Setting.managed(AddressFamily.IPV4);
        Setting<Boolean> protection = annotations.deletionProtection();
        if (annotations.internal()) {
            annotations.complainOfInternetSettings();
            config.bandwidth()
                    .asOptional()
                    .ifPresent(
                            bandwidth -> complaints.add(
                                    "spec.loadBalancer.internetMaxBandwidthOut",
                                    "an internal load balancer has no Internet bandwidth: remove it from the TkeServiceConfig"));
            return new Wishes(
                    Setting.managed(Scheme.INTERNAL), family, protection, internal(annotations.subnet(), protection));
        }
        Setting<Integer> initial = annotations.bandwidth();
        return new Wishes(
                Setting.managed(Scheme.INTERNET),
                family,
                protection,
                new TencentLoadBalancerOptions(
                        Setting.unmanaged(),
                        annotations.chargeType(),
                        config.bandwidth().asOptional().isPresent() ? Setting.unmanaged() : initial,
                        config.bandwidth(),
                        protection));
    }

    private static TencentLoadBalancerOptions internal(Setting<String> subnet, Setting<Boolean> protection) {
        return new TencentLoadBalancerOptions(
                subnet, Setting.unmanaged(), Setting.unmanaged(), Setting.unmanaged(), protection);
    }

    /// Under the policy Local every node stays bound, as in TKE: the health check finds the ones without a Pod,
    /// which do not answer on the node port.
    private static Backends backends(ServiceAnnotations annotations) {
        boolean direct = annotations.direct();
        boolean drainTerminating = annotations.drainTerminating();
        boolean drainNotReady = annotations.drainNotReady();
        return new Backends(
                direct ? Targets.PODS : Targets.NODES,
                direct && drainTerminating,
                direct && drainNotReady,
                annotations.nodeSelector(),
                false,
                !annotations.onlyNodesWithPods(),
                annotations.weighByPods(),
                Setting.managed(Limits.DEFAULT_WEIGHT));
    }

    private static PortWishes port(ServiceView.Port port, ServiceConfig config, ServiceView.Traffic traffic) {
        ListenerConfig listener = config.listener(port);
        Form form = switch (port.transport()) {
            case TCP -> Form.TCP;
            case UDP -> Form.UDP;
            case TCP_UDP -> Form.TCP_UDP;
        };
        return new PortWishes(
                form,
                Extent.LISTENER_AND_POOL,
                Optional.empty(),
                listener.healthCheck(),
                stickiness(listener.stickiness(), traffic),
                listener.scheduling(),
                listener.listenerOptions(),
                listener.poolOptions());
    }

    /// A TkeServiceConfig wins over `spec.sessionAffinity`.
    private static Stickiness stickiness(Stickiness configured, ServiceView.Traffic traffic) {
        boolean wanted = traffic.sessionAffinity().equals("ClientIP");
        return wanted && configured.equals(Stickiness.unmanaged())
                ? new Stickiness(Setting.managed(true), Setting.managed(LONGEST_SESSION))
                : configured;
    }

    private static void reportKeys(ServiceView service, Complaints complaints) {
        for (String key : service.metadata().annotations().keySet()) {
            Optional<Annotation> known = Annotations.of(key);
            known.filter(annotation -> annotation.support() == Support.LATER)
                    .ifPresent(annotation -> complaints.add(
                            key, "is not supported yet. " + annotation.meaning() + " Remove the annotation."));
            if (known.isEmpty() && Annotations.claimsToBeOurs(key)) {
                complaints.add(key, "is not a known annotation and has no effect: correct its name or remove it");
            }
        }
    }

    private static void reportFamilies(ServiceView service, Complaints complaints) {
        if (service.ipFamilies().contains("IPv6")) {
            complaints.add(
                    "spec.ipFamilies", "IPv6 is not supported yet: only IPv4 is served; set spec.ipFamilies to [IPv4]");
        }
    }

    @Override
    public Directness directness(PodView pod, Optional<NodeView> node, boolean assumeDirect) {
        return PodNetwork.directness(pod, node, assumeDirect);
    }

    /// From `spec.providerID`, for example `qcloud:///100003/ins-1a2b3c4d`.
    @Override
    public Optional<Address.Instance> instance(NodeView node) {
        return node.providerId()
                .map(INSTANCE::matcher)
                .filter(Matcher::matches)
                .map(matcher -> new Address.Instance(matcher.group(1)));
    }

    /// Masters are no targets in TKE (https://cloud.tencent.com/document/product/457/45487).
    @Override
    public Optional<String> excluded(NodeView node) {
        return MASTERS.stream()
                .filter(label -> node.metadata().labels().containsKey(label))
                .findFirst()
                .map(label -> "the node carries the label " + label);
    }

    @Override
    public Optional<String> annotationOf(String fieldPath) {
        return switch (fieldPath) {
            case "LoadBalancer.scheme", "LoadBalancer.options.subnetId" -> Optional.of(Annotations.SUBNET);
            case "LoadBalancer.options.internetChargeType" -> Optional.of(Annotations.CHARGE_TYPE);
            case "LoadBalancer.options.initialBandwidth" -> Optional.of(Annotations.BANDWIDTH);
            case "LoadBalancer.options.deletionProtection" -> Optional.of(Annotations.PROTECTION);
            default -> Optional.empty();
        };
    }

    /// Super nodes: `eklet-...`.
    @Override
    public boolean virtual(NodeView node) {
        return PodNetwork.virtual(node);
    }

    @Override
    public List<WrittenAnnotation> written(String loadBalancerId, String token) {
        return List.of(
                new WrittenAnnotation(Annotations.LOAD_BALANCER_ID, loadBalancerId),
                new WrittenAnnotation(Annotations.CLIENT_TOKEN, token));
    }

    @Override
    public List<String> foreignMarks() {
        return List.of(Annotations.LOAD_BALANCER_ID);
    }
}
