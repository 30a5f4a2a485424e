package io.plumbline.spi.objects;

import io.plumbline.spi.model.Transport;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// A `Pod`, projected.
///
/// @param phase `Pending`, `Running`, `Succeeded`, `Failed` or `Unknown`
/// @param ips `status.podIPs`, the primary first
/// @param containersReady condition `ContainersReady` is True
/// @param readinessGates `spec.readinessGates` in their order, each with its condition
/// @param resources names of the resources that its containers request or are limited to
/// @param disruption reason of condition `DisruptionTarget` where that is True
public record PodView(
        Metadata metadata,
        String phase,
        List<String> ips,
        Optional<String> nodeName,
        boolean hostNetwork,
        boolean containersReady,
        List<Gate> readinessGates,
        List<NamedPort> namedPorts,
        SortedSet<String> resources,
        Optional<String> disruption) {
    public PodView {
        ips = List.copyOf(ips);
        readinessGates = List.copyOf(readinessGates);
        namedPorts = List.copyOf(namedPorts);
        resources = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(resources));
    }

    public ObjectKey key() {
        return metadata.key();
    }

    public String uid() {
        return metadata.uid();
    }

    /// Succeeded or Failed: a phase that is never left.
    public boolean terminal() {
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /// A readiness gate and whether its condition is True.
    public record Gate(String conditionType, boolean open) {
        /// Our own, the same for every Pod and every load balancer: that says that the Pod is healthy.
        public static final String OURS = "plumbline.io/load-balancer-ready";
    }

    /// A container port that has a name.
    public record NamedPort(String name, Transport transport, int port) {}
}
