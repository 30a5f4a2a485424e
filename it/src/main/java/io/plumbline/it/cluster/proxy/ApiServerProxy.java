package io.plumbline.it.cluster.proxy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.it.cluster.controlplane.Kubeconfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An API server whose LIST and WATCH can be falsified, resource by resource; GET by name and writes stay true.
///
/// Plain HTTP/1.1 on loopback; the client's own credentials are passed on. A change of fault ends the resource's
/// open watches with 410 Gone, so that clients list again and meet it. Watches over WebSocket are answered with a
/// plain 200, on which fabric8 falls back to HTTP at once (on 503 it tries again for 20 s).
public final class ApiServerProxy implements AutoCloseable {

    static {
        // Without it each answer waits 40 ms for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Logger LOG = LoggerFactory.getLogger(ApiServerProxy.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Upstream upstream;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Regime> regimes = new ConcurrentHashMap<>();

    private ApiServerProxy(Upstream upstream, HttpServer server) {
        this.upstream = upstream;
        this.server = server;
    }

    /// Starts one on a free loopback port, with nothing falsified.
    ///
    /// @param admin the true API server, and a token to read [#moment] with
    public static ApiServerProxy start(Kubeconfig admin) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ApiServerProxy proxy = new ApiServerProxy(new Upstream(admin), server);
            server.createContext("/", proxy::handle);
            server.setExecutor(proxy.threads);
            server.start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The address for a client's kubeconfig.
    public URI server() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// The state of the cluster now, for [Fault.Old].
    public Fault.Moment moment() {
        try {
            String list = upstream.read("/api/v1/namespaces?limit=1");
            return new Fault.Moment(
                    JSON.readTree(list).path("metadata").path("resourceVersion").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// From now on this happens to LIST and WATCH of `resource` (its plural: `pods`, `endpointslices`).
    public void fault(String resource, Fault fault) {
        String version = switch (fault) {
            case Fault.Old old -> old.moment().resourceVersion();
            case Fault.Empty _ -> moment().resourceVersion();
            case Fault.Pass _, Fault.Slow _ -> "";
        };
        Regime before = regimes.put(resource, Regime.of(fault, version));
        if (before != null) {
            before.end().complete(null);
        }
    }

    /// How many LISTs of `resource` were empty or old since its fault was set: a client has met it once this is
    /// not 0.
    public long falseLists(String resource) {
        return regime(resource).falseLists().get();
    }

    private Regime regime(String resource) {
        return regimes.computeIfAbsent(resource, _ -> Regime.of(new Fault.Pass(), ""));
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            if (exchange.getRequestHeaders().containsKey("Sec-WebSocket-Key")) {
                exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, -1);
            } else {
                answer(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            // Often a client that has left; the connection is closed, which is all that can be said by now.
            LOG.debug("{} {}", exchange.getRequestMethod(), exchange.getRequestURI(), e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException, InterruptedException {
        URI uri = exchange.getRequestURI();
        ApiRequest request =
                ApiRequest.of(exchange.getRequestMethod(), uri.getPath(), Optional.ofNullable(uri.getRawQuery()));
        switch (request.verb()) {
            case OTHER -> pass(exchange, uri.toString());
            case LIST -> list(exchange, request, regime(request.resource()));
            case WATCH -> watch(exchange, request, regime(request.resource()));
        }
    }

    private void list(HttpExchange exchange, ApiRequest request, Regime regime)
            throws IOException, InterruptedException {
        String uri = exchange.getRequestURI().toString();
        switch (regime.fault()) {
            case Fault.Pass _ -> pass(exchange, uri);
            case Fault.Slow slow -> {
                Thread.sleep(slow.delay());
                pass(exchange, uri);
            }
            case Fault.Empty _ -> empty(exchange, uri, regime);
            case Fault.Old _ -> {
                pass(exchange, exchange.getRequestURI().getRawPath() + "?" + oldQuery(request, regime));
                regime.falseLists().incrementAndGet();
            }
        }
    }

    private void pass(HttpExchange exchange, String pathAndQuery) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = upstream.send(exchange, pathAndQuery);
        try (InputStream in = response.body()) {
            answer(exchange, response, in.readAllBytes());
        }
    }

    /// The API server still checks the request and its rights.
    private void empty(HttpExchange exchange, String uri, Regime regime) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = upstream.sendForJson(exchange, uri);
        try (InputStream in = response.body()) {
            byte[] body = in.readAllBytes();
            if (response.statusCode() != HttpURLConnection.HTTP_OK) {
                answer(exchange, response, body);
                return;
            }
            ObjectNode list = (ObjectNode) JSON.readTree(body);
            list.putArray("items");
            list.putObject("metadata").put("resourceVersion", regime.resourceVersion());
            answer(exchange, response, JSON.writeValueAsBytes(list));
            regime.falseLists().incrementAndGet();
        }
    }

    /// The API server itself keeps old states, and applies selectors to them; a further page knows its moment
    /// itself.
    private static String oldQuery(ApiRequest request, Regime regime) {
        boolean furtherPage = !request.parameter("continue").isEmpty();
        Stream<ApiRequest.Parameter> kept =
                request.query().stream().filter(parameter -> !parameter.name().startsWith("resourceVersion"));
        Stream<ApiRequest.Parameter> added = furtherPage
                ? Stream.of()
                : Stream.of(
                        new ApiRequest.Parameter("resourceVersion", regime.resourceVersion()),
                        new ApiRequest.Parameter("resourceVersionMatch", "Exact"));
        return Stream.concat(kept, added)
                .map(parameter -> parameter.name() + "=" + URLEncoder.encode(parameter.value(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static void answer(HttpExchange exchange, HttpResponse<InputStream> response, byte[] body)
            throws IOException {
        copyHeaders(response, exchange);
        exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static void copyHeaders(HttpResponse<InputStream> response, HttpExchange exchange) {
        response.headers().map().forEach((name, values) -> {
            if (Upstream.isPassedOn(name)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
    }

    private void watch(HttpExchange exchange, ApiRequest request, Regime regime)
            throws IOException, InterruptedException {
        switch (regime.fault()) {
            case Fault.Pass _, Fault.Slow _ -> {
                HttpResponse<InputStream> response =
                        upstream.send(exchange, exchange.getRequestURI().toString());
                copyHeaders(response, exchange);
                exchange.sendResponseHeaders(response.statusCode(), 0);
                new WatchStream(exchange.getResponseBody(), regime).pump(response.body());
            }
            case Fault.Empty _, Fault.Old _ -> {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, 0);
                new WatchStream(exchange.getResponseBody(), regime).keepSilent(request);
            }
        }
    }

    /// Ends all connections.
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        upstream.close();
    }
}
