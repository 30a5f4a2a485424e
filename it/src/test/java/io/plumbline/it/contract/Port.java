package io.plumbline.it.contract;

import io.plumbline.spi.model.AccessListKey;
import io.plumbline.spi.model.Desired.DesiredPool;
import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.Pool.Targets;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import io.plumbline.spi.model.Transport;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A port as a Service wants it; its members listen on a port of their own, 8000 higher, and node ports are 30000
/// higher.
///
/// @param options which of the cloud's listener settings
/// @param sourceRanges who may connect; empty is everybody
record Port(
        Transport transport,
        int port,
        Targets targets,
        Setting<Duration> checkedEvery,
        int options,
        List<String> sourceRanges,
        List<Member> members) {
    Port {
        sourceRanges = List.copyOf(sourceRanges);
        members = List.copyOf(members);
    }

    /// TCP, to Pods.
    static Port of(int port, Member... members) {
        return new Port(Transport.TCP, port, Targets.PODS, Setting.unmanaged(), 0, List.of(), List.of(members));
    }

    /// TCP, to the node ports of machines.
    static Port ofNodes(int port, Member... members) {
        return new Port(Transport.TCP, port, Targets.NODES, Setting.unmanaged(), 0, List.of(), List.of(members));
    }

    Port over(Transport transport) {
        return new Port(transport, port, targets, checkedEvery, options, sourceRanges, members);
    }

    Port checkedEvery(Duration interval) {
        return new Port(transport, port, targets, Setting.managed(interval), options, sourceRanges, members);
    }

    Port withOptions(int options) {
        return new Port(transport, port, targets, checkedEvery, options, sourceRanges, members);
    }

    Port openTo(String... sourceRanges) {
        return new Port(transport, port, targets, checkedEvery, options, List.of(sourceRanges), members);
    }

    int targetPort() {
        return (targets == Targets.NODES ? 30000 : 8000) + port;
    }

    PoolKey poolKey(Mark mark) {
        return PoolKey.of(mark.object(), transport, port);
    }

    static AccessListKey accessListKey(Mark mark) {
        return new AccessListKey(mark.object().text());
    }

    Listener listener(LoadBalancerKey balancer, Mark mark, ContractCloud cloud) {
        ListenerKey key = new ListenerKey(balancer, transport, port);
        Setting<Optional<AccessListKey>> list =
                sourceRanges.isEmpty() ? Setting.unmanaged() : Setting.managed(Optional.of(accessListKey(mark)));
        Options its = cloud.listenerOptions().get(options);
        return switch (transport) {
            case TCP -> new Listener.Tcp(key, poolKey(mark), list, true, its);
            case UDP -> new Listener.Udp(key, poolKey(mark), list, true, its);
            case TCP_UDP -> new Listener.TcpUdp(key, poolKey(mark), list, true, its);
        };
    }

    DesiredPool pool(Mark mark, ContractCloud cloud) {
        HealthCheck unset = HealthCheck.unmanaged();
        HealthCheck check = new HealthCheck(
                unset.enabled(),
                checkedEvery,
                unset.timeout(),
                unset.healthyThreshold(),
                unset.unhealthyThreshold(),
                unset.port(),
                unset.probe());
        Pool pool = new Pool(
                poolKey(mark),
                transport,
                targets,
                check,
                Stickiness.unmanaged(),
                Setting.unmanaged(),
                cloud.poolOptions());
        return new DesiredPool(
                pool,
                members.stream()
                        .map(member -> member.candidate(this, mark, cloud))
                        .sorted(Comparator.comparing(
                                candidate -> candidate.backend().key()))
                        .toList());
    }
}
