package io.plumbline.readinessgate.watch;

import io.plumbline.readinessgate.gate.LatestHealth;
import io.plumbline.readinessgate.gate.Waiter;
import io.plumbline.spi.PodRegistrations.Registration;
import io.plumbline.spi.PodRegistrations.State;
import io.plumbline.spi.Provider.HealthQuestion;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.PoolKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Whose health is asked now. Pure.
///
/// Only pools with a waiting Pod, from the first moment that the Pod can be healthy at all; as many load
/// balancers in a call as the cloud allows.
final class Asking {
    /// Between two questions about one load balancer.
    static final Duration PACE = Duration.ofMillis(400);

    /// The same once every Pod that waits for it is past its deadline.
    static final Duration SLOW_PACE = Duration.ofSeconds(5);

    private Asking() {}

    /// What is known of the questions about one load balancer.
    ///
    /// @param askedAt when the last was sent
    /// @param notBefore what the last failure demands
    /// @param alone a call that it was part of failed: until one succeeds it is asked by itself, so that
    ///     it cannot hold up others
    /// @param underWay a question has not been answered yet
    record Pace(Instant askedAt, Optional<Instant> notBefore, boolean alone, boolean underWay) {}

    /// The calls that are due, each a list of questions that go together.
    static List<List<HealthQuestion>> due(
            List<Waiter> waiters, Map<LoadBalancerKey, Pace> paces, Instant now, int loadBalancersPerCall) {
        List<List<HealthQuestion>> calls = new ArrayList<>();
        List<HealthQuestion> together = new ArrayList<>();
        for (Target target : targets(waiters, now).values()) {
            Optional<Pace> pace = Optional.ofNullable(paces.get(target.loadBalancer));
            if (pace.filter(known -> !due(known, target.slow, now)).isPresent()) {
                continue;
            }
            if (pace.filter(Pace::alone).isPresent()) {
                calls.add(List.of(target.question()));
                continue;
            }
            together.add(target.question());
            if (together.size() == loadBalancersPerCall) {
                calls.add(List.copyOf(together));
                together.clear();
            }
        }
        if (!together.isEmpty()) {
            calls.add(List.copyOf(together));
        }
        return calls;
    }

    private static boolean due(Pace pace, boolean slow, Instant now) {
        Instant next = pace.askedAt().plus(slow ? SLOW_PACE : PACE);
        return !pace.underWay()
                && !now.isBefore(next)
                && pace.notBefore().filter(now::isBefore).isEmpty();
    }

    private static Map<LoadBalancerKey, Target> targets(List<Waiter> waiters, Instant now) {
        Map<LoadBalancerKey, Target> targets = new LinkedHashMap<>();
        for (Waiter waiter : waiters) {
            for (Registration registration : waiter.awaited()) {
                if (askable(registration, now)) {
                    targets.computeIfAbsent(registration.loadBalancer(), Target::new)
                            .add(registration, waiter.memory().deadlineTold());
                }
            }
        }
        return targets;
    }

    private static boolean askable(Registration registration, Instant now) {
        return switch (registration.state()) {
            case State.Registered registered ->
                !now.isBefore(LatestHealth.askableFrom(registration, registered))
                        && registration.ids().id(registration.loadBalancer()).isPresent()
                        && registration.ids().id(registration.backend().pool()).isPresent();
            case State.Waiting waiting -> false;
            case State.Rejected rejected -> false;
            case State.LeftOut leftOut -> false;
        };
    }

    /// Gathers what is asked about one load balancer.
    private static final class Target {
        private final LoadBalancerKey loadBalancer;
        private final TreeSet<PoolKey> pools = new TreeSet<>();
        private Ids ids = Ids.none();
        private boolean slow = true;

        Target(LoadBalancerKey loadBalancer) {
            this.loadBalancer = loadBalancer;
        }

        void add(Registration registration, boolean pastDeadline) {
            pools.add(registration.backend().pool());
            ids = ids.and(registration.ids());
            slow = slow && pastDeadline;
        }

        HealthQuestion question() {
            return new HealthQuestion(loadBalancer, List.copyOf(pools), ids);
        }
    }
}
