package io.plumbline.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.it.cluster.Waiting;
import io.plumbline.it.cluster.kubelet.Loopback;
import io.plumbline.it.load.LoadReport;
import io.plumbline.it.load.LoadSettings;
import io.plumbline.it.load.OpenLoop;
import java.net.InetSocketAddress;
import java.time.Duration;

/// Load on whatever address an example's status names: half new connections, half kept ones, some requests of 2
/// s.
final class Traffic {
    private static final int REQUESTS_PER_SECOND = 100;
    private static final int SLOW_EVERY = 25;
    private static final int WARM = 250;
    private static final Duration LONGEST = Duration.ofMinutes(20);

    private final Example example;
    private final OpenLoop load;

    private Traffic(Example example, OpenLoop load) {
        this.example = example;
        this.load = load;
    }

    /// Begins, and returns when it flows.
    static Traffic on(Example example) {
        AddressInStatus target = new AddressInStatus(example);
        LoadSettings settings = new LoadSettings(target.get(), REQUESTS_PER_SECOND, SLOW_EVERY);
        Traffic traffic = new Traffic(example, OpenLoop.start(settings, target::get, LONGEST));
        traffic.flowOn();
        return traffic;
    }

    /// Waits until many more requests were sent, and checks that none has failed so far.
    void flowOn() {
        long sent = load.sent();
        Waiting.until(example.namespace() + ": the load to flow on", Example.LIMIT, () -> load.sent() > sent + WARM);
        assertThat(load.failed()).as("failed so far").isEmpty();
    }

    /// Ends it, and checks that not one request has failed.
    void endUnharmed() throws InterruptedException {
        flowOn();
        LoadReport report = load.stop();
        assertThat(report.byCause()).isEmpty();
        assertThat(report.failed()).isZero();
    }

    /// Asked for by every new connection, so it is looked up now and then only, as a resolver would.
    private static final class AddressInStatus {
        private static final long KEPT_NANOS = Duration.ofMillis(500).toNanos();

        private final Example example;
        private InetSocketAddress known;
        private long until;

        AddressInStatus(Example example) {
            this.example = example;
            this.known = lookUp(example);
        }

        synchronized InetSocketAddress get() {
            if (System.nanoTime() - until > 0) {
                known = lookUp(example);
                until = System.nanoTime() + KEPT_NANOS;
            }
            return known;
        }

        private static InetSocketAddress lookUp(Example example) {
            return example.ingress()
                    .flatMap(example.laboratory()::vip)
                    .flatMap(vip -> Loopback.place(vip, 80))
                    .orElseThrow();
        }
    }
}
