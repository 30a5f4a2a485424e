package io.plumbline.it.clouds.aws;

import io.plumbline.it.clouds.Request;
import io.plumbline.it.clouds.Response;
import io.plumbline.it.clouds.SimulatedCloud;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/// Carries the SDK's requests to a simulated cloud in the same process, without sockets. Give it to a client
/// builder's `httpClient`; everything else of the SDK stays as it is, signature included.
public final class InProcessTransport implements SdkHttpClient {
    private final SimulatedCloud cloud;
    private final Consumer<Duration> pause;

    /// A client whose requests all go to the cloud.
    ///
    /// @param pause what to do with the delay of a reply that is held back: on virtual time, advance the clock
    public InProcessTransport(SimulatedCloud cloud, Consumer<Duration> pause) {
        this.cloud = cloud;
        this.pause = pause;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new Exchange(request);
    }

    @Override
    public String clientName() {
        return "InProcess";
    }

    @Override
    public void close() {}

    private final class Exchange implements ExecutableHttpRequest {
        private final HttpExecuteRequest sent;

        private Exchange(HttpExecuteRequest sent) {
            this.sent = sent;
        }

        /// Answers from the cloud.
        ///
        /// @throws IOException when the fault script cuts the connection
        @Override
        public HttpExecuteResponse call() throws IOException {
            Response response = cloud.handle(received(sent));
            if (!response.delay().isZero()) {
                pause.accept(response.delay());
            }
            return switch (response) {
                case Response.Cut cut -> throw new IOException("connection reset by the fault script");
                case Response.Answer(int status, String body, Duration delay) ->
                    HttpExecuteResponse.builder()
                            .response(SdkHttpResponse.builder()
                                    .statusCode(status)
                                    .statusText("simulated")
                                    .build())
                            .responseBody(AbortableInputStream.create(
                                    new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                            .build();
            };
        }

        @Override
        public void abort() {}
    }

    private static Request received(HttpExecuteRequest sent) {
        SdkHttpRequest http = sent.httpRequest();
        Map<String, String> headers = new TreeMap<>();
        http.forEachHeader((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        headers.putIfAbsent("host", http.host());
        String query = http.encodedQueryParameters().map(text -> "?" + text).orElse("");
        return new Request(http.method().name(), http.encodedPath() + query, headers, body(sent));
    }

    private static String body(HttpExecuteRequest sent) {
        return sent.contentStreamProvider()
                .map(provider -> {
                    try (InputStream in = provider.newStream()) {
                        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException broken) {
                        throw new UncheckedIOException(broken);
                    }
                })
                .orElse("");
    }
}
