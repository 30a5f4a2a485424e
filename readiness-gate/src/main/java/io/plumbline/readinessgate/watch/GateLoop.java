package io.plumbline.readinessgate.watch;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a [GateWatch] while this process leads: a new one for each lease term, since a term begins with
/// nothing remembered.
public final class GateLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GateLoop.class);
    private static final Duration NOT_LEADING = Duration.ofMillis(200);
    private static final Duration AFTER_BUG = Duration.ofSeconds(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Function<Executor, GateWatch> newTerm;
    private final BooleanSupplier leading;
    private final Thread thread;
    private volatile boolean closed;

    private GateLoop(Function<Executor, GateWatch> newTerm, BooleanSupplier leading) {
        this.newTerm = newTerm;
        this.leading = leading;
        this.thread = Thread.ofVirtual().name("gates").unstarted(this::run);
    }

    /// Starts, and returns at once.
    ///
    /// @param newTerm makes the watch of a new lease term, which works on the given executor
    /// @param leading whether this process holds the lease
    public static GateLoop start(Function<Executor, GateWatch> newTerm, BooleanSupplier leading) {
        GateLoop loop = new GateLoop(newTerm, leading);
        loop.thread.start();
        return loop;
    }

    private void run() {
        Optional<GateWatch> term = Optional.empty();
        while (!closed) {
            term = leading.getAsBoolean()
                    ? Optional.of(term.orElseGet(() -> newTerm.apply(executor)))
                    : Optional.empty();
            if (!pause(term.map(this::round).orElse(NOT_LEADING))) {
                return;
            }
        }
    }

    private Duration round(GateWatch watch) {
        try {
            return watch.round();
        } catch (RejectedExecutionException e) {
            return AFTER_BUG;
        } catch (RuntimeException e) {
            LOG.error("a bug: a round of the gates failed", e);
            return AFTER_BUG;
        }
    }

    private static boolean pause(Duration duration) {
        try {
            Thread.sleep(duration);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /// Stops within 5 seconds; writes under way are finished or given up.
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        executor.shutdown();
        try {
            boolean joined = thread.join(LAST_WORDS.dividedBy(2));
            if (!joined || !executor.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
