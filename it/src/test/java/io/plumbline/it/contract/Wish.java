package io.plumbline.it.contract;

import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Candidate;
import io.plumbline.spi.model.Desired.Claimant;
import io.plumbline.spi.model.Desired.DesiredPool;
import io.plumbline.spi.model.Desired.Fate;
import io.plumbline.spi.model.Desired.Intent;
import io.plumbline.spi.model.Desired.ListenerClaim;
import io.plumbline.spi.model.Desired.ListenerClaims;
import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// What Services want of a load balancer, in as few words as a test needs.
record Wish(LoadBalancerKey key, List<Claim> claims) {
    static final String CLUSTER = "cluster-1";

    Wish {
        claims = List.copyOf(claims);
    }

    /// A Service of that name and its own load balancer.
    static Wish of(String service, Port... ports) {
        Mark mark = mark(service);
        return new Wish(
                new LoadBalancerKey.Managed(mark.object(), mark.objectUid()),
                List.of(new Claim(mark, false, List.of(ports))));
    }

    static Mark mark(String service) {
        return new Mark(CLUSTER, ObjectKey.service("web", service), "uid-of-" + service);
    }

    Wish at(LoadBalancerKey key) {
        return new Wish(key, claims);
    }

    /// And this Service, which is younger.
    Wish and(String service, Port... ports) {
        List<Claim> all = new ArrayList<>(claims);
        all.add(new Claim(mark(service), false, List.of(ports)));
        return new Wish(key, all);
    }

    /// Without this Service, which lets go of its part.
    Wish releasing(String service) {
        Mark its = mark(service);
        return new Wish(
                key,
                claims.stream()
                        .map(claim -> claim.mark.equals(its) ? new Claim(its, true, List.of()) : claim)
                        .toList());
    }

    Mark owner() {
        return claims.getFirst().mark();
    }

    List<Mark> marks() {
        return claims.stream().map(Claim::mark).toList();
    }

    Desired in(ContractCloud cloud) {
        boolean wanted = claims.stream().anyMatch(claim -> !claim.released);
        return new Desired(
                key,
                claims.stream()
                        .map(claim -> new Claimant(claim.mark, Instant.EPOCH, false, claim.released))
                        .toList(),
                wanted ? Optional.of(cloud.loadBalancer(key)) : Optional.empty(),
                listeners(cloud),
                List.of(),
                claims.stream()
                        .flatMap(claim -> claim.ports.stream().map(port -> port.pool(claim.mark, cloud)))
                        .sorted(Comparator.comparing(pool -> pool.pool().key()))
                        .toList(),
                List.of(),
                List.of(),
                wanted ? Fate.WANTED : Fate.RELEASED,
                List.of());
    }

    private List<ListenerClaims> listeners(ContractCloud cloud) {
        SortedMap<ListenerKey, List<ListenerClaim>> byKey = new TreeMap<>();
        for (Claim claim : claims) {
            for (Port port : claim.ports) {
                Listener listener = port.listener(key, claim.mark, cloud);
                byKey.computeIfAbsent(listener.key(), any -> new ArrayList<>())
                        .add(new ListenerClaim(claim.mark, listener));
            }
        }
        return byKey.entrySet().stream()
                .map(entry -> new ListenerClaims(entry.getKey(), entry.getValue()))
                .toList();
    }

    /// One Service's part.
    record Claim(Mark mark, boolean released, List<Port> ports) {
        Claim {
            ports = List.copyOf(ports);
        }
    }

    /// A TCP port; its members listen on a port of their own, 8000 higher.
    ///
    /// @param options which of the cloud's listener settings
    record Port(int port, Setting<Duration> checkedEvery, int options, List<Member> members) {
        Port {
            members = List.copyOf(members);
        }

        static Port of(int port, Member... members) {
            return new Port(port, Setting.unmanaged(), 0, List.of(members));
        }

        Port checkedEvery(Duration interval) {
            return new Port(port, Setting.managed(interval), options, members);
        }

        Port withOptions(int options) {
            return new Port(port, checkedEvery, options, members);
        }

        Port withMembers(UnaryOperator<List<Member>> change) {
            return new Port(port, checkedEvery, options, change.apply(members));
        }

        int targetPort() {
            return 8000 + port;
        }

        PoolKey poolKey(Mark mark) {
            return PoolKey.of(mark.object(), Transport.TCP, port);
        }

        Listener listener(LoadBalancerKey key, Mark mark, ContractCloud cloud) {
            return new Listener.Tcp(
                    new ListenerKey(key, Transport.TCP, port),
                    poolKey(mark),
                    Setting.unmanaged(),
                    true,
                    cloud.listenerOptions().get(options));
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
            Options options = cloud.poolOptions();
            Pool pool = new Pool(
                    poolKey(mark),
                    Transport.TCP,
                    Pool.Targets.PODS,
                    check,
                    Stickiness.unmanaged(),
                    Setting.unmanaged(),
                    options);
            return new DesiredPool(
                    pool,
                    members.stream()
                            .map(member -> member.candidate(pool.key(), targetPort(), cloud))
                            .sorted(Comparator.comparing(
                                    candidate -> candidate.backend().key()))
                            .toList());
        }
    }

    /// A Pod, by its number.
    record Member(int number, Intent intent, Setting<Integer> weight, boolean gateWaits) {
        static Member of(int number) {
            return new Member(number, Intent.REGISTER, Setting.unmanaged(), false);
        }

        Member draining() {
            return new Member(number, Intent.DRAIN, weight, gateWaits);
        }

        Member gone() {
            return new Member(number, Intent.REMOVE, weight, gateWaits);
        }

        Member weighing(int weight) {
            return new Member(number, intent, Setting.managed(weight), gateWaits);
        }

        /// With a readiness gate that is not True yet.
        Member waiting() {
            return new Member(number, intent, weight, true);
        }

        Candidate candidate(PoolKey pool, int port, ContractCloud cloud) {
            Address address = cloud.address(number);
            Backend backend =
                    new Backend(new BackendKey(pool, address, port), weight, Optional.of("uid-of-pod-" + number));
            Reason reason = switch (intent) {
                case REGISTER, KEEP -> new Reason(Reason.DESIRED, "ready");
                case DRAIN -> new Reason(Reason.TERMINATING, "terminating");
                case REMOVE -> new Reason(Reason.GONE, "gone");
            };
            ObjectKey pod = ObjectKey.pod("web", "pod-" + number);
            return new Candidate(backend, Optional.of(pod), intent, reason, gateWaits, Desired.Place.UNKNOWN);
        }
    }
}
