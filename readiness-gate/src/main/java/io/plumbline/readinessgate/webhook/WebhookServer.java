package io.plumbline.readinessgate.webhook;

import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.readinessgate.webhook.Review.Asked;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers admission reviews over TLS, `POST /pods`.
public final class WebhookServer implements AutoCloseable {
    static final String PATH = "/pods";

    /// An object in etcd has 1.5 MiB at most; a review holds it once, and its managed fields.
    static final int LARGEST_BODY = 4 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(WebhookServer.class);

    /// The API server gives up after 3 seconds and admits the Pod as it came. We say so ourselves a
    /// little earlier.
    private static final Duration TIME_TO_DECIDE = Duration.ofMillis(2500);

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final PodAdmission admission;
    private final MeterRegistry meters;
    private final WebServer server;

    private WebhookServer(InetAddress address, int port, SSLContext tls, PodAdmission admission, MeterRegistry meters) {
        this.admission = admission;
        this.meters = meters;
        this.server = WebServer.builder()
                .address(address)
                .port(port)
                .shutdownHook(false)
                .tls(Tls.builder().sslContext(tls).build())
                .maxPayloadSize(LARGEST_BODY)
                .routing(HttpRouting.builder().post(PATH, this::handle))
                .build();
    }

    /// Listens; port 0 takes a free one.
    public static WebhookServer start(
            InetAddress address, int port, SSLContext tls, PodAdmission admission, MeterRegistry meters) {
        WebhookServer webhook = new WebhookServer(address, port, tls, admission, meters);
        webhook.server.start();
        return webhook;
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
        executor.shutdownNow();
    }

    private void handle(ServerRequest request, ServerResponse response) {
        if (!request.headers()
                .contentType()
                .filter(type -> type.mediaType().text().equals("application/json"))
                .isPresent()) {
            refuse(response, Status.BAD_REQUEST_400, "application/json is expected");
            return;
        }
        try {
            byte[] body = within(() -> body(request));
            if (body.length > LARGEST_BODY) {
                refuse(response, Status.REQUEST_ENTITY_TOO_LARGE_413, "the review is too large");
                return;
            }
            answer(Review.read(body), response);
        } catch (TimeoutException | ExecutionException e) {
            refuse(response, Status.BAD_REQUEST_400, "the review did not arrive in time");
        }
    }

    private static byte[] body(ServerRequest request) throws IOException {
        try (InputStream in = request.content().inputStream()) {
            return in.readNBytes(LARGEST_BODY + 1);
        }
    }

    private void answer(Asked asked, ServerResponse response) {
        switch (asked) {
            case Asked.AboutPod(String uid, IncomingPod pod) -> reply(response, uid, decide(pod));
            case Asked.AboutOther(String uid) -> reply(response, uid, Admission.untouched());
            case Asked.Malformed(String why) -> refuse(response, Status.BAD_REQUEST_400, why);
        }
    }

    private Admission decide(IncomingPod pod) {
        try {
            return within(() -> admission.decide(pod));
        } catch (TimeoutException e) {
            LOG.warn("a Pod in {} was admitted as it came: no decision in time", pod.namespace());
            return Admission.untouched("no readiness gate was added: no decision in time");
        } catch (ExecutionException e) {
            LOG.error("a bug: a Pod in {} was admitted as it came", pod.namespace(), e);
            return Admission.untouched("no readiness gate was added: an error, see the controller's log");
        }
    }

    private <T> T within(Callable<T> work) throws TimeoutException, ExecutionException {
        Future<T> future = executor.submit(work);
        try {
            return future.get(TIME_TO_DECIDE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("the server stops");
        } finally {
            future.cancel(true);
        }
    }

    private void reply(ServerResponse response, String uid, Admission admission) {
        count(admission.operations().isEmpty() ? "untouched" : "injected");
        response.header(HeaderNames.CONTENT_TYPE, "application/json").send(Review.write(uid, admission));
    }

    private void refuse(ServerResponse response, Status status, String why) {
        count("refused");
        response.status(status).send(why);
    }

    private void count(String result) {
        meters.counter("plumbline.webhook.reviews", "result", result).increment();
    }
}
