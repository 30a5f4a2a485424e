package io.plumbline.controller.plan;

import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Capabilities.Pools;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Claimant;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Instant;

/// Everything that a plan follows from.
record Situation(
        Desired desired, Actual actual, Health health, Capabilities capabilities, Instant now, History history) {

    /// Pools have no entry of their own: they are made, changed and removed with their listener or rule.
    boolean inline() {
        return capabilities.pools() == Pools.INLINE;
    }

    /// The object that answers for the load balancer itself.
    ObjectKey owner() {
        return desired.claimants().getFirst().mark().object();
    }

    /// Whether this object consents to a part of its own being made anew.
    boolean replaceAllowed(ObjectKey object) {
        return desired.claimants().stream()
                .filter(claimant -> claimant.mark().object().equals(object))
                .anyMatch(Claimant::replaceAllowed);
    }
}
