package io.plumbline.it.cluster.nodeproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.plumbline.it.clouds.Transport;
import io.plumbline.it.cluster.kubelet.Loopback;
import io.plumbline.it.cluster.kubelet.Machine;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SocketsTest {
    private static final String HOST = "10.0.253.1";
    private static final int NODE_PORT = 30_080;
    private static final Place DOOR = new Place("one", Transport.TCP, NODE_PORT);
    private static final Place UDP_DOOR = new Place("one", Transport.UDP, NODE_PORT);
    private static final Place HEALTH = new Place("one", Transport.TCP, 31_999);
    private static final InetSocketAddress PLACE = place(NODE_PORT);

    private static final AtomicInteger LAST_ADDRESS = new AtomicInteger(100);

    private final List<Closeable> servers = new ArrayList<>();
    private final Sockets sockets = new Sockets(Map.of("one", new Machine("one", HOST, Optional.empty())));

    @AfterEach
    void close() throws IOException {
        sockets.close();
        for (Closeable server : servers) {
            server.close();
        }
    }

    @Test
    void connectionsGoToEachEndpointInTurn() throws IOException {
        Rule.Target a = server("a");
        Rule.Target b = server("b");
        open(DOOR, a, b);
        assertThat(List.of(ask(), ask(), ask(), ask())).containsExactlyInAnyOrder("a", "b", "a", "b");
    }

    @Test
    void anEstablishedConnectionStaysWhereItIs() throws IOException {
        // Given
        Rule.Target a = server("a");
        open(DOOR, a);
        try (Socket kept = connect()) {
            assertThat(say(kept)).isEqualTo("a");

            // When
            open(DOOR, server("b"));

            // Then
            assertThat(ask()).isEqualTo("b");
            assertThat(say(kept)).isEqualTo("a");

            // When
            sockets.bring("web/shop", new TreeMap<>());

            // Then
            assertThatThrownBy(SocketsTest::connect).isInstanceOf(ConnectException.class);
            assertThat(say(kept)).isEqualTo("a");

            // When
            sockets.switchOff("one");

            // Then
            await().untilAsserted(() -> assertThatThrownBy(() -> say(kept)).isInstanceOf(IOException.class));
        }
    }

    @Test
    void aConnectionThatItsEndpointRefusesIsReset() throws IOException {
        // Given
        Rule.Target gone = server("gone");
        servers.getFirst().close();
        open(DOOR, gone);

        // Then
        try (Socket client = connect()) {
            assertThatThrownBy(() -> say(client)).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aClosedPortIsFreeAtOnceAndATakenOneIsTriedAgain() throws IOException {
        Rule.Target a = server("a");
        for (int round = 0; round < 50; round++) {
            open(DOOR, a);
            sockets.bring("web/shop", new TreeMap<>());
            try (ServerSocket free = new ServerSocket(NODE_PORT, 1, PLACE.getAddress())) {
                assertThat(free.isBound()).isTrue();
                assertThat(sockets.bring("web/shop", rules(DOOR, new Rule.Forward(List.of(a)))))
                        .isFalse();
            }
        }
        open(DOOR, a);
        assertThat(ask()).isEqualTo("a");
    }

    @Test
    void datagramsOfAClientStayWithTheirEndpointWhileItIsThere() throws IOException {
        // Given
        Rule.Target a = echo("a");
        Rule.Target b = echo("b");
        open(UDP_DOOR, a, b);
        try (DatagramSocket client = new DatagramSocket()) {
            String first = ask(client);
            assertThat(ask(client)).isEqualTo(first);

            // When
            open(UDP_DOOR, first.equals("a") ? b : a);

            // Then
            assertThat(ask(client)).isNotEqualTo(first);
        }
        sockets.bring("web/shop", new TreeMap<>());
        try (DatagramSocket free = new DatagramSocket(PLACE)) {
            assertThat(free.isBound()).isTrue();
        }
    }

    @Test
    void healthIsAnsweredAsKubeProxyDoes() throws IOException {
        sockets.bring("web/shop", rules(HEALTH, new Rule.Health("web", "shop", 2)));
        try (Socket kept = new Socket()) {
            kept.connect(place(HEALTH.port()));
            assertThat(health(kept)).startsWith("HTTP/1.1 200 OK").contains("\"localEndpoints\": 2");

            sockets.bring("web/shop", rules(HEALTH, new Rule.Health("web", "shop", 0)));
            assertThat(health(kept))
                    .startsWith("HTTP/1.1 503 Service Unavailable")
                    .contains("\"name\": \"shop\"", "\"localEndpoints\": 0");
        }
    }

    private void open(Place place, Rule.Target... targets) {
        assertThat(sockets.bring("web/shop", rules(place, new Rule.Forward(List.of(targets)))))
                .isTrue();
    }

    private static SortedMap<Place, Rule> rules(Place place, Rule rule) {
        return new TreeMap<>(Map.of(place, rule));
    }

    private static InetSocketAddress place(int port) {
        return Loopback.place(HOST, port).orElseThrow();
    }

    private static Socket connect() throws IOException {
        Socket client = new Socket();
        client.setSoTimeout(10_000);
        try {
            client.connect(PLACE);
            return client;
        } catch (IOException refused) {
            client.close();
            throw refused;
        }
    }

    private static String ask() throws IOException {
        try (Socket client = connect()) {
            return say(client);
        }
    }

    /// Each line is answered with the server's name; the end of the connection is an exception.
    private static String say(Socket client) throws IOException {
        client.getOutputStream().write("who?\n".getBytes(StandardCharsets.US_ASCII));
        int read = client.getInputStream().read();
        if (read < 0) {
            throw new SocketException("ended");
        }
        return String.valueOf((char) read);
    }

    private static String ask(DatagramSocket client) throws IOException {
        client.setSoTimeout(10_000);
        client.send(new DatagramPacket(new byte[] {'?'}, 1, PLACE));
        DatagramPacket answer = new DatagramPacket(new byte[10], 10);
        client.receive(answer);
        return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII);
    }

    private static String health(Socket client) throws IOException {
        client.setSoTimeout(10_000);
        client.getOutputStream().write("GET / HTTP/1.1\r\nHost: node\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] answer = new byte[1000];
        int length = 0;
        while (!new String(answer, 0, length, StandardCharsets.US_ASCII).endsWith("\n}")) {
            length += client.getInputStream().read(answer, length, answer.length - length);
        }
        return new String(answer, 0, length, StandardCharsets.US_ASCII);
    }

    private Rule.Target server(String name) throws IOException {
        String address = address();
        ServerSocket server = new ServerSocket(
                8080, 50, InetAddress.ofLiteral(Loopback.host(address).orElseThrow()));
        servers.add(server);
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket client = server.accept();
                    Thread.ofVirtual().start(() -> answerLines(client, name));
                } catch (IOException closed) {
                    // The loop's condition tells.
                }
            }
        });
        return new Rule.Target(address, 8080);
    }

    private static void answerLines(Socket client, String name) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            while (in.readLine() != null) {
                client.getOutputStream().write(name.getBytes(StandardCharsets.US_ASCII)[0]);
            }
        } catch (IOException gone) {
            // The client's affair.
        }
    }

    private Rule.Target echo(String name) {
        String address = address();
        try {
            DatagramSocket server = new DatagramSocket(
                    8080, InetAddress.ofLiteral(Loopback.host(address).orElseThrow()));
            servers.add(server);
            Thread.ofVirtual().start(() -> {
                while (!server.isClosed()) {
                    try {
                        DatagramPacket packet = new DatagramPacket(new byte[10], 10);
                        server.receive(packet);
                        server.send(new DatagramPacket(
                                name.getBytes(StandardCharsets.US_ASCII), name.length(), packet.getSocketAddress()));
                    } catch (IOException closed) {
                        // The loop's condition tells.
                    }
                }
            });
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        return new Rule.Target(address, 8080);
    }

    /// Of its own: a closed socket stays bound until its thread has noticed.
    private static String address() {
        return "10.0.253." + LAST_ADDRESS.incrementAndGet();
    }
}
