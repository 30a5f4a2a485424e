package io.plumbline.aliyun;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.plumbline.spi.CallGate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// A server whose answers a test writes by hand, and the provider that calls it through the real SDK
/// over real sockets.
final class Wire implements AutoCloseable {
    private static final String ACTION = "x-acs-action";

    private final WireMockServer server =
            new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
    private final List<String> asked = new ArrayList<>();

    final AliyunProvider provider;

    Wire() {
        server.start();
        CallGate gate = (action, sort) -> {
            asked.add(action + " " + sort);
            return CallGate.Permission.GO;
        };
        AliyunSettings settings = Examples.settings()
                .at(AliyunSettings.Endpoints.all("http://127.0.0.1:" + server.port()))
                .within(Duration.ofSeconds(5));
        provider = new AliyunProvider(settings, gate, InstantSource.fixed(Examples.NOW));
    }

    /// @param body JSON with ' for "
    void answers(String action, String body) {
        on(action, json(200, body));
    }

    void refuses(String action, int status, String code, String message) {
        on(
                action,
                json(status, "{'RequestId':'r-1','HostId':'slb','Code':'" + code + "','Message':'" + message + "'}"));
    }

    private static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(body.replace('\'', '"'));
    }

    void saysNothingOfSense(String action, int status) {
        on(action, aResponse().withStatus(status).withBody("<html>no</html>"));
    }

    void breaks(String action, Fault fault) {
        on(action, aResponse().withFault(fault));
    }

    void isSlow(String action) {
        on(action, aResponse().withFixedDelay(30_000).withBody("{}"));
    }

    private void on(String action, ResponseDefinitionBuilder response) {
        server.stubFor(post(anyUrl()).withHeader(ACTION, equalTo(action)).willReturn(response));
    }

    /// What was really sent for an action, in order.
    List<LoggedRequest> sent(String action) {
        return server.findAll(postRequestedFor(anyUrl()).withHeader(ACTION, equalTo(action)));
    }

    static String parameter(LoggedRequest request, String name) {
        return request.queryParameter(name).isPresent()
                ? request.queryParameter(name).firstValue()
                : "";
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
