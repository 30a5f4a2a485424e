package io.plumbline.it.commandline;

import io.plumbline.it.clouds.CloudServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// Speaks TLS for a simulated cloud, with a certificate of its own that only those trust who are given its
/// [#properties].
final class TlsFront implements AutoCloseable {
    private static final String PASSWORD = "changeit";

    private final ServerSocket server;
    private final int behind;
    private final Path trustStore;

    TlsFront(CloudServer behind, Path folder) throws IOException {
        this.behind = Integer.parseInt(behind.hostAndPort().split(":", 2)[1]);
        try {
            KeyStore keys = keys(folder.resolve("keys.p12"));
            this.trustStore = trusting(keys, folder.resolve("trust.p12"));
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            this.server =
                    context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    private static KeyStore keys(Path file) throws IOException, GeneralSecurityException {
        Script.Ended made = Script.run(
                Script.checkout(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "front",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD),
                Map.of());
        if (made.exitCode() != 0) {
            throw new IOException(made.out() + made.err());
        }
        return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    }

    private static Path trusting(KeyStore keys, Path file) throws IOException, GeneralSecurityException {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("front", keys.getCertificate("front"));
        try (OutputStream out = Files.newOutputStream(file)) {
            trust.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    /// For example `127.0.0.1:18931`.
    String hostAndPort() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /// What makes a JVM trust it, as system properties.
    Map<String, String> properties() {
        return Map.of("javax.net.ssl.trustStore", trustStore.toString(), "javax.net.ssl.trustStorePassword", PASSWORD);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> converse(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void converse(Socket client) {
        try (client;
                Socket plain = new Socket("127.0.0.1", behind)) {
            Thread back = Thread.ofVirtual().start(() -> pass(plain, client));
            pass(client, plain);
            back.join();
        } catch (IOException gone) {
            // The other end notices by itself.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pass(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            in.transferTo(to.getOutputStream());
        } catch (IOException gone) {
            // So is the other direction.
        } finally {
            end(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // Nothing is left to close.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
