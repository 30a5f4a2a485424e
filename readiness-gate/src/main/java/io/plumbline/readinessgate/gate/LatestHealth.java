package io.plumbline.readinessgate.gate;

import io.plumbline.spi.PodRegistrations.Registration;
import io.plumbline.spi.PodRegistrations.State.Registered;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.PoolKey;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The last answer about each pool.
public record LatestHealth(SortedMap<Place, Health> byPlace) {
    public LatestHealth {
        byPlace = Collections.unmodifiableSortedMap(new TreeMap<>(byPlace));
    }

    public static LatestHealth none() {
        return new LatestHealth(new TreeMap<>());
    }

    /// A pool on a load balancer.
    public record Place(LoadBalancerKey loadBalancer, PoolKey pool) implements Comparable<Place> {
        private static final Comparator<Place> ORDER = Comparator.<Place, String>comparing(
                        place -> place.loadBalancer().text())
                .thenComparing(place -> place.pool().text());

        public static Place of(Registration registration) {
            return new Place(registration.loadBalancer(), registration.backend().pool());
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /// What the cloud says of a registration, if it was asked when that could be healthy at all. An answer
    /// to an earlier
    /// question may still speak of whoever had the address before.
    Optional<Health.Status> of(Registration registration, Registered registered) {
        return Optional.ofNullable(byPlace.get(Place.of(registration)))
                .filter(health -> !health.askedAt().isBefore(askableFrom(registration, registered)))
                .flatMap(health -> health.of(registration.backend()));
    }

    /// From when on asking makes sense: registration + (threshold - 1) x interval.
    public static Instant askableFrom(Registration registration, Registered registered) {
        return registered.at().plus(registration.probing().earliest());
    }
}
