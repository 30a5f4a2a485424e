package io.plumbline.spi.model;

import io.plumbline.spi.change.Reason;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A load balancer as it is wanted, merged from every object that claims a part of it.
///
/// @param claimants every object that takes part, oldest first; the first owns a managed load balancer
/// @param loadBalancer empty where it shall not exist
/// @param listeners one entry for each port, with everybody who wants it
/// @param fate what becomes of it and of its parts
/// @param problems what the claimants must be told; nothing in here is held back by them any more
public record Desired(
        LoadBalancerKey key,
        List<Claimant> claimants,
        Optional<LoadBalancer> loadBalancer,
        List<ListenerClaims> listeners,
        List<Rule> rules,
        List<DesiredPool> pools,
        List<AccessList> accessLists,
        List<Certificate> certificates,
        Fate fate,
        List<Problem> problems) {
    public Desired {
        claimants = List.copyOf(claimants);
        listeners = List.copyOf(listeners);
        rules = List.copyOf(rules);
        pools = List.copyOf(pools);
        accessLists = List.copyOf(accessLists);
        certificates = List.copyOf(certificates);
        problems = List.copyOf(problems);
    }

    /// Whether somebody publishes an address that is bound to the load balancer.
    public boolean publishesBoundAddress() {
        return claimants.stream()
                .anyMatch(claimant -> !claimant.released() && claimant.publishing() instanceof Publishing.BoundAddress);
    }

    /// Why the load balancer is wanted as it is.
    public enum Fate {
        /// Its owner lives and wants it.
        WANTED,
        /// Its owner is being deleted, or asks for none any more: freshly read by the shell before anything goes.
        RELEASED,
        /// Another one, its replacement, has taken its place: it goes, once its address is published no more.
        RETIRED,
        /// Nothing is to be done with it, whatever it looks like (the user said so, or there is nothing valid to
        /// do).
        UNTOUCHED
    }

    /// An object that claims a part of the load balancer.
    ///
    /// @param replaceAllowed it consents to a new load balancer where a change needs one
    /// @param released it is being deleted or no longer wants a load balancer: its parts go, those of the others
    ///     stay
    /// @param liftsProtection it says itself whether the load balancer is protected from deletion, so that such a
    ///     protection is ours and is lifted
    /// @param publishing what its status shows
    public record Claimant(
            Mark mark,
            Instant created,
            boolean replaceAllowed,
            boolean released,
            boolean liftsProtection,
            Publishing publishing) {
        public Claimant(Mark mark, Instant created, boolean replaceAllowed, boolean released) {
            this(mark, created, replaceAllowed, released, false);
        }

        /// One that shows the load balancer's own addresses.
        public Claimant(Mark mark, Instant created, boolean replaceAllowed, boolean released, boolean liftsProtection) {
            this(mark, created, replaceAllowed, released, liftsProtection, new Publishing.OwnAddress());
        }
    }

    /// What the status of a claimant shows, once there is something behind it.
    public sealed interface Publishing {
        /// The load balancer's own addresses.
        record OwnAddress() implements Publishing {}

        /// Those that its user has bound to it; none of its own.
        record BoundAddress() implements Publishing {}

        /// A name of the user's own, instead of any address. Where it leads is the user's business.
        record Hostname(String name) implements Publishing {}
    }

    /// A port, and who wants it, oldest claimant first.
    public record ListenerClaims(ListenerKey key, List<ListenerClaim> claims) {
        public ListenerClaims {
            claims = List.copyOf(claims);
            if (claims.isEmpty()) {
                throw new IllegalArgumentException(key.text() + " is claimed by nobody");
            }
        }

        /// The same claimants, each with its listener changed.
        public ListenerClaims each(UnaryOperator<Listener> change) {
            return new ListenerClaims(
                    key,
                    claims.stream()
                            .map(claim -> new ListenerClaim(claim.mark(), change.apply(claim.listener())))
                            .toList());
        }
    }

    /// A listener as one claimant wants it.
    public record ListenerClaim(Mark mark, Listener listener) {}

    /// A pool and everybody who might be a member, sorted by key.
    public record DesiredPool(Pool pool, List<Candidate> candidates) {
        public DesiredPool {
            candidates = List.copyOf(candidates);
        }
    }

    /// A possible member, and what is wanted of it.
    ///
    /// @param backend as it should be registered; the weight is that of a member that is not draining
    /// @param object the Pod or node behind it, whose fresh state is the evidence for or against it
    /// @param gateWaits its Pod has a load-balancer gate that is not True yet: a registration that nobody remembers
    ///     is then taken for that of an earlier Pod with the same address
    /// @param place where it is
    public record Candidate(
            Backend backend, Optional<ObjectKey> object, Intent intent, Reason reason, boolean gateWaits, Place place) {
        public Candidate(Backend backend, Optional<ObjectKey> object, Intent intent, Reason reason) {
            this(backend, object, intent, reason, false, Place.UNKNOWN);
        }

        /// The same, registered otherwise.
        public Candidate with(Backend normalized) {
            return new Candidate(normalized, object, intent, reason, gateWaits, place);
        }
    }

    /// Where a candidate is.
    ///
    /// @param zone of its node; empty where that is not known
    /// @param pods of the Service on it, where it is a node; sorted
    public record Place(String zone, List<ObjectKey> pods) {
        public static final Place UNKNOWN = new Place("", List.of());

        public Place {
            pods = List.copyOf(pods);
        }
    }

    /// What is wanted of a candidate; the planner resolves it against [Actual].
    public enum Intent {
        /// Becomes and stays a member.
        REGISTER,
        /// Stays a member if it is one; is not added.
        KEEP,
        /// Gets no new connections, keeps those it has, and stays until it is gone.
        DRAIN,
        /// Is no member.
        REMOVE
    }

    /// Something that a person must be told.
    ///
    /// @param object whose user can mend it, `namespace/name`
    /// @param field the field or annotation, `spec.ports[1].targetPort`
    /// @param message what is wrong and what to change, in a sentence
    /// @param reason of the condition, in the form of a Kubernetes reason (`NotDirect`)
    public record Problem(ObjectKey object, String field, String message, String reason)
            implements Comparable<Problem> {
        /// Reason of a problem that has no special one.
        public static final String INVALID = "Invalid";

        public Problem(ObjectKey object, String field, String message) {
            this(object, field, message, INVALID);
        }

        @Override
        public int compareTo(Problem other) {
            return Comparator.comparing(Problem::object)
                    .thenComparing(Problem::field)
                    .thenComparing(Problem::message)
                    .compare(this, other);
        }
    }
}
