package io.plumbline.controller.snapshot;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.Metadata;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads single fields of Kubernetes objects; an absent one becomes a value.
final class Fields {
    private Fields() {}

    /// Name, UID, labels and the like of any object; a creation time that is absent or cannot be read is
    /// the epoch.
    static Metadata metadata(HasMetadata object) {
        ObjectMeta meta = Optional.ofNullable(object.getMetadata()).orElseGet(ObjectMeta::new);
        return new Metadata(
                new ObjectKey(or(object.getKind(), ""), or(meta.getNamespace(), ""), or(meta.getName(), "")),
                or(meta.getUid(), ""),
                or(meta.getResourceVersion(), ""),
                Optional.ofNullable(meta.getGeneration()).orElse(0L),
                instant(meta.getCreationTimestamp()),
                meta.getDeletionTimestamp() != null,
                sorted(meta.getLabels()),
                sorted(meta.getAnnotations()),
                all(meta.getFinalizers()).toList());
    }

    /// SCTP, which no load balancer here serves, is none.
    static Optional<Transport> transport(@Nullable String protocol) {
        return switch (or(protocol, "TCP")) {
            case "TCP" -> Optional.of(Transport.TCP);
            case "UDP" -> Optional.of(Transport.UDP);
            default -> Optional.empty();
        };
    }

    static Instant instant(@Nullable String time) {
        try {
            return time == null ? Instant.EPOCH : OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    static String or(@Nullable String text, String otherwise) {
        return text == null || text.isEmpty() ? otherwise : text;
    }

    static <T> Stream<T> all(@Nullable Collection<T> items) {
        return items == null ? Stream.empty() : items.stream();
    }

    static SortedMap<String, String> sorted(@Nullable Map<String, String> map) {
        SortedMap<String, String> sorted = new TreeMap<>();
        if (map != null) {
            map.forEach((name, value) -> sorted.put(name, or(value, "")));
        }
        return sorted;
    }
}
