package io.plumbline.controller.apply;

import io.plumbline.spi.Outcome;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Changes of one load balancer that the cloud has refused. The same change is tried again slowly; one
/// that asks for something else is tried at once. One thread at a time.
public final class Refusals {
    /// The first wait; it doubles up to [#LONGEST].
    public static final Duration FIRST = Duration.ofMinutes(5);

    public static final Duration LONGEST = Duration.ofMinutes(30);

    private final Map<ChangeName, Refusal> byName = new HashMap<>();

    private record Refusal(Resource what, Outcome.Rejected outcome, Instant retryAt, int times) {}

    /// The refusal that still stands against this change, if one does.
    public Optional<Outcome.Rejected> standing(Change change, Instant now) {
        return same(change).filter(refusal -> refusal.retryAt.isAfter(now)).map(Refusal::outcome);
    }

    /// The cloud has answered this change.
    public void note(Change change, Outcome outcome, Instant now) {
        if (outcome instanceof Outcome.Rejected rejected && rejected.because() != Outcome.Because.CREDENTIALS) {
            int times = same(change).map(Refusal::times).orElse(0) + 1;
            what(change)
                    .ifPresent(what ->
                            byName.put(change.name(), new Refusal(what, rejected, now.plus(waitAfter(times)), times)));
        } else {
            byName.remove(change.name());
        }
        if (outcome instanceof Outcome.Done && change instanceof Change.Remove) {
            roomIsMade();
        }
    }

    /// What did not fit may fit now.
    private void roomIsMade() {
        byName.values().removeIf(refusal -> refusal.outcome.because() == Outcome.Because.QUOTA);
    }

    /// Forgets what is no longer planned.
    public void keepOnly(Plan plan) {
        byName.keySet().retainAll(plan.changes().stream().map(Change::name).collect(Collectors.toSet()));
    }

    /// When the next refused change may be tried again.
    public Optional<Instant> nextRetry() {
        return byName.values().stream().map(Refusal::retryAt).min(Comparator.naturalOrder());
    }

    private Optional<Refusal> same(Change change) {
        return Optional.ofNullable(byName.get(change.name()))
                .filter(refusal -> what(change).filter(refusal.what::equals).isPresent());
    }

    private static Duration waitAfter(int times) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(times - 1, 10));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }

    private static Optional<Resource> what(Change change) {
        return switch (change) {
            case Change.Create create -> Optional.of(create.desired());
            case Change.Update update -> Optional.of(update.desired());
            case Change.Replace replace -> Optional.of(replace.desired());
            case Change.Drain drain -> Optional.of(drain.was().value());
            case Change.Remove remove -> Optional.of(remove.was().value());
            case Change.Await await -> Optional.empty();
            case Change.Leave leave -> Optional.empty();
        };
    }
}
