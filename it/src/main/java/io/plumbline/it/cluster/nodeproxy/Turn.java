package io.plumbline.it.cluster.nodeproxy;

import io.plumbline.it.cluster.kubelet.Loopback;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// The endpoints of a port, in turn.
final class Turn {
    private final AtomicInteger count = new AtomicInteger();
    private volatile List<Rule.Target> targets = List.of();

    Turn(Rule.Forward rule) {
        follow(rule);
    }

    void follow(Rule rule) {
        targets = switch (rule) {
            case Rule.Forward forward -> forward.targets();
            case Rule.Health _ -> throw new IllegalArgumentException("a node port became a health check port");
        };
    }

    Rule.Target next() {
        List<Rule.Target> now = targets;
        return now.get(Math.floorMod(count.getAndIncrement(), now.size()));
    }

    boolean has(Rule.Target target) {
        return targets.contains(target);
    }

    static Optional<InetSocketAddress> place(Rule.Target target) {
        return Loopback.place(target.address(), target.port());
    }
}
