package io.plumbline.spi.objects;

import java.util.List;
import java.util.Optional;

/// A `Node`, projected.
///
/// @param ready condition `Ready`: `True`, `False` or `Unknown`
/// @param taints keys of `spec.taints`
/// @param addresses addresses of type InternalIP
public record NodeView(
        Metadata metadata,
        String ready,
        boolean unschedulable,
        List<String> taints,
        Optional<String> providerId,
        List<String> addresses) {
    private static final String ZONE_LABEL = "topology.kubernetes.io/zone";

    public NodeView {
        taints = List.copyOf(taints);
        addresses = List.copyOf(addresses);
    }

    public String name() {
        return metadata.key().name();
    }

    /// Its zone, empty where it carries no label that says so.
    public String zone() {
        return metadata.labels().getOrDefault(ZONE_LABEL, "");
    }
}
