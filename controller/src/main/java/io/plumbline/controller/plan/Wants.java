package io.plumbline.controller.plan;

import io.plumbline.controller.desired.TargetPorts;
import io.plumbline.controller.snapshot.SnapshotAssembly;
import io.plumbline.spi.Dialect;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Pool.Targets;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.ServiceView.Port;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What a Service, read afresh, still wants.
final class Wants {
    private static final String LOAD_BALANCER = "LoadBalancer";

    private Wants() {}

    /// A load balancer at all.
    static boolean loadBalancer(ServiceView service) {
        return service.type().equals(LOAD_BALANCER) && !service.metadata().deleting();
    }

    /// Pods, or nodes, as members.
    static boolean targets(ServiceView service, Targets targets, Dialect dialect) {
        return dialect.interpret(service, List.of(), false).backends().targets() == targets;
    }

    /// This very load balancer; a replacement of its own is this one too.
    static boolean loadBalancer(ServiceView service, LoadBalancerKey key, Dialect dialect) {
        LoadBalancerKey wanted = SnapshotAssembly.key(service, dialect);
        return switch (key) {
            case LoadBalancerKey.Managed managed ->
                wanted.equals(new LoadBalancerKey.Managed(managed.object(), managed.uid()));
            case LoadBalancerKey.Existing existing -> wanted.equals(existing);
            case LoadBalancerKey.Group group -> wanted.equals(group);
        };
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
                && port.filter(one -> TargetPorts.of(one, pod).equals(OptionalInt.of(member.port())))
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
}
