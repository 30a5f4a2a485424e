package io.plumbline.spi.model;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a cloud says of the health of some pools' members.
///
/// @param askedAt when the question was sent: an answer counts only for registrations made before
public record Health(SortedMap<BackendKey, Status> byBackend, Instant askedAt) {
    public Health {
        byBackend = Collections.unmodifiableSortedMap(new TreeMap<>(byBackend));
    }

    public static Health unknown(Instant askedAt) {
        return new Health(new TreeMap<>(), askedAt);
    }

    /// Empty where the cloud said nothing of it.
    public Optional<Status> of(BackendKey backend) {
        return Optional.ofNullable(byBackend.get(backend));
    }

    /// Healthy, or never checked.
    public boolean serves(BackendKey backend) {
        return of(backend).filter(Status::serves).isPresent();
    }

    /// One member's health.
    public enum Status {
        HEALTHY,
        /// The pool has no health check: whoever is registered serves.
        UNCHECKED,
        /// Not decided yet.
        PROBING,
        UNHEALTHY;

        public boolean serves() {
            return this == HEALTHY || this == UNCHECKED;
        }
    }
}
