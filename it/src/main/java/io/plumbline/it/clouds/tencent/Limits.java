package io.plumbline.it.clouds.tencent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// The present values of every [Limit]. Thread-safe.
public final class Limits {
    private final Map<Limit, Long> changed = new EnumMap<>(Limit.class);

    /// The value of a limit.
    public synchronized long of(Limit limit) {
        return changed.getOrDefault(limit, limit.initial());
    }

    /// The value of a limit that is a time.
    public Duration durationOf(Limit limit) {
        return Duration.ofMillis(of(limit));
    }

    /// Sets a limit.
    ///
    /// @throws IllegalArgumentException when the value is negative
    public synchronized void set(Limit limit, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(limit.wireName() + " must not be negative");
        }
        changed.put(limit, value);
    }

    /// Takes a limit away: it no longer refuses or delays anything.
    public synchronized void turnOff(Limit limit) {
        changed.put(limit, limit.off());
    }

    /// Changes limits by their wire names; `null` turns one off. Nothing changes when one entry is wrong.
    ///
    /// @throws IllegalArgumentException when a name is unknown or a value is no number
    public void put(JsonNode values) {
        Map<Limit, Long> parsed = new LinkedHashMap<>();
        values.properties().forEach(entry -> {
            Limit limit = named(entry.getKey());
            parsed.put(limit, entry.getValue().isNull() ? limit.off() : whole(entry.getValue()));
        });
        parsed.forEach(this::set);
    }

    private static long whole(JsonNode value) {
        if (!value.isIntegralNumber() || value.longValue() < 0) {
            throw new IllegalArgumentException("not a whole number: " + value);
        }
        return value.longValue();
    }

    private static Limit named(String name) {
        for (Limit limit : Limit.values()) {
            if (limit.wireName().equals(name)) {
                return limit;
            }
        }
        throw new IllegalArgumentException("unknown quota: " + name);
    }

    /// All limits by wire name.
    public ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (Limit limit : Limit.values()) {
            node.put(limit.wireName(), of(limit));
        }
        return node;
    }
}
