package io.plumbline.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.it.cluster.Waiting;
import io.plumbline.it.cluster.kubelet.Loopback;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// One datagram after the other, each from a port that was not used before: to a load balancer the same port is the
/// same flow, which keeps its backend for a minute. The next is sent when the answer is there.
final class Datagrams implements AutoCloseable {
    private static final int ANSWERED_WITHIN_MILLIS = 5000;
    private static final long PAUSE_MILLIS = 20;
    private static final int MANY = 50;
    private static final String CLIENT = "127.0.1.1";
    private static final int FIRST_PORT = 20_000;

    private final InetSocketAddress place;
    private final AtomicLong answered = new AtomicLong();
    private final List<Instant> lost = new CopyOnWriteArrayList<>();
    private final Thread sender;
    private int nextPort = FIRST_PORT;

    private Datagrams(InetSocketAddress place) {
        this.place = place;
        this.sender = Thread.ofVirtual().unstarted(this::send);
    }

    /// Begins, and returns when they are answered.
    static Datagrams to(String vip, int port) {
        Datagrams datagrams = new Datagrams(Loopback.place(vip, port).orElseThrow());
        datagrams.sender.start();
        datagrams.flowOn();
        return datagrams;
    }

    /// Waits until many more were answered, and checks that none was lost so far.
    void flowOn() {
        long before = answered.get();
        Waiting.until("datagrams to be answered", Example.LIMIT, () -> answered.get() > before + MANY);
        assertThat(lost).isEmpty();
    }

    private void send() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                ask();
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (IOException broken) {
            lost.add(Instant.now());
        }
    }

    private void ask() throws IOException {
        byte[] text = "who is there".getBytes(StandardCharsets.US_ASCII);
        Instant begin = Instant.now();
        try (DatagramSocket socket = onFreshPort()) {
            socket.setSoTimeout(ANSWERED_WITHIN_MILLIS);
            socket.send(new DatagramPacket(text, text.length, place));
            socket.receive(new DatagramPacket(new byte[text.length], text.length));
            answered.incrementAndGet();
        } catch (SocketTimeoutException silence) {
            lost.add(begin);
        }
    }

    private DatagramSocket onFreshPort() throws IOException {
        while (true) {
            try {
                return new DatagramSocket(new InetSocketAddress(CLIENT, nextPort++));
            } catch (BindException taken) {
                // Somebody else's: the next one.
            }
        }
    }

    @Override
    public void close() {
        sender.interrupt();
    }
}
