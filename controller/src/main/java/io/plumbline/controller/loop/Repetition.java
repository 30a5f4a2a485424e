package io.plumbline.controller.loop;

import io.plumbline.controller.apply.Applier.Result;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.change.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The same changes, planned again though some of them were done: the cloud does not keep them, or does not show them.
/// That must not become a storm of calls. One thread at a time.
final class Repetition {
    private static final int NOTHING_UNUSUAL = 2;
    private static final double NO_JITTER = 0.5;

    private Optional<Plan> last = Optional.empty();
    private int times;

    /// How long to wait at least before the next visit.
    Duration after(Plan plan, List<Result> results) {
        boolean done = results.stream().anyMatch(result -> result.outcome() instanceof Outcome.Done);
        boolean again = done
                && last.filter(before -> before.changes().equals(plan.changes()))
                        .isPresent();
        times = again ? times + 1 : 0;
        last = done ? Optional.of(plan) : Optional.empty();
        return times < NOTHING_UNUSUAL ? Duration.ZERO : Backoff.after(times, Duration.ZERO, NO_JITTER);
    }
}
