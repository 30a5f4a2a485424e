package io.plumbline.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.plumbline.spi.CallGate;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// A server whose answers a test writes by hand, and the provider that calls it through the real SDK over real
/// sockets.
final class Wire implements AutoCloseable {
    private final WireMockServer server =
            new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

    final AwsProvider provider;
    final Calls calls;

    Wire() {
        server.start();
        AwsSettings settings = AwsSettings.of(
                        "eu-central-1", "vpc-1", AwsSettings.keys("an-id", "a-key", Optional.empty()))
                .at("http://127.0.0.1:" + server.port())
                .within(Duration.ofSeconds(2));
        calls = new Calls(settings, CallGate.OPEN);
        provider = new AwsProvider(settings, CallGate.OPEN, InstantSource.fixed(Examples.NOW));
    }

    void answers(String action, int status, String body) {
        on(
                action,
                aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", "text/xml")
                        .withBody(body));
    }

    /// As the query protocol writes it.
    void refuses(String action, int status, String code) {
        answers(
                action,
                status,
                "<ErrorResponse><Error><Type>Sender</Type><Code>" + code + "</Code><Message>no</Message></Error>"
                        + "<RequestId>r-1</RequestId></ErrorResponse>");
    }

    void breaks(String action, Fault fault) {
        on(action, aResponse().withFault(fault));
    }

    void isSlow(String action) {
        on(action, aResponse().withFixedDelay(20_000).withBody("<slow/>"));
    }

    private void on(String action, ResponseDefinitionBuilder response) {
        server.stubFor(post(anyUrl())
                .withRequestBody(containing("Action=" + action + "&"))
                .willReturn(response));
    }

    /// The bodies of the requests for an action, decoded.
    List<String> requests(String action) {
        return server.findAll(postRequestedFor(anyUrl()).withRequestBody(containing("Action=" + action + "&"))).stream()
                .map(request -> URLDecoder.decode(request.getBodyAsString(), StandardCharsets.UTF_8))
                .toList();
    }

    /// How often an action was really sent.
    int sent(String action) {
        return server.findAll(postRequestedFor(anyUrl()).withRequestBody(containing("Action=" + action + "&")))
                .size();
    }

    @Override
    public void close() {
        server.stop();
    }
}
