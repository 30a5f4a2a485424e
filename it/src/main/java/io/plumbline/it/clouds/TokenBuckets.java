package io.plumbline.it.clouds;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// Token buckets by name, each full at first. Not thread-safe: the cloud's lock guards it.
public final class TokenBuckets {
    private final Map<String, Bucket> buckets = new TreeMap<>();

    private record Bucket(double tokens, Instant filledAt) {}

    /// Takes a token of a bucket; false when it has none.
    ///
    /// @param perSecond how fast it fills
    /// @param capacity how much it holds
    public boolean take(String name, double perSecond, double capacity, Instant now) {
        Bucket before = buckets.getOrDefault(name, new Bucket(capacity, now));
        double seconds = Duration.between(before.filledAt(), now).toNanos() / 1e9;
        double tokens = Math.min(capacity, before.tokens() + seconds * perSecond);
        boolean enough = tokens >= 1;
        buckets.put(name, new Bucket(enough ? tokens - 1 : tokens, now));
        return enough;
    }
}
