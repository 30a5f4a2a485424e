package io.plumbline.it.clouds;

import java.util.Optional;

/// Where the listeners of a simulated cloud carry traffic.
public interface DataPlane extends AutoCloseable {
    /// A virtual address 127.200.x.y that nobody else has.
    String claimAddress();

    /// Opens the pool's listener, or makes an open one follow the pool. Established flows go on.
    void apply(Pool pool);

    /// Closes a listener and cuts its flows. An unknown one is none.
    void remove(String poolId);

    /// Where a listener really listens, for example `127.200.0.1:20080`.
    Optional<String> place(String poolId);

    /// Closes everything. Idempotent.
    @Override
    void close();
}
