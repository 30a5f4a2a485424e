package io.plumbline.controller.loop;

import io.plumbline.spi.objects.Metadata;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A change of a Service's finalizer and annotations, in one write.
///
/// @param annotations what each key becomes; empty takes it away
public record ServiceEdit(Finalizer finalizer, SortedMap<String, Optional<String>> annotations) {
    public ServiceEdit {
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    /// What becomes of our finalizer.
    public enum Finalizer {
        PRESENT,
        ABSENT
    }

    /// Whether an object with this metadata would stay as it is.
    public boolean changesNothing(Metadata metadata, String finalizerName) {
        boolean there = metadata.finalizers().contains(finalizerName);
        return there == (finalizer == Finalizer.PRESENT)
                && annotations.entrySet().stream()
                        .allMatch(entry -> Optional.ofNullable(
                                        metadata.annotations().get(entry.getKey()))
                                .equals(entry.getValue()));
    }
}
