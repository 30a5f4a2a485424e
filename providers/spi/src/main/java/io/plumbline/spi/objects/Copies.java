package io.plumbline.spi.objects;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// Immutable copies that keep a stable order.
final class Copies {
    private Copies() {}

    static <K extends Comparable<K>, V> SortedMap<K, V> sorted(SortedMap<K, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
