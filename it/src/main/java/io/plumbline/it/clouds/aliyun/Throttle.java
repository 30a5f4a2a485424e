package io.plumbline.it.clouds.aliyun;

import io.plumbline.it.clouds.Limits;
import io.plumbline.it.clouds.TokenBuckets;
import java.time.Instant;
import java.util.List;

/// One bucket per action, filled at the rate that is documented for its kind (api-slb-2014-05-15-quota: per
/// account, region and API).
final class Throttle {
    private static final List<String> LIGHT = List.of(
            "CreateDomainExtension",
            "DeleteDomainExtension",
            "SetDomainExtensionAttribute",
            "SetLoadBalancerModificationProtection");

    private final Limits<Limit> limits;
    private final TokenBuckets buckets = new TokenBuckets();

    Throttle(Limits<Limit> limits) {
        this.limits = limits;
    }

    /// Takes a token or refuses.
    void take(String action, Instant now) {
        Limit limit = limit(action);
        double number = limits.of(limit);
        boolean perSecond = limit == Limit.TAG_READS_PER_SECOND || limit == Limit.TAG_WRITES_PER_SECOND;
        boolean enough = limits.isOff(limit) || buckets.take(action, number / (perSecond ? 1.0 : 60.0), number, now);
        Refusal.unless(enough, "Throttling.User", "Request was denied due to user flow control.");
    }

    private static Limit limit(String action) {
        if (LIGHT.contains(action)) {
            return Limit.LIGHT_WRITES_PER_MINUTE;
        }
        return switch (action) {
            case "CreateLoadBalancer" -> Limit.CREATIONS_PER_MINUTE;
            case "ListTagResources" -> Limit.TAG_READS_PER_SECOND;
            case "TagResources", "UntagResources" -> Limit.TAG_WRITES_PER_SECOND;
            default -> action.startsWith("Describe") ? Limit.READS_PER_MINUTE : Limit.WRITES_PER_MINUTE;
        };
    }
}
