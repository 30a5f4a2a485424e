package io.plumbline.it.cluster.kubelet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Hands out Pod addresses 10.244.a.b, by default each but once.
///
/// A block 10.244.a/24 is claimed by a socket on 127.44.a.0, so that several clusters share one machine.
final class PodAddresses implements AutoCloseable {

    private static final int CLAIM_PORT = 20_001;
    private static final int LAST = 254;

    private final List<ServerSocket> claims = new ArrayList<>();
    private final Deque<String> freed = new ArrayDeque<>();
    private final Set<String> held = new HashSet<>();
    private final Set<String> leaving = new HashSet<>();
    private final Deque<CompletableFuture<String>> waiting = new ArrayDeque<>();
    private boolean reuse;
    private int block;
    private int number = LAST;

    /// From now on a Pod gets the address freed last; while a Pod is leaving, a new one waits for that one's
    /// address.
    synchronized void reuse() {
        reuse = true;
    }

    /// From now on a Pod gets an address that none had before; those that wait get theirs now.
    synchronized void fresh() {
        reuse = false;
        while (!waiting.isEmpty()) {
            String address = next();
            if (!waiting.pop().complete(address)) {
                release(address);
            }
        }
    }

    /// An address, as soon as there is one.
    synchronized CompletableFuture<String> take() {
        if (reuse && leaving.size() > waiting.size()) {
            CompletableFuture<String> later = new CompletableFuture<>();
            waiting.add(later);
            return later;
        }
        if (reuse && !freed.isEmpty()) {
            String address = freed.pop();
            held.add(address);
            return CompletableFuture.completedFuture(address);
        }
        return CompletableFuture.completedFuture(next());
    }

    /// Whether a Pod has this address now.
    synchronized boolean isHeld(String address) {
        return held.contains(address);
    }

    /// The Pod at `address` is terminating.
    synchronized void leaving(String address) {
        leaving.add(address);
    }

    /// Nobody listens at `address` any more.
    synchronized void release(String address) {
        leaving.remove(address);
        boolean given = false;
        while (!given && !waiting.isEmpty()) {
            given = waiting.pop().complete(address);
        }
        if (!given) {
            held.remove(address);
            freed.push(address);
        }
    }

    private String next() {
        if (number == LAST) {
            claimBlock();
            number = 0;
        }
        number++;
        String address = "10.244." + block + "." + number;
        held.add(address);
        return address;
    }

    private void claimBlock() {
        while (block < LAST) {
            block++;
            try {
                claims.add(new ServerSocket(CLAIM_PORT, 1, InetAddress.ofLiteral("127.44." + block + ".0")));
                return;
            } catch (IOException anotherClusterHasIt) {
                // The next one may be free.
            }
        }
        throw new IllegalStateException("no Pod addresses are left on this machine");
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
