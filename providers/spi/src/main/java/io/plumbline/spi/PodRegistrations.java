package io.plumbline.spi;

import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.objects.PodView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// What the controller knows of Pods and of the pools that they belong to. It only tells, and decides nothing about
/// readiness. Answers come from memory, at once, from any thread, and never throw; [#selects] alone may read
/// afresh.
public interface PodRegistrations {
    /// Since when every informer that feeds these answers has synced in this lease term; empty before
    /// that.
    Optional<Instant> syncedSince();

    /// Pods with a readiness gate (of any type) that is not open, neither terminal nor being deleted,
    /// sorted by key.
    List<PodView> waiting();

    /// Pods that a direct Service of ours selects, in namespaces that ask for the gate, and that carry no
    /// load-balancer gate: they became Ready, or will, without their load balancer. Sorted by key.
    List<PodView> ungated();

    /// Where a Pod stands. It is asked by the whole Pod since a registration belongs to a UID: a Pod of
    /// the same name or address made later has none of its predecessor's.
    Standing standing(PodView pod);

    /// Whether a Service that is ours, has direct backends and is not being deleted selects Pods with
    /// these labels.
    ///
    /// A Pod often comes milliseconds after its Service. So "no" from memory is confirmed by a fresh read of the
    /// namespace's Services, within half a second; where that fails the answer is [Selected#UNKNOWN].
    Selected selects(String namespace, SortedMap<String, String> labels);

    /// Whether a direct Service of ours selects Pods with some labels.
    enum Selected {
        YES,
        NO,
        /// It could not be read in time.
        UNKNOWN
    }

    /// Where a Pod stands.
    ///
    /// @param selection which Services of ours select it
    /// @param othersToo a Service of type LoadBalancer that is not ours selects it as well
    /// @param registrations one for each backend that it is, or shall be: also while nothing has been
    ///     registered yet. Sorted by key. Empty means that it has no place in any pool, not that it was
    ///     not looked at yet
    record Standing(Selection selection, boolean othersToo, List<Registration> registrations) {
        public Standing {
            registrations = List.copyOf(registrations);
        }
    }

    /// Which Services of ours select a Pod; the first that fits.
    enum Selection {
        /// One with direct backends does.
        DIRECT,
        /// Those that do have node ports for backends.
        NODE_PORTS,
        /// Those that do are being deleted, or no longer want a load balancer.
        RELEASED,
        /// None does.
        NONE
    }

    /// A Pod as a member of one pool.
    ///
    /// @param backend its key, which names the pool and with it the Service
    /// @param probing how the pool's members are probed
    /// @param ids the load balancer's and the pool's, as a [Provider.HealthQuestion] wants them; empty
    ///     until known
    record Registration(LoadBalancerKey loadBalancer, BackendKey backend, State state, Probing probing, Ids ids) {}

    /// How far a registration is.
    sealed interface State {
        /// The cloud has accepted it.
        ///
        /// @param at when it was made for this Pod's UID, by our own clock; where that is not known
        ///     (after a restart), when it was first seen
        record Registered(Instant at) implements State {}

        /// It is wanted and will come: the load balancer is being made, the budget is used up, a call is
        /// under way.
        record Waiting() implements State {}

        /// The cloud refuses the pool, its listener or this member; the Service's condition says why.
        record Rejected(String why) implements State {}

        /// A quota leaves no room for it.
        record LeftOut(String why) implements State {}
    }

    /// How a pool's members are probed.
    ///
    /// @param interval zero where they are not
    /// @param healthyThreshold probes in a row that must pass, at least 1
    record Probing(Duration interval, int healthyThreshold) {
        public Probing {
            if (healthyThreshold < 1 || interval.isNegative()) {
                throw new IllegalArgumentException(healthyThreshold + " x " + interval);
            }
        }

        /// How long after its registration a member can be healthy at the earliest.
        public Duration earliest() {
            return interval.multipliedBy(healthyThreshold - 1L);
        }
    }
}
