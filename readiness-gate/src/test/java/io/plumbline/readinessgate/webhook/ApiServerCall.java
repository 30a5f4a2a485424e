package io.plumbline.readinessgate.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// A call as an API server makes it: it dials an address, but verifies the certificate against the
/// Service's DNS name and the published bundle.
record ApiServerCall(int port, String name, List<X509Certificate> bundle) {
    /// What came back.
    record Reply(int status, String head, String body) {}

    Reply post(String contentType, String body) throws IOException, GeneralSecurityException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head =
                "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                        .formatted(WebhookServer.PATH, name, contentType, content.length);
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
                SSLSocket socket = (SSLSocket) trusting().getSocketFactory().createSocket(plain, name, port, true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            write(socket, content);
            return reply(socket.getInputStream());
        }
    }

    /// A server that has refused may close before it has read everything.
    private static void write(SSLSocket socket, byte[] content) {
        try {
            socket.getOutputStream().write(content);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            System.Logger log = System.getLogger(ApiServerCall.class.getName());
            log.log(System.Logger.Level.DEBUG, "the rest was not sent", e);
        }
    }

    private static Reply reply(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the connection ended after: " + head);
            }
            head.append((char) next);
        }
        Matcher length = Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
        int size = length.find() ? Integer.parseInt(length.group(1)) : 0;
        String body = new String(in.readNBytes(size), StandardCharsets.UTF_8);
        return new Reply(Integer.parseInt(head.toString().split(" ")[1]), head.toString(), body);
    }

    private SSLContext trusting() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (int i = 0; i < bundle.size(); i++) {
            trusted.setCertificateEntry("ca-" + i, bundle.get(i));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
