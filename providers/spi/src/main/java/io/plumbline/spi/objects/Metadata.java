package io.plumbline.spi.objects;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/// What every Kubernetes object carries.
///
/// @param deleting `metadata.deletionTimestamp` is set. Its time is not kept: it lies in the future by the grace
///     period, so it may be tested for presence only.
public record Metadata(
        ObjectKey key,
        String uid,
        String resourceVersion,
        long generation,
        Instant created,
        boolean deleting,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        List<String> finalizers) {
    public Metadata {
        labels = Copies.sorted(labels);
        annotations = Copies.sorted(annotations);
        finalizers = List.copyOf(finalizers);
    }

    /// The resource version as a number: it grows with every change of any object, in every API server there is; -1
    /// where it is no number.
    public long version() {
        try {
            return Long.parseLong(resourceVersion);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /// The same object with other labels and annotations.
    public Metadata with(SortedMap<String, String> otherLabels, SortedMap<String, String> otherAnnotations) {
        return new Metadata(
                key, uid, resourceVersion, generation, created, deleting, otherLabels, otherAnnotations, finalizers);
    }
}
