package io.plumbline.aliyun;

import io.plumbline.aliyun.Annotation.Support;
import io.plumbline.spi.Dialect;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Desired.Publishing;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Pool.Targets;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.objects.CustomObject;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The annotations of cloud-provider-alibaba-cloud for CLB. [Annotations] has the table.
final class AliyunDialect implements Dialect {
    private static final int LONGEST_HOSTNAME = 253;

    private final String region;

    /// @param region where load balancers that Services name stand
    AliyunDialect(String region) {
        this.region = region;
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
        Complaints complaints = new Complaints(service.key());
        ServiceAnnotations annotations = new ServiceAnnotations(service, complaints);
        Optional<LoadBalancerKey> existing = existing(annotations);
        InstanceAnnotations instance = new InstanceAnnotations(annotations, service.key());
        Wishes wishes = existing.isPresent() ? instance.ofExisting() : instance.ofOurOwn();
        boolean untouched = annotations.has(Annotations.CLASS) || preserved(annotations, service);
        BackendAnnotations backends = new BackendAnnotations(annotations, service);
        List<PortWishes> ports = new PortReading(annotations, service, backends.byPods()).ports();
        reportKeys(service, annotations, complaints);
        Publishing publishing = publishing(annotations, existing.isEmpty() && isPublic(wishes));
        return new Interpretation(untouched, existing, wishes, backends.read(), ports, publishing, complaints.sorted());
    }

    /// One that is named is never another, even where its id cannot be right: making one of our own
    /// would publish what should not be.
    private Optional<LoadBalancerKey> existing(ServiceAnnotations annotations) {
        annotations.matching(
                Annotations.ID,
                text -> text.matches("lb-[a-z0-9]+"),
                "must be the id of a load balancer (lb-...)",
                Setting.unmanaged());
        annotations.oneOf(Annotations.OVERRIDE, List.of("true", "false"), Setting.unmanaged());
        if (!annotations.has(Annotations.ID)) {
            Stream.of(Annotations.OVERRIDE, Annotations.VGROUP_PORT)
                    .filter(annotations::has)
                    .forEach(key ->
                            annotations.complain(key, "has no effect without loadbalancer-id: set that, or remove it"));
        }
        return annotations.text(Annotations.ID).map(id -> new LoadBalancerKey.Existing("aliyun", region, id));
    }

    /// What is published: a name counts before an elastic address.
    private static Publishing publishing(ServiceAnnotations annotations, boolean isPublic) {
        Setting<String> type = annotations.oneOf(Annotations.EXTERNAL_IP_TYPE, List.of("eip"), Setting.unmanaged());
        Setting<String> name = annotations.matching(
                Annotations.HOSTNAME,
                AliyunDialect::isHostname,
                "must be a host name in lower case",
                Setting.unmanaged());
        if (type.asOptional().isPresent() && isPublic) {
            annotations.complain(
                    Annotations.EXTERNAL_IP_TYPE,
                    "has no effect on a public load balancer, which takes no elastic address: remove it, or set"
                            + " loadbalancer-address-type to intranet");
        }
        if (type.asOptional().isPresent() && name.asOptional().isPresent()) {
            annotations.complain(
                    Annotations.EXTERNAL_IP_TYPE, "has no effect beside loadbalancer-hostname: remove one of them");
        }
        return name.asOptional()
                .<Publishing>map(Publishing.Hostname::new)
                .orElseGet(() -> type.asOptional().isPresent() && !isPublic
                        ? new Publishing.BoundAddress()
                        : new Publishing.OwnAddress());
    }

    private static boolean isPublic(Wishes wishes) {
        return wishes.scheme().equals(Setting.managed(Scheme.INTERNET));
    }

    /// As the API server takes it in a status: a DNS subdomain that is no address.
    private static boolean isHostname(String text) {
        String label = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";
        return text.length() <= LONGEST_HOSTNAME
                && text.matches(label + "(\\." + label + ")*")
                && !text.matches("[0-9.]+");
    }

    /// The Service lets go of a load balancer that is to stay as it is.
    private static boolean preserved(ServiceAnnotations annotations, ServiceView service) {
        boolean keep = annotations
                .either(Annotations.PRESERVE, "true", "false", false)
                .asOptional()
                .orElse(true);
        boolean released = service.metadata().deleting() || !service.type().equals("LoadBalancer");
        return keep && released && !annotations.has(Annotations.ID);
    }

    private static void reportKeys(ServiceView service, ServiceAnnotations annotations, Complaints complaints) {
        for (String key : service.metadata().annotations().keySet()) {
            Optional<Annotation> known = Annotations.of(key);
            known.filter(annotation -> annotation.support() == Support.LATER)
                    .ifPresent(annotation -> complaints.add(
                            key, "is not supported. " + annotation.meaning() + " Remove the annotation."));
            if (known.isEmpty() && Annotations.claimsToBeOurs(key)) {
                complaints.add(key, "is not a known annotation and has no effect: correct its name or remove it");
            }
        }
        boolean wantsIpv6 = annotations.text(Annotations.IP_VERSION).equals(Optional.of("ipv6"));
        if (service.ipFamilies().contains("IPv6") && !wantsIpv6) {
            complaints.add(
                    "spec.ipFamilies",
                    "the load balancer serves IPv4 only: set spec.ipFamilies to [IPv4], or loadbalancer-ip-version to"
                            + " ipv6");
        }
    }

    /// Whether it really has an address in the network is the cloud's own answer: each one is looked up
    /// there before it is registered, and one that nobody knows there is not.
    @Override
    public Directness directness(PodView pod, Optional<NodeView> node, boolean assumeDirect) {
        return pod.hostNetwork() ? new Directness.OnNode() : new Directness.Direct();
    }

    @Override
    public Optional<Address.Instance> instance(NodeView node) {
        return NodeNames.instance(node);
    }

    @Override
    public Optional<String> excluded(NodeView node) {
        return NodeNames.excluded(node);
    }

    /// Virtual nodes (`type: virtual-kubelet`), whose Pods run as ECI with network interfaces of their own.
    @Override
    public boolean virtual(NodeView node) {
        return NodeNames.virtual(node);
    }

    @Override
    public Optional<String> annotationOf(String fieldPath) {
        return Annotations.settingOf(fieldPath);
    }

    @Override
    public List<WrittenAnnotation> written(String loadBalancerId, String token) {
        return List.of(new WrittenAnnotation(Annotations.LOAD_BALANCER_ID, loadBalancerId));
    }

    /// cloud-provider-alibaba-cloud shows itself by its finalizer and in labels.
    @Override
    public List<String> foreignMarks() {
        return List.of();
    }

    /// Whether Pods are the backends; for the classes beside this one.
    static Targets targets(boolean byPods) {
        return byPods ? Targets.PODS : Targets.NODES;
    }
}
