package io.plumbline.it.cluster.nodeproxy;

import io.plumbline.it.clouds.TcpPair;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A TCP node port: each connection goes to one endpoint and never to a second. One that its endpoint refuses is
/// reset.
final class TcpPort implements OpenPort {
    private static final int CONNECT_MILLIS = 5000;

    private final Turn turn;
    private final Set<TcpPair> flows = ConcurrentHashMap.newKeySet();
    private final Acceptor acceptor;

    private TcpPort(InetSocketAddress place, Rule.Forward rule) throws IOException {
        turn = new Turn(rule);
        acceptor = Acceptor.open(place, this::forward);
    }

    static TcpPort open(InetSocketAddress place, Rule.Forward rule) throws IOException {
        return new TcpPort(place, rule);
    }

    @Override
    public void follow(Rule rule) {
        turn.follow(rule);
    }

    private void forward(Socket client) {
        Optional<Socket> endpoint = Turn.place(turn.next()).flatMap(TcpPort::connect);
        if (endpoint.isEmpty()) {
            TcpPair.reset(client);
            return;
        }
        TcpPair flow = new TcpPair(client, endpoint.get());
        flows.add(flow);
        try {
            flow.splice();
        } finally {
            flows.remove(flow);
        }
    }

    private static Optional<Socket> connect(InetSocketAddress place) {
        Socket endpoint = new Socket();
        try {
            endpoint.connect(place, CONNECT_MILLIS);
            return Optional.of(endpoint);
        } catch (IOException refused) {
            TcpPair.reset(endpoint);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        acceptor.close();
    }

    @Override
    public void cut() {
        flows.forEach(TcpPair::reset);
    }
}
