package io.plumbline.it.clouds;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/// Two TCP connections that are one flow: what arrives on one leaves on the other, the end of a direction
/// included.
///
/// A reset of one resets the other.
public final class TcpPair {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final Socket client;
    private final Socket backend;

    /// Of a client and the backend that was chosen for it, both connected.
    public TcpPair(Socket client, Socket backend) {
        this.client = client;
        this.backend = backend;
    }

    /// Carries bytes both ways until both directions have ended.
    public void splice() {
        Thread back = Thread.ofVirtual().start(() -> pump(backend, client));
        pump(client, backend);
        try {
            back.join();
            client.close();
            backend.close();
        } catch (IOException | InterruptedException broken) {
            reset();
        }
    }

    private void pump(Socket from, Socket to) {
        try {
            from.setTcpNoDelay(true);
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            reset();
        }
    }

    /// Resets both connections.
    public void reset() {
        reset(client);
        reset(backend);
    }

    /// Closes a connection with RST.
    public static void reset(Socket socket) {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException already) {
            // It is closed, which was the purpose.
        }
    }
}
