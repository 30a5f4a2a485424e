package io.plumbline.it.cluster.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PodProcessTest {

    private static final int PORT = 18_080;
    private static final String SEPARATOR = " | ";

    private final EventLoop loop = EventLoop.start();
    private final PodAddresses addresses = new PodAddresses();
    private final String address = addresses.take().join();
    private final InetSocketAddress place = Loopback.place(address, PORT).orElseThrow();

    @AfterEach
    void close() {
        loop.close();
        addresses.close();
    }

    @Test
    void requestsOfOneConnectionAreAnsweredInTurn() throws IOException {
        tcp();
        try (Socket socket = connect()) {
            send(
                    socket,
                    "GET /slow?ms=50 HTTP/1.1\r\nHost: a\r\n\r\nPOST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"
                            + "HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n");
            assertThat(all(socket))
                    .isEqualTo(String.join(SEPARATOR, ok(""), "pod-a", ok(""), "pod-a", ok("Connection: close")));
        }
    }

    @Test
    void headMayComeInPieces() throws IOException {
        tcp();
        try (Socket socket = connect()) {
            send(socket, "GET / HTTP/1.1\r\nX: " + "y".repeat(5000));
            send(socket, "\r\nConnection: close\r\n\r\n");
            assertThat(all(socket)).isEqualTo(ok("Connection: close") + SEPARATOR + "pod-a");
        }
    }

    @Test
    void drainingAnswersInFlightAndOneMoreRequestThenEnds() throws Exception {
        PodProcess process = tcp();
        try (Socket inFlight = connect();
                Socket kept = connect()) {
            send(kept, "GET / HTTP/1.1\r\n\r\n");
            assertThat(kept.getInputStream().read()).isEqualTo('H');
            send(inFlight, "GET /sleep/1000 HTTP/1.1\r\n\r\n");

            process.drain();
            assertRefusedSoon();
            assertThat(process.end()).isNotDone();

            send(kept, "GET / HTTP/1.1\r\n\r\n");
            assertThat(all(kept)).endsWith(ok("Connection: close") + SEPARATOR + "pod-a");
            assertThat(all(inFlight)).isEqualTo(ok("Connection: close") + SEPARATOR + "pod-a");
        }
        process.end().get(30, TimeUnit.SECONDS);
    }

    @Test
    void killCutsConnectionsAndFreesThePort() throws Exception {
        PodProcess process = tcp();
        try (Socket socket = connect()) {
            send(socket, "GET / HTTP/1.1\r\n\r\n");
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            process.kill();
            process.end().get(30, TimeUnit.SECONDS);
            assertThat(all(socket)).endsWith("pod-a");
        }
        assertThat(tcp().end()).isNotDone();
    }

    @Test
    void statusCanBeChosen() throws IOException {
        tcp().answer(503);
        try (Socket socket = connect()) {
            send(socket, "GET / HTTP/1.0\r\n\r\n");
            assertThat(all(socket)).startsWith("HTTP/1.1 503 ");
        }
    }

    @Test
    void datagramsComeBack() throws IOException {
        PodProcess.start("pod-a", address, List.of(new PodPort(PodPort.Protocol.UDP, PORT)), loop);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(30_000);
            byte[] ping = "ping".getBytes(StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(ping, ping.length, place));
            DatagramPacket back = new DatagramPacket(new byte[100], 100);
            socket.receive(back);
            assertThat(new String(back.getData(), 0, back.getLength(), StandardCharsets.US_ASCII))
                    .isEqualTo("ping");
        }
    }

    private PodProcess tcp() throws IOException {
        return PodProcess.start("pod-a", address, List.of(new PodPort(PodPort.Protocol.TCP, PORT)), loop);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(place.getAddress(), place.getPort());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private void assertRefusedSoon() {
        await().untilAsserted(() -> assertThatThrownBy(this::connectOnce).isInstanceOf(ConnectException.class));
    }

    private void connectOnce() throws IOException {
        connect().close();
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String ok(String connection) {
        return String.join(
                        SEPARATOR,
                        "HTTP/1.1 200 Simulated",
                        "Content-Type: text/plain",
                        "Content-Length: 6",
                        connection)
                + (connection.isEmpty() ? "" : SEPARATOR);
    }

    private static String all(Socket socket) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
        }
        return String.join(SEPARATOR, lines);
    }
}
