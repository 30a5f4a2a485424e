package io.plumbline.readinessgate.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Objects over HTTP, with the one rule that matters here: who writes with an old resourceVersion, or
/// creates what is there, is answered 409.
final class SmallApiServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, ObjectNode> objects = new ConcurrentHashMap<>();
    private final AtomicInteger version = new AtomicInteger();
    private final HttpServer server;
    private final KubernetesClient client;

    SmallApiServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    KubernetesClient client() {
        return client;
    }

    void put(String path, String json) throws IOException {
        store(path, (ObjectNode) JSON.readTree(json));
    }

    JsonNode at(String path) {
        return objects.getOrDefault(path, JSON.createObjectNode());
    }

    private synchronized void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        switch (exchange.getRequestMethod()) {
            case "GET" -> reply(exchange, objects.containsKey(path) ? 200 : 404, at(path));
            case "POST" -> {
                ObjectNode object = (ObjectNode) JSON.readTree(body);
                String created =
                        path + "/" + object.path("metadata").path("name").asText();
                boolean there = objects.containsKey(created);
                reply(exchange, there ? 409 : 201, there ? JSON.createObjectNode() : store(created, object));
            }
            case "PUT" -> {
                ObjectNode object = (ObjectNode) JSON.readTree(body);
                boolean current = resourceVersion(object).equals(resourceVersion(at(path)));
                reply(exchange, current ? 200 : 409, current ? store(path, object) : JSON.createObjectNode());
            }
            default -> reply(exchange, 405, JSON.createObjectNode());
        }
    }

    private static String resourceVersion(JsonNode object) {
        return object.path("metadata").path("resourceVersion").asText();
    }

    private ObjectNode store(String path, ObjectNode object) {
        object.withObject("/metadata").put("resourceVersion", String.valueOf(version.incrementAndGet()));
        objects.put(path, object);
        return object;
    }

    private static void reply(HttpExchange exchange, int code, JsonNode object) throws IOException {
        byte[] text = object.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }

    @Override
    public void close() {
        client.close();
        server.stop(0);
    }
}
