package io.plumbline.it.cluster.nodeproxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// A TCP port on which each connection gets a virtual thread.
final class Acceptor implements AutoCloseable {
    private static final long PAUSE_NANOS = 1_000_000;
    private static final int BACKLOG = 4096;

    private final ServerSocket server;
    private final Thread accepting;

    private Acceptor(ServerSocket server, Consumer<Socket> conversation) {
        this.server = server;
        this.accepting = Thread.ofVirtual().name("node port " + server).unstarted(() -> accept(server, conversation));
    }

    static Acceptor open(InetSocketAddress place, Consumer<Socket> conversation) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(place, BACKLOG);
        } catch (IOException taken) {
            server.close();
            throw taken;
        }
        Acceptor acceptor = new Acceptor(server, conversation);
        acceptor.accepting.start();
        return acceptor;
    }

    private static void accept(ServerSocket server, Consumer<Socket> conversation) {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> conversation.accept(client));
            } catch (IOException closedOrAborted) {
                // A client that went away before it was accepted, or our own close: the loop's condition tells which.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /// The JDK keeps a closed socket bound until whoever accepts on it has noticed, so this waits for that.
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException already) {
            // Nothing is left to close.
        }
        Threads.join(accepting);
    }
}
