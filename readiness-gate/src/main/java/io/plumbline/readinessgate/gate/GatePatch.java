package io.plumbline.readinessgate.gate;

import io.plumbline.spi.objects.ObjectKey;
import java.util.List;
import java.util.Optional;

/// Conditions to be written into a Pod's status. It is meant for this UID only: a Pod of that name made
/// later must refuse it.
///
/// @param resourceVersion the Pod must not have changed since; set where a condition would become False,
///     so that a gate that opened meanwhile stays open
public record GatePatch(ObjectKey pod, String uid, Optional<String> resourceVersion, List<GateCondition> conditions) {
    public GatePatch {
        conditions = List.copyOf(conditions);
        if (conditions.isEmpty()) {
            throw new IllegalArgumentException("nothing to write to " + pod.text());
        }
        boolean closes = conditions.stream().anyMatch(condition -> !condition.open());
        if (closes && resourceVersion.isEmpty()) {
            throw new IllegalArgumentException("an open gate could be closed: " + pod.text());
        }
    }

    /// Whether all of it opens gates.
    public boolean opens() {
        return conditions.stream().allMatch(GateCondition::open);
    }

    /// One condition.
    public record GateCondition(String type, boolean open, GateReason reason, String message) {}
}
