package io.plumbline.it.load;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One HTTP/1.1 connection. Not the JDK's client: that one silently sends a request again when a kept-alive
/// connection breaks, which is just what must be counted.
final class Connection implements AutoCloseable {
    private static final int LARGEST_HEAD = 16_384;

    private final Socket socket;
    private boolean reusable = true;

    private Connection(Socket socket) {
        this.socket = socket;
    }

    static Connection open(InetSocketAddress target) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(target, (int) LoadSettings.TIMEOUT.toMillis());
            socket.setSoTimeout((int) LoadSettings.TIMEOUT.toMillis());
            return new Connection(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// Sends one request and reads its whole answer.
    ///
    /// @return the status code
    int get(String path, boolean keepAlive) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: laboratory\r\nConnection: "
                + (keepAlive ? "keep-alive" : "close") + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String head = readHead();
        int length = 0;
        for (String line : head.split("\r\n")) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        lower.substring("content-length:".length()).strip());
            } else if (lower.startsWith("connection:") && lower.contains("close")) {
                reusable = false;
            }
        }
        if (socket.getInputStream().readNBytes(length).length < length) {
            throw new EOFException("the answer is cut short");
        }
        return Integer.parseInt(head.substring(9, 12));
    }

    boolean reusable() {
        return reusable;
    }

    /// Whether the server has closed a connection that stands idle: seen before a request is sent, this fails
    /// nothing.
    boolean closedByServer() throws IOException {
        socket.setSoTimeout(1);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException stillOpen) {
            socket.setSoTimeout((int) LoadSettings.TIMEOUT.toMillis());
            return false;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // Nothing is lost: the answer has been read, or the request has failed already.
        }
    }

    private String readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream(256);
        int matched = 0;
        while (matched < 4) {
            int next = socket.getInputStream().read();
            if (next < 0 || head.size() > LARGEST_HEAD) {
                throw new EOFException("the connection ended before the answer");
            }
            head.write(next);
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.US_ASCII);
    }
}
