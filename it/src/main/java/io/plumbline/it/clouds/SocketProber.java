package io.plumbline.it.clouds;

import io.plumbline.it.cluster.kubelet.Loopback;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes health checks over real sockets, within the loopback places of [Loopback] only.
public final class SocketProber implements Prober {
    private static final Pattern STATUS = Pattern.compile("HTTP/\\d\\.\\d (\\d)\\d\\d.*");
    private static final Pattern STATUS_CODE = Pattern.compile("HTTP/\\d\\.\\d (\\d{3}).*");
    // "Port unreachable" comes at once on loopback; waiting longer only delays the verdict.
    private static final int UNREACHABLE_MILLIS = 200;

    @Override
    public CompletableFuture<Boolean> probe(Probe probe) {
        Optional<InetSocketAddress> place = Loopback.place(probe.address(), probe.port());
        if (place.isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> result.complete(passes(probe, place.get())));
        return result;
    }

    private static boolean passes(Probe probe, InetSocketAddress place) {
        int millis = (int) probe.timeout().toMillis();
        try {
            return switch (probe.how()) {
                case Probe.Connect connect -> connects(place, millis);
                case Probe.Http http -> answers(http, place, millis);
                case Probe.Web web -> answers(web, place, millis);
                case Probe.Exchange exchange -> exchanges(exchange, place, millis);
                case Probe.Reachable reachable -> datagram(place, new byte[0], UNREACHABLE_MILLIS, new byte[0]);
            };
        } catch (IOException failed) {
            return false;
        }
    }

    private static boolean connects(InetSocketAddress place, int millis) throws IOException {
        Socket socket = new Socket();
        socket.connect(place, millis);
        TcpPair.reset(socket);
        return true;
    }

    private static boolean answers(Probe.Http http, InetSocketAddress place, int millis) throws IOException {
        try (Socket socket = connected(place, millis)) {
            String request = http.method() + " " + http.path() + " " + http.version() + "\r\nHost: " + http.domain()
                    + "\r\nUser-Agent: health-check\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            Matcher status =
                    STATUS.matcher(Optional.ofNullable(reader.readLine()).orElse(""));
            return status.matches() && (http.goodClasses() & bit(status.group(1))) != 0;
        }
    }

    private static boolean answers(Probe.Web web, InetSocketAddress place, int millis) throws IOException {
        try (Socket plain = connected(place, millis);
                Socket socket = secured(web, plain, place)) {
            String request = "GET " + web.path() + " HTTP/1.1\r\nHost: " + web.host()
                    + "\r\nUser-Agent: health-check\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            Matcher status =
                    STATUS_CODE.matcher(Optional.ofNullable(reader.readLine()).orElse(""));
            return status.matches() && web.accepts(Integer.parseInt(status.group(1)));
        }
    }

    private static Socket secured(Probe.Web web, Socket plain, InetSocketAddress place) throws IOException {
        return switch (web.scheme()) {
            case HTTP -> plain;
            case HTTPS ->
                AnyCertificate.context()
                        .getSocketFactory()
                        .createSocket(plain, place.getHostString(), place.getPort(), true);
        };
    }

    private static int bit(String statusClass) {
        return 1 << (Integer.parseInt(statusClass) - 1);
    }

    private static boolean exchanges(Probe.Exchange exchange, InetSocketAddress place, int millis) throws IOException {
        byte[] sent = HexFormat.of().parseHex(exchange.sentHex());
        byte[] expected = HexFormat.of().parseHex(exchange.expectedHex());
        return switch (exchange.transport()) {
            case UDP -> datagram(place, sent, millis, expected);
            case TCP -> {
                try (Socket socket = connected(place, millis)) {
                    socket.getOutputStream().write(sent);
                    yield Arrays.equals(socket.getInputStream().readNBytes(expected.length), expected);
                }
            }
        };
    }

    private static Socket connected(InetSocketAddress place, int millis) throws IOException {
        Socket socket = new Socket();
        socket.connect(place, millis);
        socket.setSoTimeout(millis);
        return socket;
    }

    private static boolean datagram(InetSocketAddress place, byte[] sent, int millis, byte[] expected)
            throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(place);
            socket.setSoTimeout(millis);
            socket.send(new DatagramPacket(sent, sent.length));
            DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
            socket.receive(answer);
            byte[] start = Arrays.copyOf(answer.getData(), Math.min(answer.getLength(), expected.length));
            return Arrays.equals(start, expected);
        } catch (SocketTimeoutException silence) {
            return expected.length == 0;
        }
    }
}
