package io.plumbline.it.cluster.kubelet;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Hands out Pod addresses 10.244.a.b, by default each but once.
///
/// They come from blocks 10.244.a/24 of its own.
final class PodAddresses implements AutoCloseable {

    private static final int LAST = 254;

    private final Blocks blocks = new Blocks("127.44", 1);
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
            block = blocks.claim();
            number = 0;
        }
        number++;
        String address = "10.244." + block + "." + number;
        held.add(address);
        return address;
    }

    @Override
    public void close() {
        blocks.close();
    }
}
