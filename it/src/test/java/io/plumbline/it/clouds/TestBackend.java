package io.plumbline.it.clouds;

import io.plumbline.it.cluster.kubelet.Loopback;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A Pod's server at its loopback place: says its address, then echoes until the client ends, then says `bye`.
public final class TestBackend implements AutoCloseable {
    final String address;
    final int port;
    private final ServerSocket server;

    private TestBackend(String address, ServerSocket server) {
        this.address = address;
        this.port = server.getLocalPort();
        this.server = server;
    }

    /// Listens at the place of a Pod, on a free port.
    ///
    /// @param address the Pod's cluster address
    public static TestBackend listen(String address) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        InetSocketAddress place = freePort(address);
        server.bind(place, 1024);
        TestBackend backend = new TestBackend(address, server);
        Thread.ofVirtual().start(backend::accept);
        return backend;
    }

    /// A free port at the place of a Pod.
    static InetSocketAddress freePort(String address) {
        return new InetSocketAddress(Loopback.place(address, 1024).orElseThrow().getAddress(), 0);
    }

    /// The port.
    public int port() {
        return port;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            OutputStream out = client.getOutputStream();
            out.write((address + "\n").getBytes(StandardCharsets.US_ASCII));
            InputStream in = client.getInputStream();
            in.transferTo(out);
            out.write("bye".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException gone) {
            // A health check or a test that has seen enough.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
