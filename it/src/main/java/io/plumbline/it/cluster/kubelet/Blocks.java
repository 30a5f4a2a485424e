package io.plumbline.it.cluster.kubelet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/// Blocks of loopback addresses `<prefix>.n.0/24`, each claimed by a socket on its address 0, so that several
/// clusters share one machine.
final class Blocks implements AutoCloseable {
    static final int LAST = 254;

    private static final int CLAIM_PORT = 20_001;

    private final String prefix;
    private final List<ServerSocket> claims = new ArrayList<>();
    private int next;

    /// @param prefix for example `127.44`
    Blocks(String prefix, int first) {
        this.prefix = prefix;
        this.next = first;
    }

    /// The number of a block that nobody else has.
    ///
    /// @throws IllegalStateException if none is left on this machine
    synchronized int claim() {
        while (next <= LAST) {
            int candidate = next++;
            try {
                claims.add(new ServerSocket(CLAIM_PORT, 1, InetAddress.ofLiteral(prefix + "." + candidate + ".0")));
                return candidate;
            } catch (IOException anotherClusterHasIt) {
                // The next one may be free.
            }
        }
        throw new IllegalStateException("no addresses " + prefix + ".x.y are left on this machine");
    }

    @Override
    public synchronized void close() {
        for (ServerSocket claim : claims) {
            try {
                claim.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
