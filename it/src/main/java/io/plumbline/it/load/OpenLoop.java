package io.plumbline.it.load;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
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
    private static final int TOLD = 20;

    private final LoadSettings settings;
    private final Supplier<InetSocketAddress> target;
    private final Duration longest;
    private final ConcurrentLinkedQueue<Connection> idle = new ConcurrentLinkedQueue<>();
    private final Map<Failure, AtomicLong> failures = new EnumMap<>(Failure.class);
    private final ConcurrentLinkedQueue<String> first = new ConcurrentLinkedQueue<>();
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
    /// @param target always on loopback; where it throws [NoSuchElementException], the request has failed
    public static OpenLoop start(LoadSettings settings, Supplier<InetSocketAddress> target, Duration longest) {
        OpenLoop run = new OpenLoop(settings, target, longest);
        run.clock.start();
        return run;
    }

    /// How many requests have left so far.
    public long sent() {
        return sent.get();
    }

    /// What has failed so far, in words: when, how, and what was asked for. Of many just the first.
    public List<String> failed() {
        return List.copyOf(first);
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

    private record Asked(String path, boolean keepAlive, long atNanos) {
        Duration took() {
            return Duration.ofNanos(System.nanoTime() - atNanos);
        }
    }

    private void send(long number) {
        boolean slow = settings.slowEvery() > 0 && number % settings.slowEvery() == 0;
        String path = slow ? "/slow?ms=" + LoadSettings.SLOW.toMillis() : "/";
        Asked asked = new Asked(path, number % 2 == 1, System.nanoTime());
        try {
            int status = exchange(asked);
            Duration took = asked.took();
            if (status >= 500) {
                failed(asked, Failure.SERVER_ERROR, "status " + status);
            } else if (took.compareTo(LoadSettings.TIMEOUT) > 0) {
                failed(asked, Failure.TIMEOUT, "too late");
            } else if (!slow) {
                latenciesNanos[(int) (latencies.getAndIncrement() % LATENCY_SAMPLES)] = took.toNanos();
            }
        } catch (IOException broken) {
            failed(asked, failure(broken), broken.toString());
        } catch (NoSuchElementException nowhere) {
            failed(asked, Failure.REFUSED, "there is no place to connect to");
        }
    }

    private void failed(Asked asked, Failure failure, String why) {
        failures.getOrDefault(failure, new AtomicLong()).incrementAndGet();
        if (first.size() < TOLD) {
            String connection = asked.keepAlive() ? "to be kept" : "new";
            first.add("%s %s after %d ms: GET %s on a connection that is %s; %s"
                    .formatted(Instant.now(), failure.text(), asked.took().toMillis(), asked.path(), connection, why));
        }
    }

    private static Failure failure(IOException broken) {
        return switch (broken) {
            case SocketTimeoutException late -> Failure.TIMEOUT;
            case ConnectException refused -> Failure.REFUSED;
            default -> Failure.RESET;
        };
    }

    private int exchange(Asked asked) throws IOException {
        Connection connection = asked.keepAlive() ? keptAlive() : Connection.open(target.get());
        boolean answered = false;
        try {
            int status = connection.get(asked.path(), asked.keepAlive());
            answered = true;
            return status;
        } finally {
            if (answered && asked.keepAlive() && connection.reusable()) {
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
