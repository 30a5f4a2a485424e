package io.plumbline.spi.objects;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// An object of a kind that a cloud brings along, as the tree that JSON gives: maps, lists, strings, numbers,
/// booleans.
public record CustomObject(ObjectKey key, String uid, Map<String, Object> spec) {
    public CustomObject {
        spec = Collections.unmodifiableMap(new LinkedHashMap<>(spec));
    }

    /// A kind of custom object that a dialect reads. It may be absent from a cluster, or come later.
    public record Kind(String group, String version, String plural, String kind) {}
}
