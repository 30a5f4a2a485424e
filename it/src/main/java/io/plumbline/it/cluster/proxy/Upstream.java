package io.plumbline.it.cluster.proxy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.plumbline.it.cluster.controlplane.Kubeconfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// The true API server behind the proxy.
final class Upstream implements AutoCloseable {

    /// Headers of one hop, and those that the client library sets itself.
    private static final Set<String> ONE_HOP = Set.of(
            "accept-encoding",
            "connection",
            "content-length",
            "date",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "transfer-encoding",
            "upgrade");

    private final Kubeconfig admin;
    private final HttpClient client;

    Upstream(Kubeconfig admin) {
        this.admin = admin;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting(admin.certificateAuthority().orElseThrow()))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    private static SSLContext trusting(Path authority) {
        try (InputStream in = Files.newInputStream(authority)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("authority-" + trusted.size(), certificate);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot trust " + authority, e);
        }
    }

    /// The same request with the client's own credentials; `pathAndQuery` as it is to be sent.
    HttpResponse<InputStream> send(HttpExchange exchange, String pathAndQuery)
            throws IOException, InterruptedException {
        return client.send(request(exchange, pathAndQuery).build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    /// As [#send], but the answer is JSON whatever the client would like.
    HttpResponse<InputStream> sendForJson(HttpExchange exchange, String pathAndQuery)
            throws IOException, InterruptedException {
        HttpRequest request = request(exchange, pathAndQuery)
                .setHeader("Accept", "application/json")
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    private HttpRequest.Builder request(HttpExchange exchange, String pathAndQuery) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(resolve(pathAndQuery));
        copy(exchange.getRequestHeaders(), request);
        byte[] body = exchange.getRequestBody().readAllBytes();
        return request.method(
                exchange.getRequestMethod(),
                body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private static void copy(Headers headers, HttpRequest.Builder request) {
        headers.forEach((name, values) -> {
            if (isPassedOn(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
    }

    static boolean isPassedOn(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return !ONE_HOP.contains(name) && !name.startsWith("sec-websocket");
    }

    /// What is at `pathAndQuery`, read with all rights.
    String read(String pathAndQuery) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(resolve(pathAndQuery))
                .header("Authorization", "Bearer " + admin.token())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /// Text, not URI.resolve: that would decode what the client has encoded.
    private URI resolve(String pathAndQuery) {
        return URI.create(admin.server() + pathAndQuery);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
