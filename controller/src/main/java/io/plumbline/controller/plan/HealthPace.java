package io.plumbline.controller.plan;

import io.plumbline.spi.Capabilities;
import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.Pool;
import java.time.Duration;

/// How fast a pool's health check can tell.
///
/// @param checked false where whoever is registered serves
record HealthPace(boolean checked, Duration interval, int healthyThreshold) {
    static HealthPace of(Pool pool, Capabilities capabilities) {
        HealthCheck check = pool.healthCheck();
        return new HealthPace(
                check.enabled().asOptional().orElse(true),
                check.interval().asOptional().orElse(capabilities.timing().defaultHealthInterval()),
                check.healthyThreshold()
                        .asOptional()
                        .orElse(capabilities.timing().defaultHealthyThreshold()));
    }

    /// From registration until a member can be healthy at the earliest.
    Duration earliest() {
        return interval.multipliedBy(Math.max(0, healthyThreshold - 1));
    }

    /// From registration until a good member is healthy.
    Duration settled() {
        return checked ? interval.multipliedBy(healthyThreshold) : Duration.ZERO;
    }
}
