package io.plumbline.tencent;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.plumbline.spi.CallGate;
import io.plumbline.tencent.TencentSettings.Keys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// A server whose answers a test writes by hand, and the provider that calls it through the real SDK over real sockets.
final class Wire implements AutoCloseable {
    private final WireMockServer server =
            new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
    private final List<String> asked = new ArrayList<>();

    final TencentProvider provider;

    Wire() {
        server.start();
        CallGate gate = (action, sort) -> {
            asked.add(action + " " + sort);
            return CallGate.Permission.GO;
        };
        TencentSettings settings = TencentSettings.of("ap-guangzhou", "vpc-1", new Keys("an-id", "a-key"))
                .at("http://127.0.0.1:" + server.port())
                .within(Duration.ofSeconds(2));
        provider = new TencentProvider(settings, gate, InstantSource.fixed(Examples.NOW));
    }

    /// @param response the content of `Response`, with ' for "
    void answers(String action, String response) {
        says(action, "{\"Response\":" + response.replace('\'', '"') + "}");
    }

    void refuses(String action, String code, String message) {
        answers(action, "{'Error':{'Code':'" + code + "','Message':'" + message + "'},'RequestId':'r-1'}");
    }

    void says(String action, String body) {
        on(
                action,
                aResponse()
                        .withStatus(200)
                        .withHeader("Content-Type", "application/json")
                        .withBody(body));
    }

    void answersWithStatus(String action, int status) {
        on(action, aResponse().withStatus(status).withBody("<html>no</html>"));
    }

    void breaks(String action, Fault fault) {
        on(action, aResponse().withFault(fault));
    }

    void isSlow(String action) {
        on(action, aResponse().withFixedDelay(20_000).withBody("{}"));
    }

    private void on(String action, ResponseDefinitionBuilder response) {
        server.stubFor(post(anyUrl()).withHeader("X-TC-Action", equalTo(action)).willReturn(response));
    }

    /// One answer after the other; the last one stays.
    void answersInTurn(String action, String... responses) {
        for (int turn = 0; turn < responses.length; turn++) {
            String next = String.valueOf(Math.min(turn + 1, responses.length - 1));
            server.stubFor(post(anyUrl())
                    .withHeader("X-TC-Action", equalTo(action))
                    .inScenario(action)
                    .whenScenarioStateIs(turn == 0 ? Scenario.STARTED : String.valueOf(turn))
                    .willReturn(aResponse()
                            .withStatus(200)
                            .withBody("{\"Response\":" + responses[turn].replace('\'', '"') + "}"))
                    .willSetStateTo(next));
        }
    }

    /// What was really sent for an action, in order.
    List<JsonObject> sent(String action) {
        return server.findAll(postRequestedFor(anyUrl()).withHeader("X-TC-Action", equalTo(action))).stream()
                .map(LoggedRequest::getBodyAsString)
                .map(body -> JsonParser.parseString(body).getAsJsonObject())
                .toList();
    }

    List<LoggedRequest> requests() {
        return server.findAll(postRequestedFor(anyUrl()));
    }

    /// What the gate was asked for, in order.
    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        server.stop();
    }
}
