package io.plumbline.tencent;

import io.plumbline.spi.model.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One object within a custom object's tree. Reads its fields one by one; what cannot be read is a complaint, and its
/// setting stays unmanaged.
final class Section {
    private final String owner;
    private final String path;
    private final Complaints complaints;
    private final SortedMap<String, Object> values;
    private final TreeSet<String> known = new TreeSet<>();

    /// @param owner of the whole tree, as complaints name it
    /// @param path of this object within the tree
    Section(String owner, String path, Map<?, ?> values, Complaints complaints) {
        this.owner = owner;
        this.path = path;
        this.complaints = complaints;
        this.values = new TreeMap<>();
        values.forEach((key, value) -> {
            if (value != null) {
                this.values.put(String.valueOf(key), value);
            }
        });
    }

    String path() {
        return path;
    }

    boolean has(String name) {
        known.add(name);
        return values.containsKey(name);
    }

    Setting<Boolean> bool(String name) {
        Object value = value(name);
        if (value instanceof Boolean bool) {
            return Setting.managed(bool);
        }
        return value == null ? Setting.unmanaged() : wrong(name, "must be true or false", value);
    }

    Setting<Boolean> requiredBool(String name) {
        if (!has(name)) {
            complain(name, "is missing: set it to true or false");
        }
        return bool(name);
    }

    Setting<Integer> integer(String name, int least, int most) {
        Object value = value(name);
        if (value == null) {
            return Setting.unmanaged();
        }
        Optional<Integer> whole = whole(value).filter(number -> number >= least && number <= most);
        return whole.isPresent()
                ? Setting.of(whole)
                : wrong(name, "must be a whole number from " + least + " to " + most, value);
    }

    Setting<String> oneOf(String name, List<String> allowed) {
        Object value = value(name);
        if (value instanceof String text && allowed.contains(text)) {
            return Setting.managed(text);
        }
        return value == null ? Setting.unmanaged() : wrong(name, "must be " + String.join(" or ", allowed), value);
    }

    /// @param rule what a text must look like, in words
    Setting<String> text(String name, String pattern, String rule) {
        Object value = value(name);
        if (value instanceof String text && text.matches(pattern)) {
            return Setting.managed(text);
        }
        return value == null ? Setting.unmanaged() : wrong(name, rule, value);
    }

    Optional<Section> section(String name) {
        Object value = value(name);
        if (value instanceof Map<?, ?> map) {
            return Optional.of(new Section(owner, path + "." + name, map, complaints));
        }
        if (value != null) {
            wrong(name, "must be an object", value);
        }
        return Optional.empty();
    }

    List<Section> sections(String name) {
        Object value = value(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            wrong(name, "must be a list", value);
            return List.of();
        }
        List<Section> sections = new ArrayList<>();
        for (int index = 0; index < list.size(); index++) {
            if (list.get(index) instanceof Map<?, ?> map) {
                sections.add(new Section(owner, path + "." + name + "[" + index + "]", map, complaints));
            } else {
                wrong(name + "[" + index + "]", "must be an object", String.valueOf(list.get(index)));
            }
        }
        return sections;
    }

    /// Complains of fields that nobody asked for.
    void reportUnknown() {
        values.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name ->
                        complain(name, "is not supported and has no effect; known here: " + String.join(", ", known)));
    }

    void complain(String name, String message) {
        String field = owner + " " + path + "." + name;
        complaints.add(field, message);
    }

    private <T> Setting<T> wrong(String name, String rule, Object value) {
        Object shown = value instanceof String text ? "\"" + text + "\"" : value;
        complain(name, rule + ", not " + shown + "; until then it stays as it is");
        return Setting.unmanaged();
    }

    private @Nullable Object value(String name) {
        return has(name) ? values.get(name) : null;
    }

    private static Optional<Integer> whole(Object value) {
        if (!(value instanceof Number number)) {
            return Optional.empty();
        }
        double exact = number.doubleValue();
        boolean fits = exact == Math.rint(exact) && Math.abs(exact) <= Integer.MAX_VALUE;
        return fits ? Optional.of(number.intValue()) : Optional.empty();
    }
}
