package io.plumbline.app;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.BooleanSupplier;

/// Answers `/healthz` (the process lives), `/readyz` (it has seen the cluster) and `/metrics` (Prometheus text).
public final class StatusServer implements AutoCloseable {
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final InetAddress host;
    private final WebServer server;

    private StatusServer(InetAddress host, WebServer server) {
        this.host = host;
        this.server = server;
    }

    /// Listens; port 0 takes a free one.
    public static StatusServer start(
            InetSocketAddress address, PrometheusMeterRegistry metrics, BooleanSupplier ready) {
        HttpRouting.Builder routing = HttpRouting.builder()
                .get("/healthz", (request, response) -> response.send("ok"))
                .get("/readyz", (request, response) -> {
                    boolean seen = ready.getAsBoolean();
                    response.status(seen ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503)
                            .send(seen ? "ok" : "the cluster has not been read yet");
                })
                .get(
                        "/metrics",
                        (request, response) -> response.header(HeaderNames.CONTENT_TYPE, PROMETHEUS_TEXT)
                                .send(metrics.scrape()));
        return new StatusServer(
                address.getAddress(),
                WebServer.builder()
                        .address(address.getAddress())
                        .port(address.getPort())
                        .shutdownHook(false)
                        .routing(routing)
                        .build()
                        .start());
    }

    /// Where it listens.
    public InetSocketAddress address() {
        return new InetSocketAddress(host, server.port());
    }

    @Override
    public void close() {
        server.stop();
    }
}
