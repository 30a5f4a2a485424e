package io.plumbline.it.cluster.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Answers the CONNECT requests with which the API server reaches webhooks, Services, Pods and nodes
/// (EgressSelectorConfiguration, name `cluster`, HTTPConnect over a Unix socket).
public final class EgressSocket implements AutoCloseable {

    /// Where `host:port` of the cluster is served on loopback; empty if nowhere (answered with 502).
    @FunctionalInterface
    public interface Reach {
        Optional<InetSocketAddress> place(String host, int port);
    }

    private static final int HEAD_LIMIT_BYTES = 16 * 1024;

    private final ServerSocketChannel listener;
    private final Reach reach;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private EgressSocket(ServerSocketChannel listener, Reach reach) {
        this.listener = listener;
        this.reach = reach;
    }

    static EgressSocket listen(Path path, Reach reach) {
        try {
            ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(UnixDomainSocketAddress.of(path));
            EgressSocket socket = new EgressSocket(listener, reach);
            Thread.ofVirtual().name("egress").start(socket::acceptAll);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void acceptAll() {
        while (listener.isOpen()) {
            try {
                SocketChannel from = listener.accept();
                Thread.ofVirtual().start(() -> serve(from));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(SocketChannel from) {
        open.add(from);
        try (from) {
            String target = head(from).split(" ", 3)[1];
            int colon = target.lastIndexOf(':');
            Optional<InetSocketAddress> place =
                    reach.place(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)));
            if (place.isPresent()) {
                tunnel(from, place.get());
            } else {
                say(from, "HTTP/1.1 502 nobody serves " + target + " here\r\n\r\n");
            }
        } catch (IOException | RuntimeException broken) {
            // The API server sees a closed connection and says so to whoever asked.
        } finally {
            open.remove(from);
        }
    }

    /// The request's head, byte by byte: what follows it belongs to the tunnel.
    private static String head(SocketChannel from) throws IOException {
        StringBuilder head = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (head.indexOf("\r\n\r\n") < 0) {
            one.clear();
            if (from.read(one) < 0 || head.length() > HEAD_LIMIT_BYTES) {
                throw new IOException("no request");
            }
            head.append((char) one.get(0));
        }
        return head.toString();
    }

    private static void tunnel(SocketChannel from, InetSocketAddress place) throws IOException {
        try (SocketChannel to = SocketChannel.open(place)) {
            say(from, "HTTP/1.1 200 Connection established\r\n\r\n");
            Thread back = Thread.ofVirtual().start(() -> pump(to, from));
            pump(from, to);
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pump(SocketChannel source, SocketChannel sink) {
        ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
        try {
            while (source.read(buffer.clear()) >= 0) {
                writeAll(sink, buffer.flip());
            }
            sink.shutdownOutput();
        } catch (IOException gone) {
            closeQuietly(sink);
            closeQuietly(source);
        }
    }

    private static void say(ByteChannel to, String text) throws IOException {
        writeAll(to, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static void writeAll(ByteChannel to, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    @Override
    public void close() {
        closeQuietly(listener);
        open.forEach(EgressSocket::closeQuietly);
    }

    private static void closeQuietly(AutoCloseable channel) {
        try {
            channel.close();
        } catch (Exception alreadyGone) {
            // Closing is all that was wanted.
        }
    }
}
