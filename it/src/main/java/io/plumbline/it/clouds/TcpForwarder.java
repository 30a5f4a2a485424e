package io.plumbline.it.clouds;

import io.plumbline.it.clouds.Pool.Member;
import io.plumbline.it.cluster.kubelet.Loopback;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Forwards TCP connections, each to one backend and never to a second: like a layer 4 balancer it resets the
/// client when its backend refuses. Two virtual threads per connection.
final class TcpForwarder implements Forwarder {
    private static final long PAUSE_NANOS = 1_000_000;
    private static final Duration UNBINDING = Duration.ofSeconds(5);
    private static final int BACKLOG = 4096;
    private static final int CONNECT_MILLIS = 5000;

    private final ServerSocket server;
    private final InetSocketAddress place;
    private final Rotation rotation = new Rotation();
    private final Set<Flow> flows = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicInteger> connections = new ConcurrentHashMap<>();
    private final Thread accepting;
    private volatile Pool pool;

    private record Flow(String backend, TcpPair pair) {}

    private TcpForwarder(ServerSocket server, InetSocketAddress place, Pool pool) {
        this.server = server;
        this.place = place;
        this.pool = pool;
        this.accepting = Thread.ofVirtual().name("listen " + place).unstarted(this::accept);
    }

    static TcpForwarder open(InetSocketAddress place, Pool pool) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(place, BACKLOG);
        } catch (IOException refused) {
            server.close();
            throw refused;
        }
        TcpForwarder forwarder = new TcpForwarder(server, place, pool);
        forwarder.accepting.start();
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
            flows.stream()
                    .filter(flow -> !left.contains(flow.backend()))
                    .forEach(flow -> flow.pair().reset());
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> forward(client));
            } catch (IOException closedOrAborted) {
                // A client that went away before it was accepted, or our own close: the loop's condition tells which.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void forward(Socket client) {
        Optional<Member> chosen = rotation.choose(pool, client.getInetAddress().getHostAddress(), this::connectionsOf);
        if (chosen.isEmpty()) {
            TcpPair.reset(client);
            return;
        }
        Member member = chosen.get();
        Optional<Socket> backend = connect(member, client);
        if (backend.isEmpty()) {
            TcpPair.reset(client);
            return;
        }
        Flow flow = new Flow(member.name(), new TcpPair(client, backend.get()));
        counter(member.name()).incrementAndGet();
        flows.add(flow);
        try {
            flow.pair().splice();
        } finally {
            flows.remove(flow);
            counter(member.name()).decrementAndGet();
        }
    }

    private Optional<Socket> connect(Member member, Socket client) {
        Optional<InetSocketAddress> target = Loopback.place(member.address(), member.port());
        if (target.isEmpty()) {
            return Optional.empty();
        }
        Socket backend = new Socket();
        try {
            backend.connect(target.get(), CONNECT_MILLIS);
            switch (pool.preamble()) {
                case NONE -> {}
                case PROXY_PROTOCOL_V2 -> backend.getOutputStream().write(ProxyProtocol.header(client));
            }
            return Optional.of(backend);
        } catch (IOException refused) {
            TcpPair.reset(backend);
            return Optional.empty();
        }
    }

    private int connectionsOf(String backend) {
        return counter(backend).get();
    }

    private AtomicInteger counter(String backend) {
        return connections.computeIfAbsent(backend, any -> new AtomicInteger());
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException already) {
            // Nothing is left to close.
        }
        awaitUnbound();
        flows.forEach(flow -> flow.pair().reset());
    }

    /// The JDK keeps a closed socket bound until whoever accepts on it has noticed.
    private void awaitUnbound() {
        try {
            accepting.join(UNBINDING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
