package io.plumbline.controller.loop;

import io.plumbline.controller.apply.Applier;
import io.plumbline.spi.model.LoadBalancerKey;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Everything that is remembered for one lease term and forgotten with it. Each load balancer's part belongs to
/// whoever
/// works on that load balancer.
public final class Term {
    private final Instant started;
    private final Freeze freeze = new Freeze();
    private final ConcurrentMap<LoadBalancerKey, Remembered> remembered = new ConcurrentHashMap<>();

    public Term(Instant started) {
        this.started = started;
    }

    /// What is remembered of one load balancer.
    record Remembered(Applier.Memory memory, HistoryKeeper history, Existence existence) {}

    Remembered of(LoadBalancerKey key) {
        return remembered.computeIfAbsent(
                key, absent -> new Remembered(new Applier.Memory(), new HistoryKeeper(started), new Existence()));
    }

    void forget(LoadBalancerKey key) {
        remembered.remove(key);
    }

    Freeze freeze() {
        return freeze;
    }
}
