package io.plumbline.it.virtual;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.controller.loop.Beginning;
import io.plumbline.controller.loop.Journal;
import io.plumbline.controller.loop.Reconciler;
import io.plumbline.controller.loop.Schedule;
import io.plumbline.controller.loop.Schedule.Urgency;
import io.plumbline.controller.loop.Term;
import io.plumbline.controller.loop.Visit;
import io.plumbline.spi.Provider;
import io.plumbline.spi.model.LoadBalancerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Drives a reconciler as the queue does, on virtual time and in one thread. A [Crash], wherever it
/// comes from, ends the process; the next one starts a second later and remembers nothing.
public final class VirtualWorld {
    private static final Duration RESTART = Duration.ofSeconds(1);
    private static final Duration VISIT = Duration.ofMillis(1);

    /// Of one load balancer in one stretch of time: half an hour of asking every second comes to rest before.
    private static final int MOST_VISITS = 2_000;

    private final VirtualClock clock;
    private final VirtualCluster cluster;
    private final Supplier<Provider> provider;
    private final Reconciler.Rules rules;
    private Schedule<LoadBalancerKey> schedule = new Schedule<>(() -> 0.5);
    private Reconciler reconciler;
    private int crashes;
    private final Map<LoadBalancerKey, Integer> visits = new HashMap<>();

    /// @param provider makes the provider of a new process, on the same cloud
    public VirtualWorld(
            VirtualClock clock, VirtualCluster cluster, Supplier<Provider> provider, Reconciler.Rules rules) {
        this.clock = clock;
        this.cluster = cluster;
        this.provider = provider;
        this.rules = rules;
        this.reconciler = reconciler(List.of());
        cluster.watch(key -> schedule.wake(key, Urgency.NORMAL, clock.instant()));
    }

    public VirtualCluster cluster() {
        return cluster;
    }

    public VirtualClock clock() {
        return clock;
    }

    /// How often the process has died.
    public int crashes() {
        return crashes;
    }

    /// Lets time pass.
    public void runFor(Duration duration) {
        runUntil(() -> false, duration);
    }

    /// Lets time pass until something is so, and at most that long.
    ///
    /// @return whether it is so
    public boolean runUntil(BooleanSupplier condition, Duration atMost) {
        Instant end = clock.instant().plus(atMost);
        visits.clear();
        while (!condition.getAsBoolean()) {
            Optional<Instant> due = schedule.nextDue().filter(next -> !next.isAfter(end));
            if (due.isEmpty()) {
                clock.moveTo(end);
                return condition.getAsBoolean();
            }
            clock.moveTo(due.get());
            schedule.take(clock.instant()).ifPresent(this::visit);
        }
        return true;
    }

    /// The process dies and another one starts.
    public void restart() {
        crashes++;
        clock.moveBy(RESTART);
        Beginning beginning = Beginning.of(cluster.objects(), provider.get().dialect(), rules.settings());
        schedule = new Schedule<>(() -> 0.5);
        reconciler = reconciler(beginning.calm());
        beginning.stirring().forEach(key -> schedule.wake(key, Urgency.NORMAL, clock.instant()));
        for (int index = 0; index < beginning.calm().size(); index++) {
            schedule.appoint(beginning.calm().get(index), clock.instant().plusNanos(index));
        }
    }

    private void visit(Schedule.Job<LoadBalancerKey> job) {
        if (visits.merge(job.key(), 1, Integer::sum) > MOST_VISITS) {
            throw new IllegalStateException(job.key().text() + " never comes to rest");
        }
        try {
            Visit next = reconciler.reconcile(job.key(), job.wokenAt());
            clock.moveBy(VISIT);
            schedule.finished(job.key(), next, clock.instant());
        } catch (Crash crash) {
            restart();
        }
    }

    private Reconciler reconciler(List<LoadBalancerKey> calm) {
        return new Reconciler(
                new Reconciler.Ports(cluster, provider.get(), clock),
                rules,
                new Term(clock.instant(), calm),
                new Journal(new SimpleMeterRegistry()));
    }
}
