package io.plumbline.it.clouds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.it.clouds.Pool.AtRemoval;
import io.plumbline.it.clouds.Pool.Choice;
import io.plumbline.it.clouds.Pool.Member;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Real connections through real listeners to real backends.
class SocketDataPlaneTest {
    private static final int NOBODYS_PORT = 9;
    private static final int LISTENER = 8101;

    private final SocketDataPlane plane = new SocketDataPlane();
    private final String address = plane.claimAddress();
    private final TestBackend first;
    private final TestBackend second;

    SocketDataPlaneTest() throws IOException {
        first = TestBackend.listen("10.244.201.1");
        second = TestBackend.listen("10.244.201.2");
    }

    @AfterEach
    void close() {
        plane.close();
        first.close();
        second.close();
    }

    @Test
    void weightsShareTheConnections() throws IOException {
        follow(member(first, 20, true), member(second, 10, true));

        Map<String, Integer> answers = new TreeMap<>();
        for (int request = 0; request < 30; request++) {
            answers.merge(ask(), 1, Integer::sum);
        }
        assertThat(answers).containsEntry(first.address, 20).containsEntry(second.address, 10);
    }

    @Test
    void anUnhealthyMemberGetsNothing() throws IOException {
        follow(member(first, 10, true), member(second, 10, false));

        assertThat(answers(20)).containsExactly(first.address);
    }

    @Test
    void whenAllAreUnhealthyAllGetTrafficButWeightZero() throws IOException {
        follow(member(first, 10, false), member(second, 0, false));
        assertThat(answers(10)).containsExactly(first.address);

        follow(member(first, 10, false), member(second, 10, false));
        assertThat(answers(20)).containsExactly(first.address, second.address);
    }

    @Test
    void weightZeroAndRemovalKeepEstablishedFlows() throws IOException {
        follow(member(first, 10, true));
        try (Flow flow = new Flow()) {
            follow(member(first, 0, true), member(second, 10, true));
            assertThat(flow.echo("one")).isEqualTo("one");
            assertThat(answers(10)).containsExactly(second.address);

            follow(member(second, 10, true));
            assertThat(flow.echo("two")).isEqualTo("two");
        }
    }

    @Test
    void removalResetsFlowsWhereTheListenerSaysSo() throws IOException {
        plane.apply(pool(AtRemoval.RESET_FLOWS, member(first, 10, true)));
        try (Flow flow = new Flow()) {
            plane.apply(pool(AtRemoval.RESET_FLOWS, member(second, 10, true)));
            assertThatThrownBy(() -> {
                        flow.echo("lost");
                        flow.echo("lost");
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void theEndOfOneDirectionLeavesTheOtherOpen() throws IOException {
        follow(member(first, 10, true));
        try (Flow flow = new Flow()) {
            flow.socket.shutdownOutput();
            assertThat(flow.reader.readLine()).isEqualTo("bye");
        }
    }

    @Test
    void aRefusingBackendResetsTheClient() throws IOException {
        follow(new Member("10.244.201.9", NOBODYS_PORT, 10, true));

        assertThatThrownBy(this::ask).isInstanceOf(IOException.class);
    }

    @Test
    void anAddressWithoutAPlaceHasNobodyListening() throws IOException {
        follow(new Member("93.184.216.34", NOBODYS_PORT, 10, true));

        assertThatThrownBy(this::ask).isInstanceOf(IOException.class);
    }

    @Test
    void aClientStaysWithItsBackendWhereAffinityIsAsked() throws IOException {
        plane.apply(new Pool(
                "lb/lbl",
                Transport.TCP,
                address,
                LISTENER,
                Choice.WEIGHTED_ROUND_ROBIN,
                Duration.ofMinutes(1),
                AtRemoval.KEEP_FLOWS,
                List.of(member(first, 10, true), member(second, 10, true))));

        assertThat(answers(10)).hasSize(1);
    }

    @Test
    void aThousandNewConnectionsPerSecondAreCarried() throws InterruptedException {
        follow(member(first, 10, true), member(second, 10, true));
        AtomicInteger failed = new AtomicInteger();
        int clients = 20;
        int each = 150;
        long begin = System.nanoTime();
        Thread[] threads = new Thread[clients];
        for (int client = 0; client < clients; client++) {
            threads[client] = Thread.ofVirtual().start(() -> {
                for (int request = 0; request < each; request++) {
                    try {
                        ask();
                    } catch (IOException broken) {
                        failed.incrementAndGet();
                    }
                }
            });
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double perSecond = clients * each / ((System.nanoTime() - begin) / 1e9);

        assertThat(failed).hasValue(0);
        System.err.println("new connections per second: " + Math.round(perSecond));
    }

    @Test
    void datagramsGoThereAndBack() throws IOException {
        try (DatagramSocket pod = new DatagramSocket(TestBackend.freePort("10.244.201.3"));
                DatagramSocket client = new DatagramSocket()) {
            Thread.ofVirtual().start(() -> echoOnce(pod));
            plane.apply(new Pool(
                    "lb/udp",
                    Transport.UDP,
                    address,
                    LISTENER,
                    Choice.WEIGHTED_ROUND_ROBIN,
                    Duration.ZERO,
                    AtRemoval.KEEP_FLOWS,
                    List.of(new Member("10.244.201.3", pod.getLocalPort(), 10, true))));
            byte[] sent = "hello".getBytes(StandardCharsets.US_ASCII);
            client.setSoTimeout(10_000);
            client.send(new DatagramPacket(sent, sent.length, new InetSocketAddress(address, LISTENER)));
            DatagramPacket answer = new DatagramPacket(new byte[100], 100);
            client.receive(answer);

            assertThat(new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII))
                    .isEqualTo("hello");
        }
    }

    private static void echoOnce(DatagramSocket pod) {
        try {
            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            pod.receive(packet);
            pod.send(packet);
        } catch (IOException closed) {
            // The test has ended.
        }
    }

    private Member member(TestBackend backend, int weight, boolean healthy) {
        return new Member(backend.address, backend.port, weight, healthy);
    }

    private void follow(Member... members) {
        plane.apply(pool(AtRemoval.KEEP_FLOWS, members));
    }

    private Pool pool(AtRemoval atRemoval, Member... members) {
        return new Pool(
                "lb/lbl",
                Transport.TCP,
                address,
                LISTENER,
                Choice.WEIGHTED_ROUND_ROBIN,
                Duration.ZERO,
                atRemoval,
                List.of(members));
    }

    private Set<String> answers(int requests) throws IOException {
        Set<String> answers = new TreeSet<>();
        for (int request = 0; request < requests; request++) {
            answers.add(ask());
        }
        return answers;
    }

    private String ask() throws IOException {
        try (Flow flow = new Flow()) {
            return flow.backend;
        }
    }

    /// One connection to the listener.
    private final class Flow implements AutoCloseable {
        final Socket socket = new Socket();
        final BufferedReader reader;
        final String backend;

        Flow() throws IOException {
            socket.connect(new InetSocketAddress(address, LISTENER), 10_000);
            socket.setSoTimeout(10_000);
            reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            backend = line();
        }

        String echo(String text) throws IOException {
            socket.getOutputStream().write((text + "\n").getBytes(StandardCharsets.US_ASCII));
            return line();
        }

        private String line() throws IOException {
            String line = reader.readLine();
            if (line == null) {
                throw new IOException("ended");
            }
            return line;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
