package io.plumbline.it.endtoend;

import java.time.Duration;

/// Looking at something that must stay as it is: what never happens cannot be waited for.
final class Observation {
    private static final long PAUSE_MILLIS = 100;

    private Observation() {}

    /// Checks again and again for so long.
    static void forSeconds(int seconds, Runnable check) {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (System.nanoTime() < end) {
            check.run();
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
