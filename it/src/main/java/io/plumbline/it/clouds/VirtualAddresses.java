package io.plumbline.it.clouds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/// Hands out addresses 127.200.x.y. Each x belongs to one process at a time, which holds a socket on 127.200.x.0 to
/// show it, so that simulations on one machine do not meet.
final class VirtualAddresses implements AutoCloseable {
    private static final int CLAIM_PORT = 19999;
    private static final int PER_BLOCK = 250;

    private final List<ServerSocket> claims = new ArrayList<>();
    private int block = -1;
    private int used = PER_BLOCK;

    synchronized String claim() {
        if (used == PER_BLOCK) {
            claimBlock();
        }
        used++;
        return "127.200." + block + "." + used;
    }

    private void claimBlock() {
        for (int next = block + 1; next < 256; next++) {
            if (claimed(next)) {
                block = next;
                used = 0;
                return;
            }
        }
        throw new IllegalStateException("no virtual address 127.200.x.y is left");
    }

    private boolean claimed(int candidate) {
        try {
            ServerSocket claim = new ServerSocket();
            claim.setReuseAddress(true);
            try {
                claim.bind(new InetSocketAddress("127.200." + candidate + ".0", CLAIM_PORT), 1);
            } catch (IOException taken) {
                claim.close();
                return false;
            }
            claims.add(claim);
            return true;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public synchronized void close() {
        for (ServerSocket claim : claims) {
            try {
                claim.close();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
        claims.clear();
    }
}
