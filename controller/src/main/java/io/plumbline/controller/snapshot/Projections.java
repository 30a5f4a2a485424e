package io.plumbline.controller.snapshot;

import static io.plumbline.controller.snapshot.Fields.all;
import static io.plumbline.controller.snapshot.Fields.metadata;
import static io.plumbline.controller.snapshot.Fields.or;
import static io.plumbline.controller.snapshot.Fields.transport;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.plumbline.spi.objects.CustomObject;
import io.plumbline.spi.objects.Metadata;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.SliceView;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Kubernetes objects -> the fields that decisions need. Pure.
///
/// An absent field gets the default that the API server would fill in, so that objects from a file, which
/// it never saw, read the same.
public final class Projections {
    /// Names the Service that a slice belongs to.
    public static final String SERVICE_LABEL = "kubernetes.io/service-name";

    private Projections() {}

    /// A `Service`. A port of a protocol that no load balancer here serves (SCTP) is left out.
    public static ServiceView service(Service service) {
        return ServiceProjection.of(service);
    }

    /// A `Pod`.
    public static PodView pod(Pod pod) {
        return PodProjection.of(pod);
    }

    /// A `Node`.
    public static NodeView node(Node node) {
        Optional<NodeSpec> spec = Optional.ofNullable(node.getSpec());
        Optional<NodeStatus> status = Optional.ofNullable(node.getStatus());
        return new NodeView(
                metadata(node),
                status.flatMap(Projections::nodeReady).orElse("Unknown"),
                spec.map(value -> Boolean.TRUE.equals(value.getUnschedulable())).orElse(false),
                spec.stream()
                        .flatMap(value -> all(value.getTaints()))
                        .map(Taint::getKey)
                        .toList(),
                spec.flatMap(value -> Optional.ofNullable(value.getProviderID())),
                status.stream()
                        .flatMap(value -> all(value.getAddresses()))
                        .filter(address -> "InternalIP".equals(address.getType()))
                        .map(NodeAddress::getAddress)
                        .toList());
    }

    /// An `EndpointSlice`; empty where it belongs to no Service.
    public static Optional<SliceView> slice(EndpointSlice slice) {
        Metadata metadata = metadata(slice);
        return Optional.ofNullable(metadata.labels().get(SERVICE_LABEL))
                .map(service -> new SliceView(
                        metadata,
                        ObjectKey.service(metadata.key().namespace(), service),
                        or(slice.getAddressType(), "IPv4"),
                        all(slice.getPorts())
                                .filter(port -> port.getPort() != null)
                                .flatMap(Projections::slicePort)
                                .toList(),
                        all(slice.getEndpoints()).map(Projections::endpoint).toList()));
    }

    /// An object of a cloud's own kind.
    public static CustomObject custom(GenericKubernetesResource object) {
        Metadata metadata = metadata(object);
        Object spec = object.getAdditionalProperties().get("spec");
        return new CustomObject(metadata.key(), metadata.uid(), spec instanceof Map<?, ?> map ? tree(map) : Map.of());
    }

    private static Map<String, Object> tree(Map<?, ?> map) {
        Map<String, Object> tree = new TreeMap<>();
        map.forEach((name, value) -> tree.put(String.valueOf(name), value == null ? "" : value));
        return tree;
    }

    private static Optional<String> nodeReady(NodeStatus status) {
        return all(status.getConditions())
                .filter(condition -> "Ready".equals(condition.getType()))
                .map(NodeCondition::getStatus)
                .findFirst();
    }

    private static Stream<SliceView.Port> slicePort(EndpointPort port) {
        return transport(port.getProtocol())
                .map(transport -> new SliceView.Port(or(port.getName(), ""), transport, port.getPort()))
                .stream();
    }

    /// `serving` and `terminating` are false, `ready` is true where they are absent, as the API says.
    private static SliceView.Endpoint endpoint(Endpoint endpoint) {
        Optional<EndpointConditions> conditions = Optional.ofNullable(endpoint.getConditions());
        boolean ready = conditions.map(EndpointConditions::getReady).orElse(true);
        return new SliceView.Endpoint(
                all(endpoint.getAddresses()).toList(),
                Optional.ofNullable(endpoint.getTargetRef()).map(Projections::target),
                Optional.ofNullable(endpoint.getNodeName()),
                ready,
                conditions.map(EndpointConditions::getServing).orElse(ready),
                conditions.map(EndpointConditions::getTerminating).orElse(false));
    }

    private static SliceView.Target target(ObjectReference reference) {
        ObjectKey key = new ObjectKey(
                or(reference.getKind(), "Pod"), or(reference.getNamespace(), ""), or(reference.getName(), ""));
        return new SliceView.Target(key, or(reference.getUid(), ""));
    }
}
