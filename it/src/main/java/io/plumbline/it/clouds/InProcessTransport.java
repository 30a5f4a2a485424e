package io.plumbline.it.clouds;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.ResponseBody;
import okio.Buffer;

/// Carries the SDK's requests to a simulated cloud in the same process, without sockets. Give the client to
/// the SDK; everything else of the SDK stays as it is, signature included.
public final class InProcessTransport implements Interceptor {
    private final SimulatedCloud cloud;
    private final Consumer<Duration> pause;

    private InProcessTransport(SimulatedCloud cloud, Consumer<Duration> pause) {
        this.cloud = cloud;
        this.pause = pause;
    }

    /// An HTTP client whose requests all go to the cloud.
    ///
    /// @param pause what to do with the delay of a reply that is held back: on virtual time, advance the clock
    public static OkHttpClient client(SimulatedCloud cloud, Consumer<Duration> pause) {
        return new OkHttpClient.Builder()
                .retryOnConnectionFailure(false)
                .addInterceptor(new InProcessTransport(cloud, pause))
                .build();
    }

    /// Answers from the cloud.
    ///
    /// @throws IOException when the fault script cuts the connection
    @Override
    public okhttp3.Response intercept(Chain chain) throws IOException {
        okhttp3.Request sent = chain.request();
        Response response = cloud.handle(received(sent));
        if (!response.delay().isZero()) {
            pause.accept(response.delay());
        }
        return switch (response) {
            case Response.Cut cut -> throw new IOException("connection reset by the fault script");
            case Response.Answer(int status, String body, Duration delay) ->
                new okhttp3.Response.Builder()
                        .request(sent)
                        .protocol(Protocol.HTTP_1_1)
                        .code(status)
                        .message("simulated")
                        .body(ResponseBody.create(body, MediaType.get("application/json")))
                        .build();
        };
    }

    private static Request received(okhttp3.Request sent) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        headers.put("host", sent.url().host());
        sent.headers()
                .names()
                .forEach(name -> headers.put(name.toLowerCase(Locale.ROOT), String.valueOf(sent.header(name))));
        Buffer body = new Buffer();
        if (sent.body() != null) {
            sent.body().writeTo(body);
        }
        String target = sent.url().encodedPath()
                + (sent.url().encodedQuery() == null ? "" : "?" + sent.url().encodedQuery());
        return new Request(sent.method(), target, headers, body.readUtf8());
    }
}
