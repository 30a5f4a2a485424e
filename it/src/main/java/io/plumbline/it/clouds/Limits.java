package io.plumbline.it.clouds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The present values of every number of a cloud that can be changed by name. Thread-safe.
///
/// @param <L> the cloud's numbers
public final class Limits<L extends Enum<L> & Limits.Named> {
    private final List<L> all;
    private final Map<L, Long> changed;

    /// A quota, a delay or a rate.
    public interface Named {
        /// The constant's name, for example `LISTENERS_PER_BALANCER`.
        String name();

        /// The value until it is changed.
        long initial();

        /// The value when it is turned off: nothing is limited, nothing takes time.
        default long off() {
            return name().contains("MILLIS") ? 0 : Integer.MAX_VALUE;
        }

        /// The name on the wire, for example `listeners-per-balancer`.
        default String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// The initial values.
    public Limits(Class<L> numbers) {
        this.all = List.of(numbers.getEnumConstants());
        this.changed = new EnumMap<>(numbers);
    }

    /// The value of a limit.
    public synchronized long of(L limit) {
        return changed.getOrDefault(limit, limit.initial());
    }

    /// The value of a limit that is a time.
    public Duration durationOf(L limit) {
        return Duration.ofMillis(of(limit));
    }

    /// Sets a limit.
    ///
    /// @throws IllegalArgumentException when the value is negative
    public synchronized void set(L limit, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(limit.wireName() + " must not be negative");
        }
        changed.put(limit, value);
    }

    /// Whether a limit was taken away.
    public boolean isOff(L limit) {
        return of(limit) == limit.off();
    }

    /// Takes a limit away: it no longer refuses or delays anything.
    public synchronized void turnOff(L limit) {
        changed.put(limit, limit.off());
    }

    /// Changes limits by their wire names; `null` turns one off. Nothing changes when one entry is wrong.
    ///
    /// @throws IllegalArgumentException when a name is unknown or a value is no number
    public void put(JsonNode values) {
        Map<L, Long> parsed = new LinkedHashMap<>();
        values.properties().forEach(entry -> {
            L limit = named(entry.getKey());
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

    private L named(String name) {
        for (L limit : all) {
            if (limit.wireName().equals(name)) {
                return limit;
            }
        }
        throw new IllegalArgumentException("unknown quota: " + name);
    }

    /// All limits by wire name.
    public ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (L limit : all) {
            node.put(limit.wireName(), of(limit));
        }
        return node;
    }
}
