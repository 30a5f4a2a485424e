package io.plumbline.it.cluster;

import io.plumbline.it.cluster.kubelet.NodeShape;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/// What a cluster starts with.
///
/// @param podStartDelay from a Pod's binding until it listens
public record ClusterShape(List<NodeShape> nodes, Duration podStartDelay) {

    public ClusterShape {
        nodes = List.copyOf(nodes);
        if (podStartDelay.isNegative()) {
            throw new IllegalArgumentException("podStartDelay " + podStartDelay);
        }
    }

    /// So many ordinary nodes; Pods listen 100 ms after their binding.
    public static ClusterShape ofNodes(int count) {
        return new ClusterShape(Collections.nCopies(count, NodeShape.ordinary()), Duration.ofMillis(100));
    }
}
