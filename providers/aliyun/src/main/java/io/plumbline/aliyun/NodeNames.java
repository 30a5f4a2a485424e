package io.plumbline.aliyun;

import io.plumbline.spi.model.Address;
import io.plumbline.spi.objects.NodeView;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a node of ACK tells about itself.
///
/// Its providerID is `cn-beijing.i-2ze...` or `alicloud://cn-beijing.i-2ze...`; its name
/// `cn-beijing.172.16.132.150` or, of an old cluster, `cn-beijing.i-2ze...`.
final class NodeNames {
    private static final Pattern INSTANCE =
            Pattern.compile("(?:alicloud://)?(?:[a-z]+(?:-[a-z0-9]+)+\\.)?(i-[a-z0-9]+)");
    private static final String HYBRID = "ack-hybrid://";
    private static final String TYPE = "type";
    private static final String VIRTUAL = "virtual-kubelet";

    private static final List<String> CONTROL_PLANE =
            List.of("node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master");

    private static final List<String> EXCLUSIONS = List.of(
            "service.alibabacloud.com/exclude-node",
            "service.beta.kubernetes.io/exclude-node",
            "alpha.service-controller.kubernetes.io/exclude-balancer");

    private NodeNames() {}

    /// From the providerID or, where that does not tell, from the name.
    static Optional<Address.Instance> instance(NodeView node) {
        return Stream.concat(node.providerId().stream(), Stream.of(node.name()))
                .map(INSTANCE::matcher)
                .filter(Matcher::matches)
                .map(matcher -> new Address.Instance(matcher.group(1)))
                .findFirst();
    }

    static Optional<String> excluded(NodeView node) {
        if (node.providerId().filter(id -> id.startsWith(HYBRID)).isPresent()) {
            return Optional.of("the node is not one of this cloud (" + HYBRID + ")");
        }
        Optional<String> controlPlane = labelled(node, CONTROL_PLANE);
        return controlPlane.isPresent()
                ? controlPlane.map(label -> "the node belongs to the control plane (label " + label + ")")
                : labelled(node, EXCLUSIONS).map(label -> "the node carries the label " + label);
    }

    static boolean virtual(NodeView node) {
        return VIRTUAL.equals(node.metadata().labels().get(TYPE));
    }

    private static Optional<String> labelled(NodeView node, List<String> labels) {
        return labels.stream()
                .filter(label -> node.metadata().labels().containsKey(label))
                .findFirst();
    }
}
