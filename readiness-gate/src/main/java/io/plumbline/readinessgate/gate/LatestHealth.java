package io.plumbline.readinessgate.gate;

import io.plumbline.spi.PodRegistrations.Registration;
import io.plumbline.spi.PodRegistrations.State.Registered;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.PoolKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The last answer about each pool. It is only looked up, never listed, so its order does not matter.
public record LatestHealth(Map<Place, Health> byPlace) {
    public LatestHealth {
        byPlace = Map.copyOf(byPlace);
    }

    public static LatestHealth none() {
        return new LatestHealth(Map.of());
    }

    /// A pool on a load balancer.
    public record Place(LoadBalancerKey loadBalancer, PoolKey pool) {
        public static Place of(Registration registration) {
            return new Place(registration.loadBalancer(), registration.backend().pool());
        }
    }

    /// This, with a newer answer about some pools of a load balancer.
    public LatestHealth and(LoadBalancerKey loadBalancer, List<PoolKey> pools, Health answer) {
        Map<Place, Health> all = new HashMap<>(byPlace);
        pools.forEach(pool -> all.put(new Place(loadBalancer, pool), answer));
        return new LatestHealth(all);
    }

    /// This, without pools that nobody waits for.
    public LatestHealth only(List<Waiter> waiters) {
        Set<Place> awaited = waiters.stream()
                .flatMap(waiter -> waiter.awaited().stream())
                .map(Place::of)
                .collect(Collectors.toSet());
        Map<Place, Health> kept = new HashMap<>(byPlace);
        kept.keySet().retainAll(awaited);
        return new LatestHealth(kept);
    }

    /// When the newest of the answers about these registrations was asked for.
    public Optional<Instant> newest(List<Registration> registrations) {
        return registrations.stream()
                .flatMap(registration -> Optional.ofNullable(byPlace.get(Place.of(registration))).stream())
                .map(Health::askedAt)
                .max(Instant::compareTo);
    }

    /// What the cloud says of a registration, if it was asked when that could be healthy at all. An
    /// answer to an earlier question may still speak of whoever had the address before.
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
