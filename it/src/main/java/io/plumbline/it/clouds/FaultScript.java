package io.plumbline.it.clouds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// The faults of one cloud, and how many calls each has seen. Thread-safe.
public final class FaultScript {
    private static final Set<String> KEYS = new TreeSet<>(List.of("action", "nth", "do", "code", "ms"));

    private final List<Armed> armed = new ArrayList<>();
    private final Predicate<String> hasCode;

    private static final class Armed {
        final Fault fault;
        int seen;

        Armed(Fault fault) {
            this.fault = fault;
        }
    }

    /// A script without faults.
    ///
    /// @param hasCode whether the cloud's API has an error code
    public FaultScript(Predicate<String> hasCode) {
        this.hasCode = hasCode;
    }

    private void check(Fault fault) {
        fault.code().filter(hasCode.negate()).ifPresent(code -> {
            throw new IllegalArgumentException("the API has no error code " + code);
        });
    }

    /// Replaces all faults; counting starts anew.
    ///
    /// @throws IllegalArgumentException when one has an error code that the API has not; then nothing changes
    public synchronized void set(List<Fault> faults) {
        faults.forEach(this::check);
        armed.clear();
        faults.forEach(fault -> armed.add(new Armed(fault)));
    }

    /// Adds a fault, which counts from now.
    ///
    /// @throws IllegalArgumentException when its error code is one that the API has not
    public synchronized void add(Fault fault) {
        check(fault);
        armed.add(new Armed(fault));
    }

    /// No more faults.
    public synchronized void clear() {
        armed.clear();
    }

    /// Counts one call and says what strikes it: the first fault whose turn it is.
    ///
    /// @param write whether the call changes something, which `*write` matches
    public synchronized Optional<Fault> strike(String action, boolean write) {
        Optional<Fault> struck = Optional.empty();
        for (Armed candidate : armed) {
            if (matches(candidate.fault.action(), action, write)) {
                candidate.seen++;
                boolean turn =
                        candidate.fault.nth().isEmpty() || candidate.fault.nth().getAsInt() == candidate.seen;
                struck = struck.isEmpty() && turn ? Optional.of(candidate.fault) : struck;
            }
        }
        return struck;
    }

    private static boolean matches(String pattern, String action, boolean write) {
        return pattern.equals("*") || (pattern.equals("*write") && write) || pattern.equals(action);
    }

    /// Reads a script: `[{"action":"CreateListener","nth":2,"do":"delay|error|drop|lose|task-
    /// fail|partial","code":"..","ms":..}]`.
    ///
    /// @throws IllegalArgumentException when the text is something else
    public static List<Fault> parse(JsonNode script) {
        if (!script.isArray()) {
            throw new IllegalArgumentException("a fault script is a list");
        }
        List<Fault> faults = new ArrayList<>();
        script.forEach(entry -> faults.add(fault(entry)));
        return List.copyOf(faults);
    }

    private static Fault fault(JsonNode entry) {
        entry.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("unknown key of a fault: " + key);
            }
        });
        if (!entry.path("action").isTextual() || !entry.path("do").isTextual()) {
            throw new IllegalArgumentException("a fault has an action and a do");
        }
        return new Fault(
                entry.path("action").textValue(),
                entry.has("nth") ? OptionalInt.of(entry.path("nth").asInt()) : OptionalInt.empty(),
                kind(entry.path("do").textValue()),
                Optional.ofNullable(entry.path("code").textValue()),
                Duration.ofMillis(entry.path("ms").asLong(0)));
    }

    private static Fault.Kind kind(String name) {
        for (Fault.Kind kind : Fault.Kind.values()) {
            if (name(kind).equals(name)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("unknown fault: " + name);
    }

    private static String name(Fault.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The faults as they are, in the form that `parse` reads, each with the calls it has `seen`.
    public synchronized ArrayNode toJson() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Armed each : armed) {
            ObjectNode node =
                    list.addObject().put("action", each.fault.action()).put("do", name(each.fault.kind()));
            each.fault.nth().ifPresent(nth -> node.put("nth", nth));
            each.fault.code().ifPresent(code -> node.put("code", code));
            node.put("ms", each.fault.delay().toMillis()).put("seen", each.seen);
        }
        return list;
    }
}
