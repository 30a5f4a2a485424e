package io.plumbline.controller.plan;

import io.plumbline.controller.desired.Families;
import io.plumbline.controller.desired.TargetPorts;
import io.plumbline.controller.snapshot.SnapshotAssembly;
import io.plumbline.spi.Dialect;
import io.plumbline.spi.Dialect.Backends;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.LoadBalancer.AddressFamily;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Pool.Targets;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.ServiceView.Port;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

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
        return backends(service, dialect).targets() == targets;
    }

    /// What its annotations say of members.
    static Backends backends(ServiceView service, Dialect dialect) {
        return dialect.interpret(service, List.of(), false).backends();
    }

    /// Only nodes with a Pod of its own.
    static boolean nodesWithPods(ServiceView service, Backends wishes) {
        return service.traffic().externalTrafficPolicy().equals("Local") && !wishes.allNodesWhenLocal();
    }

    /// This node port behind this port.
    static boolean nodePort(ServiceView service, BackendKey member) {
        return loadBalancer(service)
                && port(service, member.pool())
                        .flatMap(Port::nodePort)
                        .filter(nodePort -> nodePort == member.port())
                        .isPresent();
    }

    /// Pods with these labels.
    static boolean selects(ServiceView service, PodView pod) {
        return pod.metadata().labels().entrySet().containsAll(service.selector().entrySet());
    }

    /// This very load balancer; a replacement of its own is this one too.
    static boolean loadBalancer(ServiceView service, LoadBalancerKey key, Dialect dialect) {
        return SnapshotAssembly.key(service, dialect).equals(key.asked());
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
        return loadBalancer(service)
                && selects(service, pod)
                && port.filter(one -> TargetPorts.of(one, pod).equals(OptionalInt.of(member.port())))
                        .isPresent();
    }

    /// Addresses of the other family in place of this one, of which the Pod has one. A wish that cannot be read is
    /// none.
    static boolean otherFamily(ServiceView service, Address member, PodView pod, Dialect dialect) {
        Setting<AddressFamily> wish =
                dialect.interpret(service, List.of(), false).wishes().addressFamily();
        String family = Families.of(service, wish);
        return wish.asOptional().isPresent()
                && member instanceof Address.Ip(String ip)
                && !Families.isOf(ip, family)
                && pod.ips().stream().anyMatch(other -> Families.isOf(other, family));
    }

    private static Optional<Port> port(ServiceView service, PoolKey pool) {
        return service.ports().stream()
                .filter(port -> Stream.of(port.transport(), Transport.TCP_UDP)
                        .anyMatch(transport -> PoolKey.of(service.key(), transport, port.port())
                                .isSibling(pool)))
                .findFirst();
    }
}
