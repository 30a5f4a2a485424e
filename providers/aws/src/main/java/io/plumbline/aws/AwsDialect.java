package io.plumbline.aws;

import io.plumbline.aws.Annotation.Support;
import io.plumbline.spi.Dialect;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Pool.Targets;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.objects.CustomObject;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The annotations of the AWS Load Balancer Controller. [Annotations] has the table.
final class AwsDialect implements Dialect {
    private static final Pattern INSTANCE = Pattern.compile("aws:///.*/(i-[0-9a-z]+)");
    private static final String LABEL = "[A-Za-z0-9./_-]+=[A-Za-z0-9._-]*";

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
        Wishes wishes = new BalancerAnnotations(annotations).wishes();
        Backends backends = backends(annotations);
        List<PortWishes> ports = new PortAnnotations(
                        annotations,
                        GroupKind.of(backends.targets(), TargetFamily.of(service, wishes.addressFamily())),
                        AwsLoadBalancerOptions.of(wishes.options()).tags())
                .wishes();
        reportKeys(service, complaints);
        TargetFamily.complain(service, wishes.addressFamily(), complaints);
        return new Interpretation(false, Optional.empty(), wishes, backends, ports, complaints.sorted());
    }

    private static Backends backends(ServiceAnnotations annotations) {
        return new Backends(
                targets(annotations), true, false, nodeSelector(annotations), false, false, false, Setting.unmanaged());
    }

    /// A value that cannot be read shows that somebody wants Pods, or had them: node ports, which nobody needs to
    /// ask for, would replace every target.
    private static Targets targets(ServiceAnnotations annotations) {
        Setting<String> type = annotations.oneOf(
                Annotations.TYPE, List.of("external", "nlb-ip", "nlb"), "until then it has no effect");
        if (annotations.has(Annotations.TARGET_TYPE)) {
            return annotations
                            .oneOf(Annotations.TARGET_TYPE, List.of("instance", "ip"), "until then targets are Pods")
                            .equals(Setting.managed("instance"))
                    ? Targets.NODES
                    : Targets.PODS;
        }
        return type.equals(Setting.managed("nlb-ip")) ? Targets.PODS : Targets.NODES;
    }

    /// One that cannot be read is passed on as it is: it selects nothing, and what is bound stays.
    private static String nodeSelector(ServiceAnnotations annotations) {
        Setting<List<String>> labels = annotations.list(
                Annotations.NODE_LABELS,
                entry -> entry.matches(LABEL),
                "must be a list of labels like key=value,key=value",
                "until then the targets stay as they are");
        return labels.asOptional()
                .map(entries -> String.join(",", entries))
                .or(() -> annotations.value(Annotations.NODE_LABELS))
                .orElse("");
    }

    private static void reportKeys(ServiceView service, Complaints complaints) {
        for (String key : service.metadata().annotations().keySet()) {
            Optional<Annotation> known = Annotations.of(key);
            known.filter(annotation -> annotation.support() == Support.LATER)
                    .ifPresent(annotation -> complaints.add(
                            key, "is not supported yet. " + annotation.meaning() + " Remove the annotation."));
            known.filter(annotation -> annotation.support() == Support.CLASSIC)
                    .ifPresent(annotation -> complaints.add(
                            key,
                            "is for a Classic Load Balancer and has no effect. " + annotation.meaning()
                                    + " Remove the annotation."));
            if (known.isEmpty() && Annotations.claimsToBeOurs(key)) {
                complaints.add(key, "is not a known annotation and has no effect: correct its name or remove it");
            }
        }
    }

    @Override
    public Directness directness(PodView pod, Optional<NodeView> node, boolean assumeDirect) {
        return PodNetwork.directness(pod, node, assumeDirect);
    }

    /// From `spec.providerID`, for example `aws:///eu-west-1a/i-0a1b2c3d4e5f67890`.
    @Override
    public Optional<Address.Instance> instance(NodeView node) {
        return node.providerId()
                .map(INSTANCE::matcher)
                .filter(Matcher::matches)
                .map(matcher -> new Address.Instance(matcher.group(1)));
    }

    @Override
    public Optional<String> excluded(NodeView node) {
        return Optional.empty();
    }

    @Override
    public boolean virtual(NodeView node) {
        return PodNetwork.virtual(node);
    }

    @Override
    public List<WrittenAnnotation> written(String loadBalancerId, String token) {
        return List.of(new WrittenAnnotation(Annotations.WRITTEN_ID, loadBalancerId));
    }

    /// Its peers leave a finalizer, and no annotation.
    @Override
    public List<String> foreignMarks() {
        return List.of();
    }
}
