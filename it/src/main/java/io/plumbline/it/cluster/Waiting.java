package io.plumbline.it.cluster;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waiting for a state by looking at it again and again.
public final class Waiting {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private Waiting() {}

    /// Returns when `state` holds.
    ///
    /// @param what named in the exception
    /// @throws IllegalStateException if it does not hold within `limit`
    public static void until(String what, Duration limit, BooleanSupplier state) {
        until(what, limit, PAUSE, state);
    }

    /// The same, looking not more often than this.
    static void until(String what, Duration limit, Duration pause, BooleanSupplier state) {
        long end = System.nanoTime() + limit.toNanos();
        while (!state.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited " + limit.toSeconds() + " s in vain for " + what);
            }
            pause(what, pause);
        }
    }

    private static void pause(String what, Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + what, e);
        }
    }
}
