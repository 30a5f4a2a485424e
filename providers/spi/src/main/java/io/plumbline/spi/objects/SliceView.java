package io.plumbline.spi.objects;

import io.plumbline.spi.model.Transport;
import java.util.List;
import java.util.Optional;

/// An `EndpointSlice`, projected.
///
/// @param service the Service that it belongs to
/// @param addressType `IPv4`, `IPv6` or `FQDN`
public record SliceView(
        Metadata metadata, ObjectKey service, String addressType, List<Port> ports, List<Endpoint> endpoints) {
    public SliceView {
        ports = List.copyOf(ports);
        endpoints = List.copyOf(endpoints);
    }

    /// A port of all endpoints of the slice; `name` is the Service port's name.
    public record Port(String name, Transport transport, int port) {}

    /// One endpoint.
    ///
    /// @param target the Pod that `targetRef` names, if it names one
    public record Endpoint(
            List<String> addresses,
            Optional<Target> target,
            Optional<String> nodeName,
            boolean ready,
            boolean serving,
            boolean terminating) {
        public Endpoint {
            addresses = List.copyOf(addresses);
        }
    }

    /// `targetRef`: an object and its UID.
    public record Target(ObjectKey key, String uid) {}
}
