package io.plumbline.it.clouds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A data plane of real sockets on 127.200.x.y. Thread-safe.
///
/// A port below 1024 is bound as it is where that is allowed, else 20000 higher.
public final class SocketDataPlane implements DataPlane {
    private static final int PRIVILEGED = 1024;
    private static final int MOVED_BY = 20000;

    private final VirtualAddresses addresses = new VirtualAddresses();
    private final Map<String, Forwarder> forwarders = new ConcurrentHashMap<>();

    @Override
    public String claimAddress() {
        return addresses.claim();
    }

    @Override
    public void apply(Pool pool) {
        try {
            forwarders.computeIfAbsent(pool.id(), id -> open(pool)).follow(pool);
        } catch (UncheckedIOException taken) {
            // The control plane goes on: its listener exists, and the state names no place for it.
            System.err.println(taken.getMessage() + ": " + taken.getCause());
        }
    }

    @Override
    public void remove(String poolId) {
        Optional.ofNullable(forwarders.remove(poolId)).ifPresent(Forwarder::close);
    }

    @Override
    public Optional<String> place(String poolId) {
        return Optional.ofNullable(forwarders.get(poolId))
                .map(forwarder -> forwarder.place().getHostString() + ":"
                        + forwarder.place().getPort());
    }

    @Override
    public void close() {
        forwarders.keySet().forEach(this::remove);
        addresses.close();
    }

    private static Forwarder open(Pool pool) {
        try {
            return open(pool, pool.port());
        } catch (BindException refused) {
            if (pool.port() >= PRIVILEGED) {
                throw new UncheckedIOException("cannot listen on " + pool.address() + ":" + pool.port(), refused);
            }
            return moved(pool);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Forwarder moved(Pool pool) {
        try {
            return open(pool, pool.port() + MOVED_BY);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot listen for " + pool.address() + ":" + pool.port(), failed);
        }
    }

    private static Forwarder open(Pool pool, int port) throws IOException {
        InetSocketAddress place = new InetSocketAddress(pool.address(), port);
        return switch (pool.transport()) {
            case TCP -> TcpForwarder.open(place, pool);
            case UDP -> UdpForwarder.open(place, pool);
        };
    }
}
