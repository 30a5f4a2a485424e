package io.plumbline.controller.snapshot;

import static io.plumbline.controller.snapshot.Fields.all;
import static io.plumbline.controller.snapshot.Fields.instant;
import static io.plumbline.controller.snapshot.Fields.metadata;
import static io.plumbline.controller.snapshot.Fields.or;
import static io.plumbline.controller.snapshot.Fields.sorted;
import static io.plumbline.controller.snapshot.Fields.transport;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.plumbline.spi.objects.ServiceView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `Service` -> [ServiceView].
final class ServiceProjection {
    /// Stands for `loadBalancerSourceRanges` where that is empty, as Kubernetes has always read it.
    private static final String SOURCE_RANGES_ANNOTATION = "service.beta.kubernetes.io/load-balancer-source-ranges";

    private ServiceProjection() {}

    static ServiceView of(Service service) {
        ServiceSpec spec = Optional.ofNullable(service.getSpec()).orElseGet(ServiceSpec::new);
        return new ServiceView(
                metadata(service),
                or(spec.getType(), "ClusterIP"),
                Optional.ofNullable(spec.getLoadBalancerClass()),
                sorted(spec.getSelector()),
                all(spec.getPorts()).flatMap(ServiceProjection::port).toList(),
                traffic(service, spec),
                all(spec.getIpFamilies()).toList(),
                addresses(service),
                conditions(service));
    }

    private static Stream<ServiceView.Port> port(ServicePort port) {
        int number = Optional.ofNullable(port.getPort()).orElse(0);
        return transport(port.getProtocol()).stream()
                .map(transport -> new ServiceView.Port(
                        or(port.getName(), ""),
                        transport,
                        number,
                        targetPort(port, number),
                        Optional.ofNullable(port.getNodePort()).filter(nodePort -> nodePort != 0),
                        Optional.ofNullable(port.getAppProtocol())));
    }

    private static String targetPort(ServicePort port, int number) {
        return Optional.ofNullable(port.getTargetPort())
                .map(target -> target.getStrVal() != null ? target.getStrVal() : String.valueOf(target.getIntVal()))
                .filter(target -> !target.isEmpty() && !target.equals("0") && !target.equals("null"))
                .orElse(String.valueOf(number));
    }

    private static ServiceView.Traffic traffic(Service service, ServiceSpec spec) {
        return new ServiceView.Traffic(
                or(spec.getExternalTrafficPolicy(), "Cluster"),
                !Boolean.FALSE.equals(spec.getAllocateLoadBalancerNodePorts()),
                Optional.ofNullable(spec.getHealthCheckNodePort()).filter(port -> port != 0),
                sourceRanges(service, spec),
                or(spec.getSessionAffinity(), "None"),
                Boolean.TRUE.equals(spec.getPublishNotReadyAddresses()));
    }

    private static List<String> sourceRanges(Service service, ServiceSpec spec) {
        List<String> ranges = all(spec.getLoadBalancerSourceRanges()).toList();
        String annotated = metadata(service).annotations().getOrDefault(SOURCE_RANGES_ANNOTATION, "");
        return Stream.concat(ranges.stream(), ranges.isEmpty() ? Stream.of(annotated.split(",")) : Stream.empty())
                .map(String::strip)
                .filter(range -> !range.isEmpty())
                .toList();
    }

    private static List<ServiceView.PublishedAddress> addresses(Service service) {
        return Optional.ofNullable(service.getStatus())
                .flatMap(status -> Optional.ofNullable(status.getLoadBalancer()))
                .stream()
                .flatMap(status -> all(status.getIngress()))
                .filter(entry -> !(or(entry.getIp(), "") + or(entry.getHostname(), "")).isEmpty())
                .map(ServiceProjection::address)
                .toList();
    }

    private static ServiceView.PublishedAddress address(LoadBalancerIngress entry) {
        return new ServiceView.PublishedAddress(
                or(entry.getIp(), ""), or(entry.getHostname(), ""), Optional.ofNullable(entry.getIpMode()));
    }

    private static List<ServiceView.Condition> conditions(Service service) {
        return Optional.ofNullable(service.getStatus()).stream()
                .flatMap(status -> all(status.getConditions()))
                .map(ServiceProjection::condition)
                .toList();
    }

    private static ServiceView.Condition condition(Condition condition) {
        return new ServiceView.Condition(
                or(condition.getType(), ""),
                or(condition.getStatus(), "Unknown"),
                or(condition.getReason(), ""),
                or(condition.getMessage(), ""),
                Optional.ofNullable(condition.getObservedGeneration()).orElse(0L),
                instant(condition.getLastTransitionTime()));
    }
}
