package io.plumbline.it.clouds;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// A data plane without sockets, for virtual time: it remembers what it was told.
public final class VirtualDataPlane implements DataPlane {
    private final Map<String, Pool> pools = new ConcurrentSkipListMap<>();
    private int claimed;

    @Override
    public synchronized String claimAddress() {
        claimed++;
        return "127.200." + claimed / 250 + "." + (1 + claimed % 250);
    }

    @Override
    public void apply(Pool pool) {
        pools.put(pool.id(), pool);
    }

    @Override
    public void remove(String poolId) {
        pools.remove(poolId);
    }

    @Override
    public Optional<String> place(String poolId) {
        return Optional.empty();
    }

    @Override
    public void close() {}

    /// The pools as the data plane knows them now, by id.
    public Map<String, Pool> pools() {
        return Collections.unmodifiableMap(new TreeMap<>(pools));
    }
}
