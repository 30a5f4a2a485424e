package io.plumbline.readinessgate.watch;

import io.plumbline.readinessgate.gate.Gate;
import io.plumbline.readinessgate.gate.GateFacts;
import io.plumbline.readinessgate.gate.GatePatch;
import io.plumbline.readinessgate.gate.GatePatch.GateCondition;
import io.plumbline.readinessgate.gate.GateReason;
import io.plumbline.readinessgate.gate.GateSettings;
import io.plumbline.readinessgate.gate.LatestHealth;
import io.plumbline.readinessgate.gate.Waiter;
import io.plumbline.readinessgate.watch.Asking.Pace;
import io.plumbline.readinessgate.watch.PodWrites.Written;
import io.plumbline.spi.Answer;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.PodRegistrations;
import io.plumbline.spi.PodRegistrations.State;
import io.plumbline.spi.Provider.HealthQuestion;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.objects.PodView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the gates of one lease term, round by round. Every call to the cloud and every write runs by
/// itself on the executor, so that a slow or failing one holds up nobody else.
public final class GateWatch {
    private static final Logger LOG = LoggerFactory.getLogger(GateWatch.class);
    private static final Duration ROUND_WHILE_WAITING = Duration.ofMillis(200);
    private static final Duration ROUND_WHILE_IDLE = Duration.ofSeconds(1);
    private static final Duration LOOK_FOR_UNGATED = Duration.ofSeconds(10);
    private static final Duration AFTER_FAILED_WRITE = Duration.ofSeconds(1);

    /// A gate whose opening does not show in the informer by then is written again.
    private static final Duration WRITTEN_SHOWS_WITHIN = Duration.ofSeconds(10);

    /// However long a failure asks us to wait, a waiting Pod is asked about again by then.
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private static final String NO_GATE = "it became Ready without asking its load balancer: it has no readiness gate "
            + GateSettings.TYPE + ". It was created before its Service, or while the webhook was not there."
            + " Delete the Pod, or restart its workload, so that its successor gets one";

    private final Parts parts;
    private final GateSettings settings;
    private final InstantSource clock;
    private final Executor executor;
    private final GateMeters meters;

    private final Notes notes = new Notes();
    private final Map<LoadBalancerKey, Pace> paces = new HashMap<>();
    private final Set<String> toldUngated = new HashSet<>();
    private LatestHealth health = LatestHealth.none();
    private List<Waiter> waiters = List.of();
    private Instant nextLookForUngated = Instant.MIN;

    /// What it works with.
    ///
    /// @param loadBalancersPerCall how many one question may name, from [io.plumbline.spi.Capabilities]
    public record Parts(
            PodRegistrations registrations, HealthSource health, PodWrites writes, int loadBalancersPerCall) {}

    public GateWatch(Parts parts, GateSettings settings, InstantSource clock, Executor executor, GateMeters meters) {
        this.parts = parts;
        this.settings = settings;
        this.clock = clock;
        this.executor = executor;
        this.meters = meters;
    }

    /// Looks at everything once: opens what is due, asks what is due.
    ///
    /// @return when to come again
    public synchronized Duration round() {
        Instant now = clock.instant();
        look(now);
        open(now);
        for (List<HealthQuestion> call : Asking.due(waiters, paces, now, parts.loadBalancersPerCall())) {
            call.forEach(question -> paces.merge(
                    question.loadBalancer(),
                    new Pace(now, Optional.empty(), false, true),
                    (old, fresh) -> new Pace(now, Optional.empty(), old.alone(), true)));
            executor.execute(() -> ask(call));
        }
        if (!now.isBefore(nextLookForUngated)) {
            nextLookForUngated = now.plus(LOOK_FOR_UNGATED);
            tellUngated(now);
        }
        return waiters.isEmpty() ? ROUND_WHILE_IDLE : ROUND_WHILE_WAITING;
    }

    private void look(Instant now) {
        List<PodView> pods = parts.registrations().waiting();
        notes.keepOnly(pods.stream().map(PodView::uid).collect(Collectors.toSet()));
        waiters = pods.stream()
                .map(pod -> look(pod, now))
                .filter(waiter -> !waiter.gates().isEmpty())
                .toList();
        health = health.only(waiters);
        forgetPaces();
        meters.waiting(waiters.size());
    }

    /// Opens what is due by the last look and the newest answers.
    private void open(Instant now) {
        GateFacts facts = new GateFacts(health, parts.registrations().syncedSince(), now);
        for (Waiter waiter : waiters) {
            if (notes.writable(waiter.pod().uid(), now)) {
                Gate.patch(waiter, facts, settings).ifPresent(patch -> {
                    notes.writableFrom(waiter.pod().uid(), Instant.MAX);
                    executor.execute(() -> write(waiter, patch, facts));
                });
            }
        }
    }

    private void forgetPaces() {
        Set<LoadBalancerKey> awaited = waiters.stream()
                .flatMap(waiter -> waiter.awaited().stream())
                .map(PodRegistrations.Registration::loadBalancer)
                .collect(Collectors.toSet());
        paces.entrySet().removeIf(entry -> !entry.getValue().underWay() && !awaited.contains(entry.getKey()));
    }

    private Waiter look(PodView pod, Instant now) {
        PodRegistrations.Standing standing = parts.registrations().standing(pod);
        return Waiter.of(pod, standing, notes.look(pod, standing, now), settings);
    }

