package io.plumbline.aliyun;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// When we last wrote to each load balancer: a hint of whose write it is that the cloud is still busy with.
final class OwnWrites {
    /// The cloud is through with a write after one or two seconds.
    private static final Duration LATELY = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final Map<String, Instant> byLoadBalancer = new ConcurrentHashMap<>();

    OwnWrites(InstantSource clock) {
        this.clock = clock;
    }

    void wrote(String loadBalancer) {
        Instant now = clock.instant();
        byLoadBalancer.values().removeIf(at -> at.plus(LATELY).isBefore(now));
        byLoadBalancer.put(loadBalancer, now);
    }

    boolean lately(String loadBalancer) {
        Instant at = byLoadBalancer.get(loadBalancer);
        return at != null && !at.plus(LATELY).isBefore(clock.instant());
    }
}
