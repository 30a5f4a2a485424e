package io.plumbline.it.clouds;

import java.time.Duration;

/// Makes a simulated cloud on real time do what is due, every few milliseconds, until closed.
public final class Ticker implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(10);

    private final SimulatedCloud cloud;
    private final Thread thread;
    private volatile boolean closed;

    private Ticker(SimulatedCloud cloud) {
        this.cloud = cloud;
        this.thread = Thread.ofVirtual().name("ticker " + cloud.name()).unstarted(this::run);
    }

    /// Starts ticking.
    public static Ticker start(SimulatedCloud cloud) {
        Ticker ticker = new Ticker(cloud);
        ticker.thread.start();
        return ticker;
    }

    private void run() {
        while (!closed) {
            try {
                cloud.tick();
            } catch (RuntimeException defect) {
                System.err.println("simulated " + cloud.name() + ": " + defect);
            }
            pause();
        }
    }

    private void pause() {
        try {
            Thread.sleep(STEP);
        } catch (InterruptedException stopped) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
