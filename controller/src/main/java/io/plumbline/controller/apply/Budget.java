package io.plumbline.controller.apply;

import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Outcome;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/// How many calls we make, for each action by itself, as the clouds count them.
///
/// Nobody sleeps here: who finds no permission is told when to come again and is remembered by how
/// urgent he is. When permissions are there again they are kept for the more urgent ones that are due,
/// so a register never takes the place of a deregister.
public final class Budget implements CallGate {
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Rates rates;
    private final LongSupplier nanoTime;
    private final MeterRegistry meters;
    private final ConcurrentMap<String, Bucket> buckets = new ConcurrentHashMap<>();

    /// @param nanoTime the time that limits are counted in
    public Budget(Rates rates, LongSupplier nanoTime, MeterRegistry meters) {
        this.rates = rates;
        this.nanoTime = nanoTime;
        this.meters = meters;
    }

    /// Calls per second of one action that we allow ourselves.
    public record Rates(double writesPerSecond, double readsPerSecond) {
        /// A share of what the cloud documents.
        public Rates share(double share) {
            return new Rates(writesPerSecond * share, readsPerSecond * share);
        }
    }

    @Override
    public Permission ask(String action, Sort sort) {
        Permission permission = buckets.computeIfAbsent(action, name -> new Bucket(limiter(name, rate(sort))))
                .ask(sort, nanoTime.getAsLong());
        String answer = permission instanceof Permission.Go ? "sent" : "deferred";
        meters.counter("plumbline.cloud.calls", "action", action, "answer", answer)
                .increment();
        return permission;
    }

    private double rate(Sort sort) {
        return switch (sort) {
            case DEREGISTER, REGISTER, CREATE -> rates.writesPerSecond;
            case HEALTH, READ, POLL -> rates.readsPerSecond;
        };
    }

    private AtomicRateLimiter limiter(String name, double perSecond) {
        boolean slow = perSecond < 1;
        RateLimiterConfig config = RateLimiterConfig.custom()
                .limitForPeriod(slow ? 1 : (int) perSecond)
                .limitRefreshPeriod(Duration.ofNanos(slow ? (long) (1e9 / perSecond) : 1_000_000_000L))
                .timeoutDuration(Duration.ZERO)
                .build();
        return new AtomicRateLimiter(name, config, nanoTime::getAsLong);
    }

    /// One action's permissions, and who waits for them.
    private static final class Bucket {
        private final AtomicRateLimiter limiter;
        private final PriorityQueue<Claim> claims =
                new PriorityQueue<>(Comparator.comparing(Claim::sort).thenComparingLong(Claim::dueNanos));

        private Bucket(AtomicRateLimiter limiter) {
            this.limiter = limiter;
        }

        private synchronized Permission ask(Sort sort, long now) {
            claims.removeIf(claim -> now - claim.dueNanos > GRACE.toNanos());
            long ahead = claims.stream()
                    .filter(claim -> claim.sort.compareTo(sort) < 0)
                    .count();
            boolean room = ahead == 0 || limiter.getMetrics().getAvailablePermissions() > ahead;
            takeBackClaim(sort, now);
            if (room && limiter.acquirePermission(1)) {
                return Permission.GO;
            }
            return comeAgain(sort, now, ahead);
        }

        /// Who asks when a claim of his sort is due has been waiting: it is his, and he has no place any
        /// more.
        private void takeBackClaim(Sort sort, long now) {
            claims.stream()
                    .filter(claim -> claim.sort == sort && claim.dueNanos <= now)
                    .findFirst()
                    .ifPresent(claims::remove);
        }

        private Permission comeAgain(Sort sort, long now, long ahead) {
            RateLimiterConfig config = limiter.getRateLimiterConfig();
            long before =
                    ahead + claims.stream().filter(claim -> claim.sort == sort).count();
            Duration refresh = Duration.ofNanos(limiter.getDetailedMetrics().getNanosToWait());
            Duration wait = config.getLimitRefreshPeriod()
                    .multipliedBy(before / config.getLimitForPeriod())
                    .plus(refresh.isZero() ? config.getLimitRefreshPeriod() : refresh)
                    .plusMillis(1);
            claims.add(new Claim(sort, now + wait.toNanos()));
            return new Permission.NotNow(
                    new Outcome.Retry(wait, Outcome.Why.THROTTLED, "our own budget for this call is used up"));
        }
    }

    private record Claim(Sort sort, long dueNanos) {}
}
