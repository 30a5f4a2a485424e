package io.plumbline.it.cluster.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodReadinessGate;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a Pod's spec asks of the kubelet; none of it changes during the Pod's life.
///
/// @param readinessDelay from the containers' start to their first successful probe
/// @param preStop how long the Pod serves as ever after its deletion, before SIGTERM
record PodFacts(
        String namespace,
        String name,
        String uid,
        String node,
        boolean hostNetwork,
        List<PodPort> ports,
        Duration readinessDelay,
        Duration preStop,
        List<String> gates,
        List<Image> containers) {

    /// A container's name and image.
    record Image(String container, String image) {}

    /// A preStop of older charts: `sleep 15`, alone or in a shell.
    private static final Pattern SLEEP = Pattern.compile("sleep[ ]+(\\d{1,4})");

    PodFacts {
        ports = List.copyOf(ports);
        gates = List.copyOf(gates);
        containers = List.copyOf(containers);
    }

    static PodFacts of(Pod pod) {
        List<Container> containers = pod.getSpec().getContainers();
        return new PodFacts(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                pod.getSpec().getNodeName(),
                Boolean.TRUE.equals(pod.getSpec().getHostNetwork()),
                containers.stream().flatMap(PodFacts::ports).distinct().toList(),
                longest(containers.stream().map(PodFacts::readinessDelay)),
                longest(containers.stream().map(PodFacts::preStop)),
                pod.getSpec().getReadinessGates().stream()
                        .map(PodReadinessGate::getConditionType)
                        .toList(),
                containers.stream()
                        .map(container -> new Image(container.getName(), container.getImage()))
                        .toList());
    }

    private static Duration longest(Stream<Duration> durations) {
        return durations.max(Duration::compareTo).orElse(Duration.ZERO);
    }

    private static Stream<PodPort> ports(Container container) {
        return container.getPorts().stream()
                .filter(port -> !"SCTP".equals(port.getProtocol()))
                .map(port -> new PodPort(
                        "UDP".equals(port.getProtocol()) ? PodPort.Protocol.UDP : PodPort.Protocol.TCP,
                        port.getContainerPort()));
    }

    private static Duration readinessDelay(Container container) {
        return Optional.ofNullable(container.getReadinessProbe())
                .map(Probe::getInitialDelaySeconds)
                .map(Duration::ofSeconds)
                .orElse(Duration.ZERO);
    }

    private static Duration preStop(Container container) {
        Optional<LifecycleHandler> handler =
                Optional.ofNullable(container.getLifecycle()).map(Lifecycle::getPreStop);
        Optional<Duration> sleep =
                handler.map(LifecycleHandler::getSleep).map(action -> Duration.ofSeconds(action.getSeconds()));
        return sleep.or(() -> handler.map(LifecycleHandler::getExec)
                        .flatMap(exec -> sleepCommand(String.join(" ", exec.getCommand()))))
                .orElse(Duration.ZERO);
    }

    private static Optional<Duration> sleepCommand(String command) {
        Matcher matcher = SLEEP.matcher(command);
        return matcher.find() ? Optional.of(Duration.ofSeconds(Long.parseLong(matcher.group(1)))) : Optional.empty();
    }
}
