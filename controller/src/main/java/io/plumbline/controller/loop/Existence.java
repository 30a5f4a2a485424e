package io.plumbline.controller.loop;

import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether a load balancer that a reading did not show is really absent, and by which attempt it is
/// made. One thread at a time.
///
/// | what may be there | absent when |
/// |---|---|
/// | nothing was ever begun: no finalizer of ours | the first reading says so |
/// | one that was made, or has been seen | two readings at least 5 s apart say so |
/// | one whose creation was tried | the same, both later than the creation's time limit |
///
/// As long as it is not known, only the same attempt may be tried again: its token makes the cloud
/// answer with what it has made already. A new attempt begins when the old one is spent and nothing came
/// of it.
final class Existence {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private Optional<Instant> tried = Optional.empty();
    private Optional<Instant> missed = Optional.empty();
    private boolean spent;
    private boolean informed;
    private int attempt;

    /// What an absent reading means.
    sealed interface Verdict {
        /// There is none.
        record Absent() implements Verdict {}

        /// It cannot be told before the second look.
        record Unsure(Instant lookAgainAt) implements Verdict {}
    }

    /// The attempt under way, or the next one.
    int attempt() {
        return attempt;
    }

    /// Learns from the object what an earlier process had begun, once; what this one knows itself stays, and what it
    /// has seen is not under way though the object may say so still.
    ///
    /// @param atLeast the attempt that the object shows, or the first that it does not show
    /// @param begun it shows one under way
    void recall(int atLeast, boolean begun, Instant now) {
        attempt = Math.max(attempt, atLeast);
        if (begun && !informed) {
            informed = true;
            tried = Optional.of(now);
        }
    }

    /// The creation is about to be tried.
    void trying(Instant now) {
        informed = true;
        tried = Optional.of(now);
        missed = Optional.empty();
    }

    /// The cloud has answered a creation, or a task of it has ended.
    void answered(Outcome outcome) {
        spent = switch (outcome) {
            case Outcome.Done done -> true;
            case Outcome.Pending pending -> true;
            case Outcome.Retry retry -> spent || retry.why() == Outcome.Why.STALE;
            case Outcome.Rejected rejected -> spent || rejected.because() == Outcome.Because.CONFLICT;
        };
    }

    /// It has been seen.
    void found() {
        informed = true;
        tried = Optional.empty();
        missed = Optional.empty();
        spent = false;
    }

    /// The object's own attempt may be tried again though it is not known what became of it.
    boolean mayRepeat() {
        return tried.isPresent() && !spent;
    }

    /// A reading did not show it.
    ///
    /// @param begun something of ours may exist: the object carries our finalizer
    Verdict missed(boolean begun, Capabilities.Timing timing, Instant now) {
        if (!begun && tried.isEmpty()) {
            return new Verdict.Absent();
        }
        Instant notBefore = tried.map(at -> at.plus(timing.createTimeout())).orElse(Instant.MIN);
        if (now.isBefore(notBefore)) {
            missed = Optional.empty();
            return new Verdict.Unsure(notBefore);
        }
        Instant first = missed.orElse(now);
        missed = Optional.of(first);
        if (now.isBefore(first.plus(BETWEEN_LOOKS))) {
            return new Verdict.Unsure(first.plus(BETWEEN_LOOKS));
        }
        return confirmedAbsent();
    }

    private Verdict confirmedAbsent() {
        if (spent) {
            attempt++;
            spent = false;
        }
        tried = Optional.empty();
        return new Verdict.Absent();
    }
}
