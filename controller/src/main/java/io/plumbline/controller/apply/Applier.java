package io.plumbline.controller.apply;

import io.plumbline.controller.report.Round.Applied;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Provider;
import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.Kind;
import io.plumbline.spi.model.LoadBalancerKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Carries out a plan: what needs nothing goes first, all in one request, then what needed it, and so
/// on. What fails holds back only what needs it. Nobody waits here: what the cloud still works on is
/// asked for at a later visit.
public final class Applier {
    private final Provider provider;
    private final InstantSource clock;

    public Applier(Provider provider, InstantSource clock) {
        this.provider = provider;
        this.clock = clock;
    }

    /// A change, and what became of it.
    public record Result(Change change, Outcome outcome) {
        /// As a report wants it.
        public Applied applied() {
            return new Applied(change.name(), outcome);
        }
    }

    /// What is remembered of one load balancer.
    public record Memory(LastSeen lastSeen, PendingTasks pending, Refusals refusals) {
        public Memory() {
            this(new LastSeen(), new PendingTasks(), new Refusals());
        }
    }

    /// @param frame the request without changes; its identifiers are completed by those that come with
    ///     the answers
    /// @return what was tried, and what still stands refused; in the order in which it was answered
    public List<Result> apply(Plan plan, ApplyRequest frame, Memory memory) {
        memory.refusals().keepOnly(plan);
        Map<ChangeName, Result> results = new LinkedHashMap<>();
        Ids ids = frame.ids();
        for (List<Change> ready = together(plan, results); !ready.isEmpty(); ready = together(plan, results)) {
            for (Result result : round(ready, with(frame, ids), memory)) {
                results.put(result.change().name(), result);
                ids = result.outcome() instanceof Outcome.Done(Ids given) ? ids.and(given) : ids;
            }
        }
        return List.copyOf(results.values());
    }

    /// Asks for what the cloud was still working on.
    ///
    /// @return what has come to an end
    public List<Result> poll(LoadBalancerKey key, Memory memory) {
        List<Result> ended = new ArrayList<>();
        for (PendingTasks.Waiting waiting : memory.pending().due(clock.instant())) {
            Outcome outcome = provider.poll(key, waiting.task());
            ended.addAll(polled(waiting, outcome, memory));
        }
        return ended;
    }

    private List<Result> polled(PendingTasks.Waiting waiting, Outcome outcome, Memory memory) {
        Instant now = clock.instant();
        return switch (outcome) {
            case Outcome.Pending pending -> {
                memory.pending().later(waiting, now.plus(pending.pollAfter()));
                yield List.of();
            }
            case Outcome.Retry retry
            when retry.why() != Outcome.Why.STALE -> {
                memory.pending().later(waiting, now.plus(retry.after()));
                yield List.of();
            }
            case Outcome.Done done ->
                end(waiting, new Outcome.Done(waiting.task().ids().and(done.ids())), memory);
            case Outcome.Retry retry -> end(waiting, retry, memory);
            case Outcome.Rejected rejected -> end(waiting, rejected, memory);
        };
    }

    private List<Result> end(PendingTasks.Waiting waiting, Outcome outcome, Memory memory) {
        memory.pending().end(waiting);
        return waiting.changes().stream()
                .map(change -> noted(new Result(change, outcome), memory))
                .toList();
    }

    private List<Result> round(List<Change> ready, ApplyRequest frame, Memory memory) {
        List<Result> results = new ArrayList<>();
        List<Change> sent = new ArrayList<>();
        for (Change change : ready) {
            Optional<Outcome.Rejected> standing = memory.refusals().standing(change, clock.instant());
            standing.ifPresentOrElse(refused -> results.add(new Result(change, refused)), () -> sent.add(change));
        }
        results.stream()
                .map(result -> result.change().name())
                .forEach(refused -> sent.removeIf(change -> change.needs().contains(refused)));
        if (sent.isEmpty()) {
            return results;
        }
        List<Outcome> outcomes = provider.apply(with(frame, sent));
        for (int i = 0; i < sent.size(); i++) {
            results.add(noted(new Result(sent.get(i), outcomes.get(i)), memory));
        }
        return results;
    }

    private Result noted(Result result, Memory memory) {
        Instant now = clock.instant();
        memory.refusals().note(result.change(), result.outcome(), now);
        switch (result.outcome()) {
            case Outcome.Done(Ids given) ->
                memory.lastSeen().wrote(result.change(), given, provider.capabilities(), now);
            case Outcome.Pending pending -> memory.pending().begin(result.change(), pending, now);
            case Outcome.Retry retry when changedNothing(retry.why()) -> {}
            case Outcome.Retry retry -> memory.lastSeen().drop();
            case Outcome.Rejected rejected -> memory.lastSeen().drop();
        }
        return result;
    }

    /// What the cloud is busy with may be somebody else's change; all others may have been done.
    private static boolean changedNothing(Outcome.Why why) {
        return switch (why) {
            case THROTTLED, POSTPONED -> true;
            case BUSY, UNREACHABLE, CLOUD_FAILURE, STALE -> false;
        };
    }

    /// What is ready and, where the cloud takes members along with a pool that it makes, the first members
    /// of the pools that are.
    private List<Change> together(Plan plan, Map<ChangeName, Result> results) {
        List<Change> ready = ready(plan, results, List.of());
        List<ChangeName> pools = ready.stream()
                .filter(change ->
                        change instanceof Change.Create && change.key().kind() == Kind.POOL)
                .map(Change::name)
                .toList();
        boolean alone = provider.capabilities().limits().backendsInNewPool() == 0 || pools.isEmpty();
        return alone ? ready : ready(plan, results, pools);
    }

    /// @param pools whose making a member need not wait for
    private static List<Change> ready(Plan plan, Map<ChangeName, Result> results, List<ChangeName> pools) {
        return plan.changes().stream()
                .filter(Applier::acts)
                .filter(change -> !results.containsKey(change.name()))
                .filter(change -> change.needs().stream()
                        .allMatch(need ->
                                done(need, results) || (change.key().kind() == Kind.BACKEND && pools.contains(need))))
                .toList();
    }

    private static boolean acts(Change change) {
        return switch (change.verb()) {
            case CREATE, UPDATE, REPLACE, DRAIN, REMOVE -> true;
            case AWAIT, LEAVE -> false;
        };
    }

    private static boolean done(ChangeName need, Map<ChangeName, Result> results) {
        Result result = results.get(need);
        return result != null && result.outcome() instanceof Outcome.Done;
    }

    private static ApplyRequest with(ApplyRequest frame, Ids ids) {
        return new ApplyRequest(
                frame.key(), frame.owner(), frame.claimants(), frame.attempt(), ids, frame.pools(), frame.changes());
    }

    private static ApplyRequest with(ApplyRequest frame, List<Change> changes) {
        return new ApplyRequest(
                frame.key(), frame.owner(), frame.claimants(), frame.attempt(), frame.ids(), frame.pools(), changes);
    }
}
