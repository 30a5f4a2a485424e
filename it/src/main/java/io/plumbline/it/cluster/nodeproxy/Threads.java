package io.plumbline.it.cluster.nodeproxy;

import java.time.Duration;

/// Waiting for threads that end by themselves.
final class Threads {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Threads() {}

    static void join(Thread thread) {
        try {
            if (!thread.join(LIMIT)) {
                throw new IllegalStateException(thread + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
