package io.plumbline.it.clouds.tencent;

import io.plumbline.it.clouds.Limits;
import io.plumbline.it.clouds.TokenBuckets;
import java.time.Instant;

/// One token bucket per action, filled at the documented rate.
final class Throttle {
    private final Limits<Limit> limits;
    private final TokenBuckets buckets = new TokenBuckets();

    Throttle(Limits<Limit> limits) {
        this.limits = limits;
    }

    /// Takes a token or refuses.
    void take(String action, Instant now) {
        if (limits.isOff(Limit.REQUESTS_PER_SECOND)) {
            return;
        }
        double rate = limits.of(Limit.REQUESTS_PER_SECOND);
        Refusal.unless(
                buckets.take(action, rate, rate, now),
                "RequestLimitExceeded",
                "Your current request times exceed the frequency limit of " + (long) rate + " per second for " + action
                        + ".");
    }
}
