package io.plumbline.it.clouds;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// Serves a simulated cloud over HTTP on 127.0.0.1, and lets its time run.
///
/// Headers are handed on exactly as they came, because signatures cover them; a Host header that is a whole URL is
/// accepted, as some clients send one. A virtual thread per connection.
public final class CloudServer implements AutoCloseable {
    private static final long PAUSE_NANOS = 1_000_000;
    private static final int BACKLOG = 1024;

    private final SimulatedCloud cloud;
    private final ServerSocket server;
    private final Ticker ticker;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    private CloudServer(SimulatedCloud cloud, ServerSocket server) {
        this.cloud = cloud;
        this.server = server;
        this.ticker = Ticker.start(cloud);
    }

    /// Serves on a free port.
    public static CloudServer serve(SimulatedCloud cloud) throws IOException {
        return serve(cloud, 0);
    }

    /// Serves on the port; 0 is a free one.
    public static CloudServer serve(SimulatedCloud cloud, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress("127.0.0.1", port), BACKLOG);
        CloudServer server = new CloudServer(cloud, socket);
        Thread.ofVirtual().name("serve " + cloud.name()).start(server::accept);
        return server;
    }

    /// For example `127.0.0.1:18931`.
    public String hostAndPort() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /// For example `http://127.0.0.1:18931`.
    public String endpoint() {
        return "http://" + hostAndPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> converse(connection));
            } catch (IOException closedOrAborted) {
                // A client that went away before it was accepted, or our own close: the loop's condition tells which.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void converse(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            BufferedInputStream in = new BufferedInputStream(connection.getInputStream());
            boolean open = true;
            while (open) {
                Optional<Request> request = HttpWire.read(in, connection.getOutputStream());
                open = request.isPresent() && reply(connection, request.get());
            }
        } catch (IOException gone) {
            TcpPair.reset(connection);
        } finally {
            connections.remove(connection);
        }
    }

    /// Whether the connection goes on.
    private boolean reply(Socket connection, Request request) throws IOException {
        Response response = answer(request);
        pause(response);
        return switch (response) {
            case Response.Cut cut -> {
                TcpPair.reset(connection);
                yield false;
            }
            case Response.Answer answer -> {
                connection.getOutputStream().write(HttpWire.bytes(answer, request));
                yield HttpWire.keepsAlive(request);
            }
        };
    }

    private Response answer(Request request) {
        try {
            return request.path().startsWith(Control.PATH) ? Control.answer(cloud, request) : cloud.handle(request);
        } catch (RuntimeException defect) {
            System.err.println("simulated " + cloud.name() + " is defective: " + defect);
            defect.printStackTrace();
            return new Response.Answer(500, "{\"defect\":\"see the simulation's stderr\"}", Duration.ZERO);
        }
    }

    private static void pause(Response response) throws IOException {
        if (response.delay().isZero()) {
            return;
        }
        try {
            Thread.sleep(response.delay());
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }

    /// Stops serving and cuts all connections; the cloud itself stays open.
    @Override
    public void close() {
        ticker.close();
        try {
            server.close();
        } catch (IOException already) {
            // Nothing is left to close.
        }
        connections.forEach(TcpPair::reset);
    }
}
