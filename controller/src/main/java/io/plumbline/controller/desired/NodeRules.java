package io.plumbline.controller.desired;

import io.plumbline.spi.Dialect;
import io.plumbline.spi.Dialect.Backends;
import io.plumbline.spi.objects.NodeView;
import java.util.Optional;

/// What keeps a node from being a member, whatever runs on it. Pure. That it is not Ready is no such thing.
public final class NodeRules {
    private static final String EXCLUDED = "node.kubernetes.io/exclude-from-external-load-balancers";
    private static final String SCALED_AWAY = "ToBeDeletedByClusterAutoscaler";

    private NodeRules() {}

    /// What the node itself says against it, for whatever Service.
    public static Optional<String> ofItself(NodeView node, Dialect dialect) {
        if (node.metadata().deleting()) {
            return Optional.of("the node is being deleted");
        }
        if (node.taints().contains(SCALED_AWAY)) {
            return Optional.of("the node is about to be scaled away");
        }
        if (node.metadata().labels().containsKey(EXCLUDED)) {
            return Optional.of("the node carries the label " + EXCLUDED);
        }
        if (dialect.virtual(node)) {
            return Optional.of("the node is a virtual one: its Pods are members by their own address");
        }
        return dialect.excluded(node);
    }

    /// What a Service's wishes say against it. A selector that cannot be read says nothing.
    public static Optional<String> ofWishes(NodeView node, Backends wishes) {
        boolean selected = LabelSelector.parse(wishes.nodeSelector())
                .map(selector -> selector.selects(node.metadata().labels()))
                .orElse(true);
        if (!selected) {
            return Optional.of("the node selector does not select it");
        }
        return wishes.excludeUnschedulable() && node.unschedulable()
                ? Optional.of("the node is cordoned")
                : Optional.empty();
    }
}
