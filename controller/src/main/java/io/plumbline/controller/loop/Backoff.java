package io.plumbline.controller.loop;

import java.time.Duration;

/// How long to wait after failures in a row: doubling, bounded, and jittered so that many do not come
/// back together.
public final class Backoff {
    /// The first wait.
    public static final Duration FIRST = Duration.ofMillis(200);

    /// The longest wait: what has recovered is found within a minute.
    public static final Duration LONGEST = Duration.ofSeconds(30);

    private static final int MOST_DOUBLINGS = 20;

    private Backoff() {}

    /// @param failures in a row, 1 for the first
    /// @param atLeast how long the other side asked us to stay away
    /// @param chance between 0 and 1: where between 80 and 120 percent the wait lies
    public static Duration after(int failures, Duration atLeast, double chance) {
        long doubled = FIRST.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        long jittered = (long) (Math.min(doubled, LONGEST.toMillis()) * (0.8 + 0.4 * chance));
        return Duration.ofMillis(Math.max(jittered, atLeast.toMillis()));
    }
}
