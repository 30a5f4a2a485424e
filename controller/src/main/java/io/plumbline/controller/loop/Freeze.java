package io.plumbline.controller.loop;

import io.plumbline.spi.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Whether the provider stands still since its credentials were refused. Nothing is asked meanwhile but, now and then,
/// by whoever comes first, whether it is over; so it ends without a restart.
final class Freeze {
    private static final Duration BETWEEN_PROBES = Duration.ofSeconds(15);

    private final AtomicReference<Optional<Frozen>> frozen = new AtomicReference<>(Optional.empty());

    /// @param probeAt when somebody may try again
    record Frozen(Outcome.Rejected why, Instant probeAt) {}

    /// Empty where this caller may go on: nothing is frozen, or it is he who tries.
    Optional<Frozen> standing(Instant now) {
        Optional<Frozen> seen = frozen.get();
        boolean probes = seen.filter(one -> !one.probeAt.isAfter(now)).isPresent()
                && frozen.compareAndSet(seen, seen.map(one -> new Frozen(one.why, now.plus(BETWEEN_PROBES))));
        return probes ? Optional.empty() : seen;
    }

    /// The cloud has failed to answer, in some way.
    void failed(Outcome.Failure failure, Instant now) {
        if (failure instanceof Outcome.Rejected rejected && rejected.because() == Outcome.Because.CREDENTIALS) {
            frozen.set(Optional.of(new Frozen(rejected, now.plus(BETWEEN_PROBES))));
        }
    }

    /// The cloud has answered.
    void over() {
        frozen.set(Optional.empty());
    }
}
