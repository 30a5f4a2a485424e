package io.plumbline.controller.apply;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.plumbline.spi.CallGate.Sort;
import io.plumbline.spi.model.LoadBalancerKey;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// The permissions of calls that are counted together, and who waits for them. One thread at a time.
///
/// Permissions that are there are kept for the more urgent ones that are due. Who only verifies leaves
/// half of what there can be to those who will act.
final class Line {
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final long most;
    private final LongSupplier nanoTime;
    private final Bucket permissions;
    private final PriorityQueue<Claim> claims =
            new PriorityQueue<>(Comparator.comparing(Claim::sort).thenComparingLong(Claim::dueNanos));

    /// @param most how many are there after a long rest
    Line(double perSecond, long most, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.most = most;
        this.nanoTime = nanoTime;
        this.permissions = Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(most)
                        .refillGreedy(1, Duration.ofNanos((long) (NANOS / perSecond)))
                        .build())
                .withCustomTimePrecision(new Clock(nanoTime))
                .build();
    }

    /// Who waits for how many calls, and until when.
    ///
    /// @param reader whose reading it is that is to begin; empty for any other call
    private record Claim(Sort sort, long calls, Optional<LoadBalancerKey> reader, long dueNanos) {}

    /// How long somebody must wait who wants so many calls; empty where they may be made now. Nothing is taken yet.
    ///
    /// @param reader as in a claim
    Optional<Duration> ask(Sort sort, long calls, Optional<LoadBalancerKey> reader) {
        long now = nanoTime.getAsLong();
        claims.removeIf(claim -> now - claim.dueNanos > GRACE.toNanos());
        long ahead = sum(claim -> claim.sort.compareTo(sort) < 0);
        takeBackClaim(sort, reader, now);
        long kept = ahead + (sort == Sort.VERIFY ? most / 2 : 0);
        long needed = kept + Math.max(1, Math.min(calls, most - kept));
        return permissions.getAvailableTokens() >= needed
                ? Optional.empty()
                : Optional.of(comeAgain(sort, calls, reader, needed));
    }

    /// Calls that are made, whether there is permission or not: what is owed is paid before the next.
    void take(long calls) {
        if (calls > 0) {
            permissions.consumeIgnoringRateLimits(calls);
        }
    }

    /// Who asks again has no place any more. Nobody knows who makes a single call: a claim that is due is taken for
    /// his.
    private void takeBackClaim(Sort sort, Optional<LoadBalancerKey> reader, long now) {
        claims.stream()
                .filter(claim -> claim.sort == sort && claim.reader.equals(reader))
                .filter(claim -> reader.isPresent() || claim.dueNanos <= now)
                .findFirst()
                .ifPresent(claims::remove);
    }

    private Duration comeAgain(Sort sort, long calls, Optional<LoadBalancerKey> reader, long needed) {
        double missing = needed + sum(claim -> claim.sort == sort) - permissions.getAvailableTokens();
        Duration wait = Duration.ofNanos((long) (missing / perSecond * NANOS)).plusMillis(1);
        claims.add(new Claim(sort, calls, reader, nanoTime.getAsLong() + wait.toNanos()));
        return wait;
    }

    private long sum(Predicate<Claim> which) {
        return claims.stream().filter(which).mapToLong(Claim::calls).sum();
    }

    private record Clock(LongSupplier nanoTime) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanoTime.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
