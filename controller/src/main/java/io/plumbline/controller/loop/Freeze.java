package io.plumbline.controller.loop;

import io.plumbline.spi.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether the provider stands still since its credentials were refused. Nothing is asked meanwhile but,
/// now and then, by whoever comes first, whether it is over; so it ends without a restart.
final class Freeze {
    private static final Duration BETWEEN_PROBES = Duration.ofSeconds(15);

    private Optional<Frozen> frozen = Optional.empty();

    /// What a caller may do.
    sealed interface Standing {
        /// Everything.
        record Free() implements Standing {}

        /// Ask the cloud whether it is over.
        record Probe() implements Standing {}

        /// Nothing until then.
        record Frozen(Outcome.Rejected why, Instant until) implements Standing {}
    }

    private record Frozen(Outcome.Rejected why, Instant probeAt) {}

    synchronized Standing standing(Instant now) {
        if (frozen.isEmpty()) {
            return new Standing.Free();
        }
        Frozen standing = frozen.get();
        if (standing.probeAt.isAfter(now)) {
            return new Standing.Frozen(standing.why, standing.probeAt);
        }
        frozen = Optional.of(new Frozen(standing.why, now.plus(BETWEEN_PROBES)));
        return new Standing.Probe();
    }

    /// The cloud has failed, in some way.
    synchronized void failed(Outcome.Failure failure, Instant now) {
        if (failure instanceof Outcome.Rejected rejected && rejected.because() == Outcome.Because.CREDENTIALS) {
            frozen = Optional.of(new Frozen(rejected, now.plus(BETWEEN_PROBES)));
        }
    }

    /// The cloud has answered.
    synchronized void over() {
        frozen = Optional.empty();
    }
}
