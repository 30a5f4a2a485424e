package io.plumbline.it.load;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// A run of load, from [#start] to [#stop]. Request number n leaves n / rate after the start; if the machine lags,
/// it leaves late but is sent all the same.
public final class OpenLoop {
    private static final int LATENCY_SAMPLES = 1_000_000;

    private final LoadSettings settings;
    private final Supplier<InetSocketAddress> target;
    private final Duration longest;
    private final ConcurrentLinkedQueue<Connection> idle = new ConcurrentLinkedQueue<>();
    private final Map<Failure, AtomicLong> failures = new EnumMap<>(Failure.class);
    private final AtomicLong sent = new AtomicLong();
    private final long[] latenciesNanos = new long[LATENCY_SAMPLES];
    private final AtomicLong latencies = new AtomicLong();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread clock;
    private volatile boolean running = true;

    private OpenLoop(LoadSettings settings, Supplier<InetSocketAddress> target, Duration longest) {
        this.settings = settings;
        this.target = target;
        this.longest = longest;
        for (Failure failure : Failure.values()) {
            failures.put(failure, new AtomicLong());
        }
        this.clock = Thread.ofPlatform().name("load").daemon().unstarted(this::sendAll);
    }

    /// Begins to send, for `longest` at most.
    public static OpenLoop start(LoadSettings settings, Duration longest) {
        return start(settings, settings::target, longest);
    }

    /// The same to a place that may move: it is asked for at each new connection; those that are kept stay where
    /// they are.
    ///
    /// @param target always on loopback
    public static OpenLoop start(LoadSettings settings, Supplier<InetSocketAddress> target, Duration longest) {
        OpenLoop run = new OpenLoop(settings, target, longest);
        run.clock.start();
        return run;
    }

    /// How many requests have left so far.
    public long sent() {
        return sent.get();
    }

    /// How many have failed so far.
    public long failed() {
        return failures.values().stream().mapToLong(AtomicLong::get).sum();
    }

    /// Sends no more, waits for those under way, and tells what became of all.
    public LoadReport stop() throws InterruptedException {
        running = false;
        clock.join();
        requests.shutdown();
        if (!requests.awaitTermination(2 * LoadSettings.TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            requests.shutdownNow();
        }
        idle.forEach(Connection::close);
        return report();
    }

    private void sendAll() {
        long begin = System.nanoTime();
        for (long number = 0; running; number++) {
            long due = begin + number * TimeUnit.SECONDS.toNanos(1) / settings.requestsPerSecond();
            if (due - begin > longest.toNanos()) {
                return;
            }
            while (running && System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            if (running) {
                long current = number;
                sent.incrementAndGet();
                requests.execute(() -> send(current));
            }
        }
    }

    private void send(long number) {
        boolean slow = settings.slowEvery() > 0 && number % settings.slowEvery() == 0;
        boolean keepAlive = number % 2 == 1;
        long begin = System.nanoTime();
        try {
            int status = exchange(slow ? "/slow?ms=" + LoadSettings.SLOW.toMillis() : "/", keepAlive);
            long took = System.nanoTime() - begin;
            if (status >= 500) {
                count(Failure.SERVER_ERROR);
            } else if (took > LoadSettings.TIMEOUT.toNanos()) {
                count(Failure.TIMEOUT);
            } else if (!slow) {
                latenciesNanos[(int) (latencies.getAndIncrement() % LATENCY_SAMPLES)] = took;
            }
        } catch (SocketTimeoutException e) {
            count(Failure.TIMEOUT);
        } catch (ConnectException e) {
            count(Failure.REFUSED);
        } catch (IOException e) {
            count(Failure.RESET);
        }
    }

    private void count(Failure failure) {
        failures.getOrDefault(failure, new AtomicLong()).incrementAndGet();
    }

    private int exchange(String path, boolean keepAlive) throws IOException {
        Connection connection = keepAlive ? keptAlive() : Connection.open(target.get());
        boolean answered = false;
        try {
            int status = connection.get(path, keepAlive);
            answered = true;
            return status;
        } finally {
            if (answered && keepAlive && connection.reusable()) {
                idle.add(connection);
            } else {
                connection.close();
            }
        }
    }

    private Connection keptAlive() throws IOException {
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            if (!connection.closedByServer()) {
                return connection;
            }
            connection.close();
        }
        return Connection.open(target.get());
    }

    private LoadReport report() {
        TreeMap<Failure, Long> byCause = new TreeMap<>();
        failures.forEach((failure, count) -> {
            if (count.get() > 0) {
                byCause.put(failure, count.get());
            }
        });
        long[] sorted = Arrays.copyOf(latenciesNanos, (int) Math.min(latencies.get(), LATENCY_SAMPLES));
        Arrays.sort(sorted);
        return new LoadReport(
                sent.get(), byCause, percentile(sorted, 50), percentile(sorted, 99), percentile(sorted, 100));
    }

    private static Duration percentile(long[] sorted, int percent) {
        return sorted.length == 0
                ? Duration.ZERO
                : Duration.ofNanos(sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)]);
    }
}
