package io.plumbline.spi.model;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which identifier the cloud has given to what we name by a key. Where pools are inline, a pool's identifier is
/// that of the listener or rule that holds it.
public record Ids(SortedMap<Key, String> byKey) {
    public Ids {
        byKey = Collections.unmodifiableSortedMap(new TreeMap<>(byKey));
    }

    public static Ids none() {
        return new Ids(new TreeMap<>());
    }

    public static Ids of(Key key, String id) {
        return new Collector().put(key, id).collect();
    }

    public Optional<String> id(Key key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /// These, and those of `others`, which win.
    public Ids and(Ids others) {
        TreeMap<Key, String> all = new TreeMap<>(byKey);
        all.putAll(others.byKey);
        return new Ids(all);
    }

    /// Gathers identifiers one by one.
    public static final class Collector {
        private final TreeMap<Key, String> byKey = new TreeMap<>();

        public Collector put(Key key, String id) {
            byKey.put(key, id);
            return this;
        }

        public Ids collect() {
            return new Ids(byKey);
        }
    }
}
