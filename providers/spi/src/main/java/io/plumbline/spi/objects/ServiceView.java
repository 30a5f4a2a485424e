package io.plumbline.spi.objects;

import io.plumbline.spi.model.Transport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// A `Service`, projected.
///
/// @param metadata name, UID, annotations and the like
/// @param type `ClusterIP`, `NodePort`, `LoadBalancer` or `ExternalName`
/// @param addresses entries of `status.loadBalancer.ingress`, empty ones left out
public record ServiceView(
        Metadata metadata,
        String type,
        Optional<String> loadBalancerClass,
        SortedMap<String, String> selector,
        List<Port> ports,
        Traffic traffic,
        List<String> ipFamilies,
        List<PublishedAddress> addresses,
        List<Condition> conditions) {

    public ServiceView {
        selector = Copies.sorted(selector);
        ports = List.copyOf(ports);
        ipFamilies = List.copyOf(ipFamilies);
        addresses = List.copyOf(addresses);
        conditions = List.copyOf(conditions);
    }

    public ObjectKey key() {
        return metadata.key();
    }

    public String uid() {
        return metadata.uid();
    }

    /// One entry of `spec.ports`.
    ///
    /// @param targetPort a number or the name of a container port, as text
    /// @param nodePort empty where none is allocated
    public record Port(
            String name,
            Transport transport,
            int port,
            String targetPort,
            Optional<Integer> nodePort,
            Optional<String> appProtocol) {}

    /// How `spec` says that traffic enters.
    ///
    /// @param externalTrafficPolicy `Cluster` or `Local`
    /// @param sessionAffinity `None` or `ClientIP`
    public record Traffic(
            String externalTrafficPolicy,
            boolean allocateNodePorts,
            Optional<Integer> healthCheckNodePort,
            List<String> sourceRanges,
            String sessionAffinity,
            boolean publishNotReadyAddresses) {
        public Traffic {
            sourceRanges = List.copyOf(sourceRanges);
        }
    }

    /// One entry of `status.loadBalancer.ingress`; exactly one of `ip` and `hostname` is not empty.
    public record PublishedAddress(String ip, String hostname, Optional<String> ipMode) {}

    /// One entry of `status.conditions`.
    public record Condition(
            String type, String status, String reason, String message, long observedGeneration, Instant since) {}
}
