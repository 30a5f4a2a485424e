package io.plumbline.it.clouds;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// The time by which the simulated clouds decide: a base, real or standing still, plus what it was advanced by.
///
/// It never goes back. Signatures are checked against the real clock, not against this one.
public final class SimulationClock implements InstantSource {
    private final InstantSource base;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    private SimulationClock(InstantSource base) {
        this.base = base;
    }

    /// A clock that runs with the machine's.
    public static SimulationClock real() {
        return new SimulationClock(InstantSource.system());
    }

    /// A clock that stands still at `start` until it is advanced.
    public static SimulationClock virtual(Instant start) {
        return new SimulationClock(InstantSource.fixed(start));
    }

    /// A clock that follows another one, for tests that already have their own.
    public static SimulationClock following(InstantSource base) {
        return new SimulationClock(base);
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead.get());
    }

    /// Moves the time forward. What becomes due is done by each cloud's next `tick` or `handle`.
    ///
    /// @throws IllegalArgumentException when `by` is negative
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time does not go back: " + by);
        }
        ahead.updateAndGet(by::plus);
    }
}
