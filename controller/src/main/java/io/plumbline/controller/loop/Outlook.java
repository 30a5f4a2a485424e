package io.plumbline.controller.loop;

import io.plumbline.controller.apply.Applier;
import io.plumbline.controller.apply.Applier.Result;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// When a load balancer wants to be visited again, after a visit that got as far as applying. Pure.
final class Outlook {
    /// After something was done: to see what follows from it. It costs nothing where nothing does.
    private static final Duration SOON = Duration.ofMillis(100);

    /// As often as health is asked while somebody waits for it; once it takes long, less and less often.
    private static final Duration AWAIT = Duration.ofMillis(400);

    private static final Duration LONGEST_AWAIT = Duration.ofSeconds(15);
    private static final int PART_OF_WAITED = 60;

    private static final Duration HELD_BACK = Duration.ofSeconds(10);
    private static final Duration PROVISIONING = Duration.ofSeconds(1);

    private Outlook() {}

    /// Too many calls is no failure, and neither is a turn that has not come: it is known when to come again.
    static Visit after(Plan plan, Actual actual, List<Result> results, Applier.Memory memory, Instant now) {
        Optional<Outcome.Retry> trouble =
                retries(results).filter(retry -> !waitsItsTurn(retry)).min(Comparator.comparing(Outcome.Retry::after));
        if (trouble.isPresent()) {
            return new Visit.Failed(trouble.get().after(), trouble.get().message());
        }
        Instant next = wishes(plan, actual, results, memory, now)
                .min(Comparator.naturalOrder())
                .orElseGet(() -> Sight.verifyAt(actual));
        return new Visit.Again(Duration.between(now, next.isAfter(now) ? next : now.plus(SOON)));
    }

    private static Stream<Instant> wishes(
            Plan plan, Actual actual, List<Result> results, Applier.Memory memory, Instant now) {
        Stream<Instant> done = results.stream()
                .filter(result -> result.outcome() instanceof Outcome.Done)
                .map(result -> now.plus(SOON));
        Stream<Instant> turns = retries(results).map(retry -> now.plus(retry.after()));
        Stream<Instant> waits = plan.changes().stream().flatMap(change -> wait(change, actual, now).stream());
        Stream<Instant> remembered = Stream.of(
                        memory.pending().nextAsk(), memory.refusals().nextRetry())
                .flatMap(Optional::stream);
        Stream<Instant> unfinished = provisioning(actual) ? Stream.of(now.plus(PROVISIONING)) : Stream.of();
        Stream<Instant> verification = Stream.of(Sight.verifyAt(actual));
        return Stream.of(done, turns, waits, remembered, unfinished, verification)
                .flatMap(wishes -> wishes);
    }

    private static Stream<Outcome.Retry> retries(List<Result> results) {
        return results.stream()
                .flatMap(result -> result.outcome() instanceof Outcome.Retry one ? Stream.of(one) : Stream.of());
    }

    private static boolean waitsItsTurn(Outcome.Retry retry) {
        return switch (retry.why()) {
            case THROTTLED, POSTPONED -> true;
            case BUSY, UNREACHABLE, CLOUD_FAILURE, STALE -> false;
        };
    }

    private static Optional<Instant> wait(Change change, Actual actual, Instant now) {
        return switch (change) {
            case Change.Await await -> Optional.of(nextAsk(await.firstAskAt(), now));
            case Change.Leave leave
            when leave.reason().equals(Reason.LAST_SERVING) && hasCompany(leave.key(), actual) ->
                Optional.of(now.plus(AWAIT));
            case Change.Leave leave
            when leave.reason().code().equals(Reason.HELD_BACK) -> Optional.of(now.plus(HELD_BACK));
            case Change.Leave leave -> Optional.empty();
            case Change.Create create -> Optional.empty();
            case Change.Update update -> Optional.empty();
            case Change.Replace replace -> Optional.empty();
            case Change.Drain drain -> Optional.empty();
            case Change.Remove remove -> Optional.empty();
        };
    }

    /// Somebody else is registered who may become healthy at any moment.
    private static boolean hasCompany(Key key, Actual actual) {
        return key instanceof BackendKey backend
                && actual.pool(backend.pool()).stream()
                        .flatMap(pool -> pool.members().stream())
                        .anyMatch(member -> !member.draining() && !member.key().equals(backend));
    }

    private static Instant nextAsk(Instant firstAskAt, Instant now) {
        if (firstAskAt.isAfter(now)) {
            return firstAskAt;
        }
        Duration share = Duration.between(firstAskAt, now).dividedBy(PART_OF_WAITED);
        Duration wait = share.compareTo(AWAIT) < 0 ? AWAIT : share;
        return now.plus(wait.compareTo(LONGEST_AWAIT) < 0 ? wait : LONGEST_AWAIT);
    }

    /// The cloud still works on something that it did not say so of: after a restart nobody has its
    /// task.
    static boolean provisioning(Actual actual) {
        return Stream.concat(
                        actual.loadBalancer().stream().map(Actual.Found::state),
                        actual.listeners().stream().map(Actual.Found::state))
                .anyMatch(state -> state == Actual.State.PROVISIONING || state == Actual.State.DELETING);
    }
}
