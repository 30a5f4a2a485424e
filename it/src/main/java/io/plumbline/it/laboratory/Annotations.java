package io.plumbline.it.laboratory;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Annotations to set, and keys that must not be there.
public record Annotations(SortedMap<String, String> set, List<String> unset) {
    /// Nothing is to be said.
    public static final Annotations NONE = new Annotations(Collections.emptySortedMap(), List.of());

    public Annotations {
        set = Collections.unmodifiableSortedMap(new TreeMap<>(set));
        unset = List.copyOf(unset);
    }

    /// One to set.
    public static Annotations of(String key, String value) {
        return new Annotations(new TreeMap<>(Map.of(key, value)), List.of());
    }

    /// One that must not be there.
    public static Annotations without(String key) {
        return new Annotations(Collections.emptySortedMap(), List.of(key));
    }

    /// These, and one more to set.
    public Annotations and(String key, String value) {
        TreeMap<String, String> more = new TreeMap<>(set);
        more.put(key, value);
        return new Annotations(more, unset);
    }

    /// Changes those of an object.
    public void applyTo(Map<String, String> annotations) {
        unset.forEach(annotations::remove);
        annotations.putAll(set);
    }
}
