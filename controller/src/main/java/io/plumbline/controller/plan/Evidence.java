package io.plumbline.controller.plan;

import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What was read afresh for this decision: by name and not from a cache.
public record Evidence(SortedMap<ObjectKey, FreshRead> objects, SortedMap<PoolKey, FreshHealth> health) {
    public Evidence {
        objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
        health = Collections.unmodifiableSortedMap(new TreeMap<>(health));
    }

    public static Evidence none() {
        return new Evidence(new TreeMap<>(), new TreeMap<>());
    }

    /// Empty where it was not read for this decision.
    public Optional<FreshRead> of(ObjectKey object) {
        return Optional.ofNullable(objects.get(object));
    }

    /// Empty where it was not asked for this decision.
    public Optional<FreshHealth> of(PoolKey pool) {
        return Optional.ofNullable(health.get(pool));
    }

    /// What a read by name brought.
    public sealed interface FreshRead {
        record FreshPod(PodView pod) implements FreshRead {}

        record FreshNode(NodeView node) implements FreshRead {}

        record FreshService(ServiceView service) implements FreshRead {}

        /// The API server says that there is none.
        record NotFound() implements FreshRead {}

        /// No answer: evidence of nothing.
        record Unreadable(String why) implements FreshRead {}
    }

    /// What the cloud said when asked for this decision.
    public sealed interface FreshHealth {
        record Told(Health health) implements FreshHealth {}

        /// No answer: evidence of nothing.
        record Unreadable(String why) implements FreshHealth {}
    }

    /// What a guard wants to know before it lets something pass.
    public sealed interface Question {
        /// An object, read by name.
        record OfObject(ObjectKey object) implements Question {}

        /// The health of a pool's members.
        record OfHealth(PoolKey pool) implements Question {}
    }
}
