package io.plumbline.it.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
    @Test
    void everyRequestThatIsDueIsSentAndAnswered() throws Exception {
        AtomicInteger served = new AtomicInteger();
        HttpServer server = server(200, served);
        LoadReport report = run(new LoadSettings(server.getAddress(), 100, 0), 100);
        server.stop(0);

        assertThat(report.failed()).as(report.toString()).isZero();
        assertThat(report.requests()).isGreaterThanOrEqualTo(100);
        assertThat(served.get()).isEqualTo((int) report.requests());
        assertThat(report.p50()).isPositive().isLessThanOrEqualTo(report.p99());
    }

    @Test
    void serverErrorsAreFailures() throws Exception {
        HttpServer server = server(503, new AtomicInteger());
        LoadReport report = run(new LoadSettings(server.getAddress(), 100, 0), 20);
        server.stop(0);

        assertThat(report.byCause()).containsOnlyKeys(Failure.SERVER_ERROR);
        assertThat(report.failed()).isEqualTo(report.requests());
    }

    @Test
    void aClosedPortIsRefused() throws Exception {
        LoadReport report = run(new LoadSettings(closedPort(), 100, 0), 20);

        assertThat(report.byCause()).containsOnlyKeys(Failure.REFUSED);
        assertThat(report.failed()).isEqualTo(report.requests());
    }

    @Test
    void anAddressThatIsNotLoopbackIsNeverATarget() {
        assertThatThrownBy(() -> new LoadSettings(new InetSocketAddress("10.0.0.1", 80), 10, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static LoadReport run(LoadSettings settings, int atLeast) throws InterruptedException {
        OpenLoop loop = OpenLoop.start(settings, Duration.ofSeconds(30));
        while (loop.sent() < atLeast) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return loop.stop();
    }

    private static HttpServer server(int status, AtomicInteger served) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            served.incrementAndGet();
            exchange.sendResponseHeaders(status, 2);
            exchange.getResponseBody().write(new byte[] {'o', 'k'});
            exchange.close();
        });
        server.start();
        return server;
    }

    private static InetSocketAddress closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }
    }
}
