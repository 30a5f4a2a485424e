package io.plumbline.controller.loop;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Begins what a lease term does, as soon as it may. A renewal that comes late delays the beginning; only the loss of
/// the lease prevents it: the election tells of a victory once, and of the renewals after it not at all.
final class TermStart implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final BooleanSupplier mayBegin;
    private final Runnable beginning;
    private Optional<Thread> waiting = Optional.empty();
    private boolean closed;

    /// @param mayBegin everything has synced, and the lease is held at this moment
    TermStart(BooleanSupplier mayBegin, Runnable beginning) {
        this.mayBegin = mayBegin;
        this.beginning = beginning;
    }

    /// The lease was won.
    synchronized void won() {
        if (!closed) {
            waiting = Optional.of(Thread.ofVirtual().name("term").start(this::await));
        }
    }

    /// The lease was lost. When this returns, the term has begun or never will.
    synchronized void lost() {
        waiting.ifPresent(TermStart::end);
        waiting = Optional.empty();
    }

    /// Nothing begins any more.
    @Override
    public synchronized void close() {
        closed = true;
        lost();
    }

    private void await() {
        try {
            while (!mayBegin.getAsBoolean()) {
                Thread.sleep(BETWEEN_LOOKS);
            }
            beginning.run();
        } catch (InterruptedException lost) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(Thread thread) {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
