package io.plumbline.controller.plan;

import io.plumbline.controller.desired.Settings;
import io.plumbline.controller.snapshot.Given;
import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Capabilities.Cascade;
import io.plumbline.spi.Capabilities.Drain;
import io.plumbline.spi.Capabilities.Mutability;
import io.plumbline.spi.Capabilities.Pools;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Actual.Found;
import io.plumbline.spi.model.Actual.FoundPool;
import io.plumbline.spi.model.Actual.Member;
import io.plumbline.spi.model.Actual.State;
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
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Ownership;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// A Service `default/web` with one port, as wanted and as found, for tests to vary.
final class Examples {
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    static final ObjectKey WEB = ObjectKey.service("default", "web");
    static final Mark MARK = new Mark("cluster-1", WEB, "uid-web");
    static final LoadBalancerKey BALANCER = new LoadBalancerKey.Managed(WEB, "uid-web");
    static final ListenerKey LISTENER = new ListenerKey(BALANCER, Transport.TCP, 80);
    static final PoolKey POOL = PoolKey.of(WEB, Transport.TCP, 80);

    private Examples() {}

    static Capabilities capabilities(Pools pools, Cascade cascade, Drain drain) {
        TreeMap<String, Mutability> mutability = new TreeMap<>();
        mutability.put("LoadBalancer.scheme", Mutability.REPLACE);
        mutability.put("LoadBalancer.addressFamily", Mutability.FIXED);
        return new Capabilities(
                "example",
                pools,
                cascade,
                drain,
                true,
                pools == Pools.INLINE,
                false,
                false,
                false,
                false,
                false,
                mutability,
                List.of(),
                new Capabilities.Limits(100, 10, 100, 50, 100),
                List.of(Capabilities.Rate.each(".*", 10, 10)),
                new Capabilities.Timing(
                        Duration.ofMinutes(1), Duration.ofSeconds(5), Duration.ofSeconds(5), 2, Duration.ZERO));
    }

    static Capabilities inline() {
        return capabilities(Pools.INLINE, Cascade.EVERYTHING, Drain.WEIGHT_ZERO);
    }

    static Capabilities group() {
        return capabilities(Pools.GROUP, Cascade.LISTENERS, Drain.WEIGHT_ZERO);
    }

    static LoadBalancer balancer(Scheme scheme) {
        return new LoadBalancer(BALANCER, Setting.managed(scheme), Setting.unmanaged(), new Options.None());
    }

    static Listener listener() {
        return new Listener.Tcp(LISTENER, POOL, Setting.unmanaged(), true, new Options.None());
    }

    static Pool pool() {
        return new Pool(
                POOL,
                Transport.TCP,
                Pool.Targets.PODS,
                HealthCheck.unmanaged(),
                Stickiness.unmanaged(),
                Setting.unmanaged(),
                new Options.None());
    }

    static BackendKey key(String ip) {
        return new BackendKey(POOL, new Address.Ip(ip), 80);
    }

    static Backend backend(String ip) {
        return new Backend(key(ip), Setting.managed(10), Optional.of("uid-" + ip));
    }

    static Candidate candidate(String ip, Intent intent, String code) {
        return new Candidate(
                backend(ip), Optional.of(ObjectKey.pod("default", "pod-" + ip)), intent, new Reason(code, "because"));
    }

    static Candidate registered(String ip) {
        return candidate(ip, Intent.REGISTER, Reason.DESIRED);
    }

    static Desired wanted(Scheme scheme, boolean consent, Candidate... candidates) {
        return new Desired(
                BALANCER,
                List.of(new Claimant(MARK, NOW, consent, false)),
                Optional.of(balancer(scheme)),
                List.of(new ListenerClaims(LISTENER, List.of(new ListenerClaim(MARK, listener())))),
                List.of(),
                List.of(new DesiredPool(pool(), List.of(candidates))),
                List.of(),
                List.of(),
                Fate.WANTED,
                List.of());
    }

    static Desired wanted(Candidate... candidates) {
        return wanted(Scheme.INTERNET, false, candidates);
    }

    static Desired released() {
        return new Desired(
                BALANCER,
                List.of(new Claimant(MARK, NOW, false, true)),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Fate.RELEASED,
                List.of());
    }

    static Member member(String ip, State state) {
        int weight = state == State.STOPPED ? 0 : 10;
        Backend backend = new Backend(key(ip), Setting.managed(weight), Optional.empty());
        return new Member(ours(backend), state, Optional.empty());
    }

    static Actual there(Ownership<LoadBalancer> balancer, Member... members) {
        return new Actual(
                BALANCER,
                Optional.of(new Found<>("lb-1", balancer, State.ACTIVE)),
                List.of(),
                false,
                List.of(new Found<>("listener-1", ours(listener()), State.ACTIVE)),
                List.of(),
                List.of(new FoundPool(new Found<>("pool-1", ours(pool()), State.ACTIVE), List.of(members))),
                List.of(),
                List.of(),
                NOW);
    }

    static Actual there(Member... members) {
        return there(ours(balancer(Scheme.INTERNET)), members);
    }

    static <T> Ownership<T> ours(T value) {
        return Ownership.decide(MARK, Optional.of(MARK), value);
    }

    static History history() {
        return History.begin(NOW.minus(Duration.ofHours(1)));
    }

    static Plan plan(Desired desired, Actual actual, Capabilities capabilities) {
        return Planner.plan(desired, actual, Health.unknown(NOW), capabilities, NOW, history());
    }

    static Facts facts(Desired desired, Actual actual, Mode mode) {
        Settings settings = new Settings(
                "cluster-1",
                "example",
                new TreeSet<>(),
                true,
                true,
                Optional.empty(),
                new TreeSet<>(),
                new TreeSet<>());
        return new Facts(NOW, mode, settings, desired, actual, inline(), Given.DIALECT, history(), Evidence.none());
    }
}