    private void write(Waiter waiter, GatePatch patch, GateFacts facts) {
        Written written = patched(patch);
        Instant now = clock.instant();
        meters.written(patch, written);
        switch (written) {
            case Written.Done done -> done(waiter, patch, facts, now);
            case Written.Replaced replaced ->
                LOG.debug("{} is another Pod by now", patch.pod().text());
            case Written.Stale stale -> writableAgain(patch, now.plus(AFTER_FAILED_WRITE));
            case Written.Failed(String why) -> {
                LOG.warn("the gate of {} could not be written: {}", patch.pod().text(), why);
                writableAgain(patch, now.plus(AFTER_FAILED_WRITE));
            }
        }
    }

    private Written patched(GatePatch patch) {
        try {
            return parts.writes().patch(patch, clock.instant());
        } catch (RuntimeException e) {
            LOG.error("a bug: writing a gate failed", e);
            return new Written.Failed(String.valueOf(e.getMessage()));
        }
    }

    private void done(Waiter waiter, GatePatch patch, GateFacts facts, Instant now) {
        for (GateCondition condition : patch.conditions()) {
            LOG.info(
                    "gate {} of {} is {}: {}",
                    condition.type(),
                    patch.pod().text(),
                    condition.open() ? "open" : "still closed",
                    condition.reason().text());
        }
        if (patch.opens()) {
            measure(waiter, facts, now);
            writableAgain(patch, now.plus(WRITTEN_SHOWS_WITHIN));
        } else {
            synchronized (this) {
                notes.change(patch.uid(), note -> new Notes.Note(note.memory().told(), now));
            }
        }
        patch.conditions().stream()
                .filter(condition -> condition.reason() == GateReason.DEADLINE_EXCEEDED)
                .forEach(condition ->
                        parts.writes().warn(waiter.pod(), condition.reason().text(), condition.message(), now));
    }

    private void measure(Waiter waiter, GateFacts facts, Instant now) {
        facts.health().newest(waiter.awaited()).ifPresent(asked -> meters.flipped(Duration.between(asked, now)));
        waiter.awaited().stream()
                .flatMap(registration ->
                        registration.state() instanceof State.Registered(Instant at) ? Stream.of(at) : Stream.empty())
                .max(Instant::compareTo)
                .ifPresent(at -> meters.openedAfter(Duration.between(at, now)));
    }

    private synchronized void writableAgain(GatePatch patch, Instant from) {
        notes.writableFrom(patch.uid(), from);
    }

    private void ask(List<HealthQuestion> call) {
        Answer<List<Health>> answer = answered(call);
        synchronized (this) {
            Instant now = clock.instant();
            switch (answer) {
                case Answer.Got<List<Health>>(List<Health> told) -> told(call, told);
                case Answer.Missed<List<Health>>(Outcome.Failure failure) -> missed(call, failure, now);
            }
            open(now);
        }
    }

    private Answer<List<Health>> answered(List<HealthQuestion> call) {
        try {
            Answer<List<Health>> answer = parts.health().ask(call);
            int told = answer.asOptional().map(List::size).orElse(call.size());
            return told == call.size() ? answer : broken(told + " answers to " + call.size() + " questions");
        } catch (RuntimeException e) {
            LOG.error("a bug: asking for health failed", e);
            return broken(String.valueOf(e.getMessage()));
        }
    }

    private static Answer<List<Health>> broken(String message) {
        return new Answer.Missed<>(new Outcome.Retry(LONGEST_PAUSE, Outcome.Why.CLOUD_FAILURE, message));
    }

    private void told(List<HealthQuestion> call, List<Health> told) {
        for (int i = 0; i < call.size(); i++) {
            HealthQuestion question = call.get(i);
            health = health.and(question.loadBalancer(), question.pools(), told.get(i));
            paces.computeIfPresent(
                    question.loadBalancer(), (key, pace) -> new Pace(pace.askedAt(), Optional.empty(), false, false));
        }
    }

    private void missed(List<HealthQuestion> call, Outcome.Failure failure, Instant now) {
        meters.healthMissed();
        LOG.info("no answer about the health of {} load balancers: {}", call.size(), failure.message());
        Instant notBefore = now.plus(pause(failure));
        boolean alone = faultOfOne(failure);
        call.forEach(question -> paces.computeIfPresent(
                question.loadBalancer(),
                (key, pace) -> new Pace(pace.askedAt(), Optional.of(notBefore), pace.alone() || alone, false)));
    }

    private static Duration pause(Outcome.Failure failure) {
        return switch (failure) {
            case Outcome.Retry retry -> retry.after().compareTo(LONGEST_PAUSE) < 0 ? retry.after() : LONGEST_PAUSE;
            case Outcome.Rejected rejected -> LONGEST_PAUSE;
        };
    }

    /// Whether one of several load balancers may have spoilt the answer about all of them.
    private static boolean faultOfOne(Outcome.Failure failure) {
        return switch (failure) {
            case Outcome.Rejected rejected -> true;
            case Outcome.Retry retry ->
                switch (retry.why()) {
                    case BUSY, POSTPONED, STALE -> true;
                    case THROTTLED, UNREACHABLE, CLOUD_FAILURE -> false;
                };
        };
    }

    private void tellUngated(Instant now) {
        List<PodView> ungated = parts.registrations().ungated();
        meters.ungated(ungated.size());
        toldUngated.retainAll(ungated.stream().map(PodView::uid).collect(Collectors.toSet()));
        List<PodView> fresh =
                ungated.stream().filter(pod -> toldUngated.add(pod.uid())).toList();
        if (!fresh.isEmpty()) {
            executor.execute(() -> fresh.forEach(pod -> parts.writes().warn(pod, "NoReadinessGate", NO_GATE, now)));
        }
    }
}
