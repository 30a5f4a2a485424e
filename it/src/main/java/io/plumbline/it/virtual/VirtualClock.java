package io.plumbline.it.virtual;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands still until it is moved.
public final class VirtualClock implements InstantSource {
    private final Instant start;
    private Instant now;

    public VirtualClock(Instant start) {
        this.start = start;
        this.now = start;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /// Nanoseconds since the start, for what counts in those.
    public long nanoTime() {
        return Duration.between(start, instant()).toNanos();
    }

    /// Moves on to a moment, unless it has passed.
    public synchronized void moveTo(Instant moment) {
        if (moment.isAfter(now)) {
            now = moment;
        }
    }

    public synchronized void moveBy(Duration duration) {
        now = now.plus(duration);
    }
}
