package io.plumbline.it.clouds;

import java.net.InetSocketAddress;

/// One listener of the data plane.
sealed interface Forwarder extends AutoCloseable permits TcpForwarder, UdpForwarder {
    /// Works by this pool from now on; established flows go on.
    void follow(Pool pool);

    /// Where it listens.
    InetSocketAddress place();

    /// Closes the socket and cuts all flows. Idempotent.
    @Override
    void close();
}
