package io.plumbline.it.cluster.kubelet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread and one selector for all Pods' sockets and timers. Handlers run on that thread and must not block.
final class EventLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    /// What is called when a channel is ready; an exception from it closes the channel through [#broken].
    interface Handler {
        void ready(SelectionKey key) throws IOException;

        void broken();
    }

    private record Timer(long atNanos, Runnable task) {}

    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::atNanos));
    private final long startNanos = System.nanoTime();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("pod-servers").unstarted(this::run);

    private EventLoop(Selector selector) {
        this.selector = selector;
    }

    static EventLoop start() {
        try {
            EventLoop loop = new EventLoop(Selector.open());
            loop.thread.start();
            return loop;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs `task` on the loop's thread; may be called from any thread. A task that another task adds runs after
    /// the next select.
    void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /// Runs `task` once all channels closed so far have given their ports back: a registered channel really closes
    /// at the start of a select. Only to be called on the loop's thread.
    void afterClosing(Runnable task) {
        execute(() -> execute(task));
    }

    /// Runs `task` after `delay`; only to be called on the loop's thread.
    void after(Duration delay, Runnable task) {
        timers.add(new Timer(elapsedNanos() + delay.toNanos(), task));
    }

    /// Only to be called on the loop's thread.
    SelectionKey register(SelectableChannel channel, int operations, Handler handler) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, operations, handler);
    }

    private long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }

    private void run() {
        while (selector.isOpen()) {
            try {
                selector.select(EventLoop::handle, waitMillis());
                runTasks();
            } catch (IOException | RuntimeException e) {
                LOG.error("the Pods' event loop goes on after", e);
            }
        }
    }

    /// 0 means without limit.
    private long waitMillis() {
        Timer next = timers.peek();
        return next == null ? 0 : Math.max(1, (next.atNanos() - elapsedNanos()) / 1_000_000 + 1);
    }

    private static void handle(SelectionKey key) {
        Handler handler = (Handler) key.attachment();
        try {
            handler.ready(key);
        } catch (IOException | RuntimeException e) {
            LOG.debug("a connection broke", e);
            handler.broken();
        }
    }

    private void runTasks() {
        for (int waiting = tasks.size(); waiting > 0; waiting--) {
            tasks.remove().run();
        }
        for (Timer next = timers.peek(); next != null && next.atNanos() <= elapsedNanos(); next = timers.peek()) {
            timers.remove();
            next.task().run();
        }
    }

    /// Ends the loop and closes all that is registered; returns when every port is free again.
    @Override
    public void close() {
        execute(() -> {
            try {
                for (SelectionKey key : selector.keys()) {
                    key.channel().close();
                }
                selector.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
