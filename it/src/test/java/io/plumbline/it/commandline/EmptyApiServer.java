package io.plumbline.it.commandline;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// An API server of a cluster in which there is nothing at all.
final class EmptyApiServer implements AutoCloseable {
    private static final byte[] NOTHING =
            "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[]}"
                    .getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;

    EmptyApiServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, NOTHING.length);
            exchange.getResponseBody().write(NOTHING);
            exchange.close();
        });
        server.start();
    }

    /// Writes the file by which it is reached.
    Path kubeconfig(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters:
                  - {name: empty, cluster: {server: "http://127.0.0.1:%d"}}
                contexts:
                  - {name: empty, context: {cluster: empty, user: nobody}}
                users:
                  - {name: nobody, user: {token: none}}
                current-context: empty
                """.formatted(server.getAddress().getPort()));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
