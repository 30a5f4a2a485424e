package io.plumbline.it.clouds.tencent;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// One token bucket per action, filled at the documented rate.
final class Throttle {
    private final Limits limits;
    private final Map<String, Bucket> buckets = new TreeMap<>();

    private record Bucket(double tokens, Instant filledAt) {}

    Throttle(Limits limits) {
        this.limits = limits;
    }

    /// Takes a token or refuses.
    void take(String action, Instant now) {
        if (limits.of(Limit.REQUESTS_PER_SECOND) >= Limit.REQUESTS_PER_SECOND.off()) {
            return;
        }
        double rate = limits.of(Limit.REQUESTS_PER_SECOND);
        Bucket before = buckets.getOrDefault(action, new Bucket(rate, now));
        double seconds = Duration.between(before.filledAt(), now).toNanos() / 1e9;
        double tokens = Math.min(rate, before.tokens() + seconds * rate);
        buckets.put(action, new Bucket(tokens >= 1 ? tokens - 1 : tokens, now));
        Refusal.unless(
                tokens >= 1,
                "RequestLimitExceeded",
                "Your current request times exceed the frequency limit of " + (long) rate + " per second for " + action
                        + ".");
    }
}
