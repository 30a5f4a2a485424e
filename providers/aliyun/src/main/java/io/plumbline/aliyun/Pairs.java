package io.plumbline.aliyun;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Names and what belongs to each: tags, or the certificates of further domains.
record Pairs(SortedMap<String, String> byName) {
    Pairs {
        byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
    }

    static Pairs none() {
        return new Pairs(new TreeMap<>());
    }

    /// Those that `other` does not have, or has otherwise.
    SortedMap<String, String> beyond(Pairs other) {
        TreeMap<String, String> beyond = new TreeMap<>(byName);
        beyond.entrySet().removeAll(other.byName.entrySet());
        return beyond;
    }

    /// As plans and messages show them.
    @Override
    public String toString() {
        return byName.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + pair.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
