package io.plumbline.readinessgate.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What gates are decided by, beside the Pod itself.
///
/// @param syncedSince since when the controller's view of the cluster is whole; before that only health
///     opens a gate
public record GateFacts(LatestHealth health, Optional<Instant> syncedSince, Instant now) {
    boolean passed(Optional<Instant> since, Duration wait) {
        return since.filter(start -> !now.isBefore(start.plus(wait))).isPresent();
    }
}
