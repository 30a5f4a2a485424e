package io.plumbline.controller.intake;

import io.plumbline.spi.objects.Metadata;
import io.plumbline.spi.objects.NodeView;
import java.util.TreeMap;

/// Which of two states of an object is the older one. Pure.
final class Versions {
    private Versions() {}

    /// Whether `arriving` is older than `known`: an API server that lags behind may answer with the
    /// past.
    ///
    /// Where a version is not a number, whatever arrives counts as new.
    static boolean older(Metadata arriving, Metadata known) {
        return arriving.uid().equals(known.uid()) && arriving.version() >= 0 && arriving.version() < known.version();
    }

    /// Whether two states of a node differ in nothing but their version, as after each of its heartbeats.
    static boolean same(NodeView one, NodeView other) {
        return timeless(one).equals(timeless(other));
    }

    private static NodeView timeless(NodeView node) {
        Metadata all = node.metadata();
        return new NodeView(
                new Metadata(
                        all.key(),
                        all.uid(),
                        "",
                        all.generation(),
                        all.created(),
                        all.deleting(),
                        all.labels(),
                        new TreeMap<>(),
                        all.finalizers()),
                node.ready(),
                node.unschedulable(),
                node.taints(),
                node.providerId(),
                node.addresses());
    }
}
