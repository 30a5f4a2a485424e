package io.plumbline.controller.snapshot;

import static io.plumbline.controller.snapshot.Fields.all;
import static io.plumbline.controller.snapshot.Fields.metadata;
import static io.plumbline.controller.snapshot.Fields.or;
import static io.plumbline.controller.snapshot.Fields.transport;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodReadinessGate;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.plumbline.spi.objects.PodView;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// `Pod` -> [PodView].
final class PodProjection {
    private PodProjection() {}

    static PodView of(Pod pod) {
        PodSpec spec = Optional.ofNullable(pod.getSpec()).orElseGet(PodSpec::new);
        PodStatus status = Optional.ofNullable(pod.getStatus()).orElseGet(PodStatus::new);
        return new PodView(
                metadata(pod),
                or(status.getPhase(), "Pending"),
                ips(status),
                Optional.ofNullable(spec.getNodeName()).filter(name -> !name.isEmpty()),
                Boolean.TRUE.equals(spec.getHostNetwork()),
                condition(status, "ContainersReady").isPresent(),
                all(spec.getReadinessGates()).map(gate -> gate(gate, status)).toList(),
                containers(spec).flatMap(PodProjection::namedPorts).toList(),
                resources(spec),
                condition(status, "DisruptionTarget").map(condition -> or(condition.getReason(), "")));
    }

    private static List<String> ips(PodStatus status) {
        List<String> ips = all(status.getPodIPs())
                .map(PodIP::getIp)
                .filter(ip -> ip != null)
                .toList();
        return ips.isEmpty() ? Stream.ofNullable(status.getPodIP()).toList() : ips;
    }

    private static Optional<PodCondition> condition(PodStatus status, String type) {
        return all(status.getConditions())
                .filter(condition -> type.equals(condition.getType()) && "True".equals(condition.getStatus()))
                .findFirst();
    }

    private static PodView.Gate gate(PodReadinessGate gate, PodStatus status) {
        return new PodView.Gate(
                gate.getConditionType(),
                condition(status, gate.getConditionType()).isPresent());
    }

    /// Containers, and those init containers that keep running beside them (sidecars): only these may serve
    /// a port.
    private static Stream<Container> containers(PodSpec spec) {
        return Stream.concat(
                all(spec.getContainers()),
                all(spec.getInitContainers()).filter(container -> "Always".equals(container.getRestartPolicy())));
    }

    private static Stream<PodView.NamedPort> namedPorts(Container container) {
        return all(container.getPorts())
                .filter(port -> port.getName() != null && port.getContainerPort() != null)
                .flatMap(PodProjection::namedPort);
    }

    private static Stream<PodView.NamedPort> namedPort(ContainerPort port) {
        return transport(port.getProtocol())
                .map(transport -> new PodView.NamedPort(port.getName(), transport, port.getContainerPort()))
                .stream();
    }

    private static SortedSet<String> resources(PodSpec spec) {
        SortedSet<String> names = new TreeSet<>();
        containers(spec)
                .map(Container::getResources)
                .flatMap(Stream::ofNullable)
                .flatMap(PodProjection::resourceNames)
                .forEach(name -> names.add(name));
        return names;
    }

    private static Stream<String> resourceNames(ResourceRequirements resources) {
        return Stream.of(resources.getRequests(), resources.getLimits())
                .flatMap(Stream::ofNullable)
                .flatMap(quantities -> quantities.keySet().stream());
    }
}
