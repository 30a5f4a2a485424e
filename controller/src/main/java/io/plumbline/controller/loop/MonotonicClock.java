package io.plumbline.controller.loop;

import java.time.Instant;
import java.time.InstantSource;

/// The wall clock at start, moved on by the monotonic one: it never jumps, whatever is done to the
/// machine's time.
public final class MonotonicClock implements InstantSource {
    private final Instant start;
    private final long startNanos;

    public MonotonicClock() {
        this.start = Instant.now();
        this.startNanos = System.nanoTime();
    }

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - startNanos);
    }
}
