package io.plumbline.it.cluster.kubelet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// What runs in a Pod: an HTTP server for each TCP port and an echo for each UDP port, ended as common servers
/// end.
///
/// From [#drain] (SIGTERM) on new connections are refused; requests in flight and the next one of each kept-alive
/// connection are answered with `Connection: close`; it ends when no connection is left. [#kill] (SIGKILL) cuts
/// all.
final class PodProcess {

    private static final int BACKLOG = 1024;
    private static final int DATAGRAM_BYTES = 65_535;

    private final String name;
    private final EventLoop loop;
    private final List<SelectableChannel> listeners = new ArrayList<>();
    private final List<SelectableChannel> datagrams = new ArrayList<>();
    private final Set<HttpConnection> connections = new HashSet<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile boolean draining;
    private volatile int httpStatus = 200;

    private PodProcess(String name, EventLoop loop) {
        this.name = name;
        this.loop = loop;
    }

    /// Binds all ports of `clusterAddress` at their [Loopback] places and begins to answer.
    ///
    /// @throws IOException if one cannot be bound; then none is
    static PodProcess start(String name, String clusterAddress, List<PodPort> ports, EventLoop loop)
            throws IOException {
        PodProcess process = new PodProcess(name, loop);
        try {
            for (PodPort port : ports) {
                process.bind(port, Loopback.place(clusterAddress, port.number()).orElseThrow());
            }
        } catch (IOException e) {
            process.closeListeners();
            closeAll(process.datagrams);
            throw e;
        }
        loop.execute(process::listen);
        return process;
    }

    private void bind(PodPort port, InetSocketAddress place) throws IOException {
        switch (port.protocol()) {
            case TCP -> {
                ServerSocketChannel channel = ServerSocketChannel.open();
                listeners.add(channel);
                channel.bind(place, BACKLOG);
            }
            case UDP -> {
                DatagramChannel channel = DatagramChannel.open();
                datagrams.add(channel);
                channel.bind(place);
            }
        }
    }

    private void listen() {
        try {
            for (SelectableChannel listener : listeners) {
                loop.register(listener, SelectionKey.OP_ACCEPT, new Acceptor());
            }
            for (SelectableChannel datagram : datagrams) {
                loop.register(datagram, SelectionKey.OP_READ, new Echo());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// SIGTERM.
    void drain() {
        loop.execute(() -> {
            draining = true;
            closeListeners();
            endIfIdle();
        });
    }

    /// SIGKILL, a crash, or no memory left.
    void kill() {
        loop.execute(() -> {
            draining = true;
            closeListeners();
            List.copyOf(connections).forEach(HttpConnection::close);
            endIfIdle();
        });
    }

    /// Completes when the process has ended; its sockets are closed by then.
    CompletableFuture<Void> end() {
        return end;
    }

    /// The HTTP status of every answer from now on.
    void answer(int status) {
        httpStatus = status;
    }

    String name() {
        return name;
    }

    int httpStatus() {
        return httpStatus;
    }

    boolean isDraining() {
        return draining;
    }

    void forget(HttpConnection connection) {
        connections.remove(connection);
        endIfIdle();
    }

    private void endIfIdle() {
        if (draining && connections.isEmpty()) {
            closeAll(datagrams);
            loop.afterClosing(() -> end.complete(null));
        }
    }

    private void closeListeners() {
        closeAll(listeners);
    }

    private static void closeAll(List<SelectableChannel> channels) {
        for (SelectableChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException alreadyGone) {
                // Closing is all that was wanted.
            }
        }
        channels.clear();
    }

    private final class Acceptor implements EventLoop.Handler {
        @Override
        public void ready(SelectionKey key) throws IOException {
            ServerSocketChannel listener = (ServerSocketChannel) key.channel();
            for (SocketChannel accepted = listener.accept(); accepted != null; accepted = listener.accept()) {
                accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
                connections.add(new HttpConnection(PodProcess.this, loop, accepted));
            }
        }

        @Override
        public void broken() {
            // The next connection may go better: the listener stays.
        }
    }

    private static final class Echo implements EventLoop.Handler {
        @Override
        public void ready(SelectionKey key) throws IOException {
            DatagramChannel channel = (DatagramChannel) key.channel();
            ByteBuffer packet = ByteBuffer.allocate(DATAGRAM_BYTES);
            SocketAddress from = channel.receive(packet);
            if (from != null) {
                channel.send(packet.flip(), from);
            }
        }

        @Override
        public void broken() {
            // A port that answered "unreachable"; the next packet may go better.
        }
    }
}
