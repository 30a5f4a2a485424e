package io.plumbline.controller.plan;

import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired.Place;
import io.plumbline.spi.model.Key;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What has happened to one load balancer in this lease term. A new term begins with nothing.
///
/// @param termStarted when this process became the leader
/// @param registrations the last registration of each member, by us or as we first found it
/// @param highestSizes the most members that each pool had in the last 10 minutes
/// @param partlyEvidenced removals in the last 10 minutes that rested on ContainersReady=False alone
/// @param since when something began: an Await of a pool, a hold of a resource
/// @param statusMoved when the published address last changed to another load balancer
public record History(
        Instant termStarted,
        SortedMap<BackendKey, Registration> registrations,
        SortedMap<PoolKey, Integer> highestSizes,
        List<PartlyEvidenced> partlyEvidenced,
        SortedMap<Key, Instant> since,
        Optional<Instant> statusMoved) {
    public History {
        registrations = Collections.unmodifiableSortedMap(new TreeMap<>(registrations));
        highestSizes = Collections.unmodifiableSortedMap(new TreeMap<>(highestSizes));
        partlyEvidenced = List.copyOf(partlyEvidenced);
        since = Collections.unmodifiableSortedMap(new TreeMap<>(since));
    }

    public static History begin(Instant termStarted) {
        return new History(termStarted, new TreeMap<>(), new TreeMap<>(), List.of(), new TreeMap<>(), Optional.empty());
    }

    /// The UID of the Pod that a member was registered for, if that is remembered.
    public Optional<String> registrant(BackendKey member) {
        return Optional.ofNullable(registrations.get(member)).flatMap(Registration::uid);
    }

    /// When a member was registered, or first seen.
    public Optional<Instant> registeredAt(BackendKey member) {
        return Optional.ofNullable(registrations.get(member)).map(Registration::at);
    }

    /// Whose a registration is and since when.
    ///
    /// @param object the Pod or node, so that its state can be read afresh by name
    /// @param uid of the Pod, empty for a node and for a registration that we only found
    /// @param at when it was made, or first seen
    /// @param pods of the Service on the node, as they were last known; none for a Pod
    public record Registration(Optional<ObjectKey> object, Optional<String> uid, Instant at, List<ObjectKey> pods) {
        public Registration {
            pods = List.copyOf(pods);
        }

        public Registration(Optional<ObjectKey> object, Optional<String> uid, Instant at) {
            this(object, uid, at, List.of());
        }

        /// With what is known now of a candidate: that no Pod is seen on a node is no news.
        public Registration knowing(Place place) {
            return place.pods().isEmpty() ? this : new Registration(object, uid, at, place.pods());
        }
    }

    /// A removal that rested on ContainersReady=False alone.
    public record PartlyEvidenced(PoolKey pool, Instant at) {}
}
