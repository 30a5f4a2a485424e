package io.plumbline.controller.plan;

import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.PodView.NamedPort;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.ServiceView.Port;
import java.util.Optional;

/// What a Service, read afresh, still wants.
final class Wants {
    private static final String LOAD_BALANCER = "LoadBalancer";

    private Wants() {}

    /// A load balancer at all.
    static boolean loadBalancer(ServiceView service) {
        return service.type().equals(LOAD_BALANCER) && !service.metadata().deleting();
    }

    static boolean listener(ServiceView service, ListenerKey listener) {
        return loadBalancer(service)
                && service.ports().stream()
                        .anyMatch(port -> port.port() == listener.port()
                                && port.transport().overlaps(listener.transport()));
    }

    static boolean pool(ServiceView service, PoolKey pool) {
        return loadBalancer(service) && port(service, pool).isPresent();
    }

    /// This Pod behind this port.
    static boolean member(ServiceView service, BackendKey member, PodView pod) {
        Optional<Port> port = port(service, member.pool());
        boolean selected = pod.metadata()
                .labels()
                .entrySet()
                .containsAll(service.selector().entrySet());
        return loadBalancer(service)
                && selected
                && port.flatMap(one -> target(one, pod))
                        .filter(number -> number == member.port())
                        .isPresent();
    }

    private static Optional<Port> port(ServiceView service, PoolKey pool) {
        return service.ports().stream()
                .filter(port ->
                        PoolKey.of(service.key(), port.transport(), port.port()).equals(pool)
                                || PoolKey.of(service.key(), Transport.TCP_UDP, port.port())
                                        .equals(pool))
                .findFirst();
    }

    private static Optional<Integer> target(Port port, PodView pod) {
        return port.targetPort().chars().allMatch(Character::isDigit)
                ? Optional.of(Integer.parseInt(port.targetPort()))
                : pod.namedPorts().stream()
                        .filter(named ->
                                named.name().equals(port.targetPort()) && named.transport() == port.transport())
                        .map(NamedPort::port)
                        .findFirst();
    }
}
