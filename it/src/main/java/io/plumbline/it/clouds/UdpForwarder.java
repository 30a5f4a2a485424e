package io.plumbline.it.clouds;

import io.plumbline.it.clouds.Pool.Member;
import io.plumbline.it.cluster.kubelet.Loopback;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Forwards datagrams. A client address and port is a flow: it keeps its backend until nothing has come back for a
/// minute.
final class UdpForwarder implements Forwarder {
    private static final int IDLE_MILLIS = 60_000;
    private static final int LARGEST = 65_535;

    private final DatagramSocket server;
    private final InetSocketAddress place;
    private final Rotation rotation = new Rotation();
    private final Map<SocketAddress, Flow> flows = new ConcurrentHashMap<>();
    private volatile Pool pool;

    private record Flow(String backend, DatagramSocket socket) {}

    private UdpForwarder(DatagramSocket server, InetSocketAddress place, Pool pool) {
        this.server = server;
        this.place = place;
        this.pool = pool;
    }

    static UdpForwarder open(InetSocketAddress place, Pool pool) throws IOException {
        UdpForwarder forwarder = new UdpForwarder(new DatagramSocket(place), place, pool);
        Thread.ofVirtual().name("listen udp " + place).start(forwarder::receive);
        return forwarder;
    }

    @Override
    public InetSocketAddress place() {
        return place;
    }

    @Override
    public void follow(Pool next) {
        pool = next;
        if (next.atRemoval() == Pool.AtRemoval.RESET_FLOWS) {
            Set<String> left = next.names();
            flows.values().stream()
                    .filter(flow -> !left.contains(flow.backend()))
                    .forEach(flow -> flow.socket().close());
        }
    }

    private void receive() {
        byte[] buffer = new byte[LARGEST];
        while (!server.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                server.receive(packet);
                Optional<Flow> flow = flowOf(packet);
                if (flow.isPresent()) {
                    flow.get().socket().send(new DatagramPacket(buffer, packet.getLength()));
                }
            } catch (IOException dropped) {
                // A datagram may be lost; our own close ends the loop.
            }
        }
    }

    private Optional<Flow> flowOf(DatagramPacket packet) throws IOException {
        SocketAddress client = packet.getSocketAddress();
        Flow known = flows.get(client);
        if (known != null && !known.socket().isClosed()) {
            return Optional.of(known);
        }
        Optional<Member> chosen = rotation.choose(pool, packet.getAddress().getHostAddress(), this::connectionsOf);
        Optional<InetSocketAddress> target = chosen.flatMap(member -> Loopback.place(member.address(), member.port()));
        if (chosen.isEmpty() || target.isEmpty()) {
            return Optional.empty();
        }
        DatagramSocket backend = new DatagramSocket();
        backend.connect(target.get());
        backend.setSoTimeout(IDLE_MILLIS);
        Flow flow = new Flow(chosen.get().name(), backend);
        flows.put(client, flow);
        Thread.ofVirtual().start(() -> answer(client, flow));
        return Optional.of(flow);
    }

    private int connectionsOf(String backend) {
        return (int) flows.values().stream()
                .filter(flow -> flow.backend().equals(backend))
                .count();
    }

    private void answer(SocketAddress client, Flow flow) {
        byte[] buffer = new byte[LARGEST];
        try (DatagramSocket backend = flow.socket()) {
            while (!backend.isClosed()) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                backend.receive(packet);
                server.send(new DatagramPacket(buffer, packet.getLength(), client));
            }
        } catch (SocketTimeoutException idle) {
            flows.remove(client, flow);
        } catch (IOException gone) {
            // Nobody listens at the backend, or the flow was cut: the client's next datagram chooses anew.
            flows.remove(client, flow);
        }
    }

    @Override
    public void close() {
        server.close();
        flows.values().forEach(flow -> flow.socket().close());
    }
}
