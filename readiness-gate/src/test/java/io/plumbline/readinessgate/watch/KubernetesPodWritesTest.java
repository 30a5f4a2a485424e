package io.plumbline.readinessgate.watch;

import static io.plumbline.readinessgate.Examples.START;
import static io.plumbline.readinessgate.Examples.pod;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.plumbline.readinessgate.gate.GatePatch;
import io.plumbline.readinessgate.gate.GatePatch.GateCondition;
import io.plumbline.readinessgate.gate.GateReason;
import io.plumbline.readinessgate.gate.GateSettings;
import io.plumbline.readinessgate.watch.PodWrites.Written;
import io.plumbline.spi.objects.PodView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What goes over the wire to an API server.
class KubernetesPodWritesTest {
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final PodView pod = pod("web-1", GateSettings.TYPE);
    private volatile int answer = 200;
    private HttpServer server;
    private KubernetesClient client;
    private KubernetesPodWrites writes;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::reply);
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
        writes = new KubernetesPodWrites(client);
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void aConditionIsMergedStrategicallyIntoTheStatusOfThatUidAlone() {
        assertThat(writes.patch(opening(), START)).isEqualTo(new Written.Done());

        assertThat(requests)
                .containsExactly("PATCH /api/v1/namespaces/default/pods/web-1/status"
                        + " application/strategic-merge-patch+json"
                        + " {\"metadata\":{\"uid\":\"uid-web-1\"},\"status\":{\"conditions\":[{"
                        + "\"type\":\"plumbline.io/load-balancer-ready\",\"status\":\"True\",\"reason\":\"Healthy\","
                        + "\"message\":\"every pool that it belongs to reports it healthy\","
                        + "\"lastTransitionTime\":\"2026-01-01T00:00:00Z\"}]}}");
    }

    @Test
    void aConditionThatClosesIsMeantForOneVersionOnly() {
        writes.patch(closing(), START);

        assertThat(requests.getFirst())
                .contains("\"metadata\":{\"uid\":\"uid-web-1\",\"resourceVersion\":\"17\"}")
                .contains("\"status\":\"False\"");
    }

    @Test
    void refusalsTellAReplacedPodFromAStaleViewAndFromTrouble() {
        assertThat(answered(422, opening())).isEqualTo(new Written.Replaced());
        assertThat(answered(409, opening())).isEqualTo(new Written.Replaced());
        assertThat(answered(404, opening())).isEqualTo(new Written.Replaced());
        assertThat(answered(409, closing())).isEqualTo(new Written.Stale());
        assertThat(answered(500, opening())).isInstanceOf(Written.Failed.class);
    }

    @Test
    void aWarningIsAnEventAboutThePod() {
        writes.warn(pod, "DeadlineExceeded", "late", START);

        assertThat(requests.getFirst())
                .startsWith("POST /api/v1/namespaces/default/events ")
                .contains("\"reason\":\"DeadlineExceeded\"")
                .contains("\"type\":\"Warning\"")
                .contains("\"uid\":\"uid-web-1\"");
    }

    @Test
    void aWarningThatCannotBeWrittenIsDropped() {
        answer = 403;

        writes.warn(pod, "DeadlineExceeded", "late", START);

        assertThat(requests).hasSize(1);
    }

    private Written answered(int code, GatePatch patch) {
        answer = code;
        return writes.patch(patch, START);
    }

    private GatePatch opening() {
        return patch(true, GateReason.HEALTHY, Optional.empty());
    }

    private GatePatch closing() {
        return patch(false, GateReason.DEADLINE_EXCEEDED, Optional.of("17"));
    }

    private GatePatch patch(boolean open, GateReason reason, Optional<String> version) {
        GateCondition condition = new GateCondition(GateSettings.TYPE, open, reason, reason.sentence());
        return new GatePatch(pod.key(), pod.uid(), version, List.of(condition));
    }

    private void reply(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Content-Type") + " " + body);
        String kind = answer == 200 ? "Pod" : "Status";
        byte[] reply = "{\"kind\":\"%s\",\"apiVersion\":\"v1\",\"code\":%d}"
                .formatted(kind, answer)
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer, reply.length);
        exchange.getResponseBody().write(reply);
        exchange.close();
    }
}
