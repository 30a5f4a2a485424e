package io.plumbline.it.cluster.nodeproxy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A UDP node port. A client's address and port is a flow: it keeps its endpoint while the rule has that, until
/// nothing has come back for a minute.
final class UdpPort implements OpenPort {
    private static final int IDLE_MILLIS = 60_000;
    private static final int LARGEST = 65_535;

    private final DatagramSocket server;
    private final Turn turn;
    private final Map<SocketAddress, Flow> flows = new ConcurrentHashMap<>();
    private final Thread receiving;

    private record Flow(Rule.Target target, DatagramSocket socket) {}

    private UdpPort(DatagramSocket server, Rule.Forward rule) {
        this.server = server;
        this.turn = new Turn(rule);
        this.receiving = Thread.ofVirtual().unstarted(this::receive);
    }

    static UdpPort open(InetSocketAddress place, Rule.Forward rule) throws IOException {
        UdpPort port = new UdpPort(new DatagramSocket(place), rule);
        port.receiving.start();
        return port;
    }

    @Override
    public void follow(Rule rule) {
        turn.follow(rule);
    }

    private void receive() {
        byte[] buffer = new byte[LARGEST];
        while (!server.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                server.receive(packet);
                Optional<Flow> flow = flowOf(packet.getSocketAddress());
                if (flow.isPresent()) {
                    flow.get().socket().send(new DatagramPacket(buffer, packet.getLength()));
                }
            } catch (IOException dropped) {
                // A datagram may be lost; our own close ends the loop.
            }
        }
    }

    /// As kube-proxy, which forgets the flows of an endpoint that has left.
    private Optional<Flow> flowOf(SocketAddress client) throws IOException {
        Flow known = flows.get(client);
        if (known != null && !known.socket().isClosed() && turn.has(known.target())) {
            return Optional.of(known);
        }
        Rule.Target target = turn.next();
        Optional<InetSocketAddress> place = Turn.place(target);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        DatagramSocket socket = new DatagramSocket();
        socket.connect(place.get());
        socket.setSoTimeout(IDLE_MILLIS);
        Flow flow = new Flow(target, socket);
        Flow before = flows.put(client, flow);
        if (before != null) {
            before.socket().close();
        }
        Thread.ofVirtual().start(() -> answer(client, flow));
        return Optional.of(flow);
    }

    private void answer(SocketAddress client, Flow flow) {
        byte[] buffer = new byte[LARGEST];
        try (DatagramSocket endpoint = flow.socket()) {
            while (!server.isClosed()) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                endpoint.receive(packet);
                server.send(new DatagramPacket(buffer, packet.getLength(), client));
            }
        } catch (IOException idleOrUnreachable) {
            // The flow ends; the client's next datagram begins another.
        } finally {
            flows.remove(client, flow);
        }
    }

    /// Without the node's own socket a flow cannot be answered either.
    @Override
    public void close() {
        server.close();
        Threads.join(receiving);
        cut();
    }

    @Override
    public void cut() {
        flows.values().forEach(flow -> flow.socket().close());
    }
}
