package io.plumbline.it.cluster.nodeproxy;

import io.plumbline.it.clouds.TcpPair;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A Service's health check port: 200 where a ready endpoint is on this node, else 503. Answers as
/// kubernetes/pkg/proxy/healthcheck/service_health.go.
final class HealthPort implements OpenPort {
    private static final int IDLE_MILLIS = 60_000;

    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final Acceptor acceptor;
    private volatile Rule.Health rule;

    private HealthPort(InetSocketAddress place, Rule.Health rule) throws IOException {
        this.rule = rule;
        this.acceptor = Acceptor.open(place, this::converse);
    }

    static HealthPort open(InetSocketAddress place, Rule.Health rule) throws IOException {
        return new HealthPort(place, rule);
    }

    @Override
    public void follow(Rule next) {
        rule = switch (next) {
            case Rule.Health health -> health;
            case Rule.Forward _ -> throw new IllegalArgumentException("a health check port became a node port");
        };
    }

    private void converse(Socket client) {
        clients.add(client);
        try (client) {
            client.setSoTimeout(IDLE_MILLIS);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            boolean open = true;
            for (String line = in.readLine(); open && line != null; line = in.readLine()) {
                open = endOfHead(in);
                client.getOutputStream().write(answer(rule).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException gone) {
            TcpPair.reset(client);
        } finally {
            clients.remove(client);
        }
    }

    /// Reads the rest of a request's head; whether the connection is kept.
    private static boolean endOfHead(BufferedReader in) throws IOException {
        boolean kept = true;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            kept &= !line.toLowerCase(Locale.ROOT).replace(" ", "").equals("connection:close");
        }
        return kept;
    }

    private static String answer(Rule.Health rule) {
        String body = """
                {
                	"service": {
                		"namespace": "%s",
                		"name": "%s"
                	},
                	"localEndpoints": %d,
                	"serviceProxyHealthy": true
                }""".formatted(rule.namespace(), rule.service(), rule.localEndpoints());
        return String.join(
                "\r\n",
                "HTTP/1.1 " + (rule.localEndpoints() > 0 ? "200 OK" : "503 Service Unavailable"),
                "Content-Type: application/json",
                "X-Content-Type-Options: nosniff",
                "X-Load-Balancing-Endpoint-Weight: " + rule.localEndpoints(),
                "Content-Length: " + body.length(),
                "",
                body);
    }

    @Override
    public void close() {
        acceptor.close();
        cut();
    }

    @Override
    public void cut() {
        clients.forEach(TcpPair::reset);
    }
}
