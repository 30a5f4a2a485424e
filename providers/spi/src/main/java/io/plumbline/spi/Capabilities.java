package io.plumbline.spi;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;

/// What a cloud can do, as data. The core decides by these and never asks which cloud it is.
///
/// @param cascade what goes with a load balancer that is removed
/// @param drain how a member is drained
/// @param backendUniquePerLoadBalancer an address and port may be a member once for each protocol on one load
///     balancer
/// @param resolvesBackends a Pod's address must be turned into the cloud's own name of its target, by
///     [Provider#resolve], before it can be registered
/// @param mutability of fields, by `Kind.path` (`LoadBalancer.scheme`, `Pool.healthCheck.interval`); others change
///     in place
/// @param nativeGateTypes readiness condition types that Pods may already carry; `<service>` stands for the name of
///     a Service, `<name>` for any: such a gate waits for all pools of its Pod
/// @param limits sizes of batches and quotas
/// @param rates how many calls the cloud takes; the first whose `actions` match counts, and one of them always does
/// @param timing how long the cloud takes
public record Capabilities(
        String provider,
        Pools pools,
        Cascade cascade,
        Drain drain,
        boolean weights,
        boolean backendUniquePerLoadBalancer,
        boolean healthOnlyOfReferencedPools,
        boolean labelsBackends,
        boolean sourceRanges,
        boolean clientIpAffinity,
        boolean resolvesBackends,
        SortedMap<String, Mutability> mutability,
        List<String> nativeGateTypes,
        Limits limits,
        List<Rate> rates,
        Timing timing) {
    /// A "field" of [#mutability]: [Mutability#FIXED] where a load balancer has an access list of its own and
    /// cannot be without it, so that one that stays keeps it.
    public static final String OWN_ACCESS_LIST = "LoadBalancer.accessList";

    public Capabilities {
        mutability = java.util.Collections.unmodifiableSortedMap(new java.util.TreeMap<>(mutability));
        nativeGateTypes = List.copyOf(nativeGateTypes);
        rates = List.copyOf(rates);
    }

    /// Where pools live.
    public enum Pools {
        /// On their own; a listener or rule refers to one.
        GROUP,
        /// Inside their listener or rule: no entry of their own in a plan.
        INLINE
    }

    /// What goes with a load balancer that is removed.
    public enum Cascade {
        /// Nothing: it can be removed only when it is empty.
        NOTHING,
        /// Its listeners and their rules; pools stay behind.
        LISTENERS,
        /// All that is on it.
        EVERYTHING
    }

    /// How a member stops getting new connections.
    public enum Drain {
        /// By weight 0; it is deregistered when its Pod is gone.
        WEIGHT_ZERO,
        /// By deregistering; the cloud keeps established connections for a while.
        DEREGISTER
    }

    /// What it takes to change a field.
    public enum Mutability {
        IN_PLACE,
        /// In place, but of a pool: it is a setting of the listener that leads to it, and there is none without one.
        WITH_LISTENER,
        /// The resource is made anew.
        REPLACE,
        /// Set at creation only; a later wish is refused, and its user told.
        FIXED
    }

    /// Sizes.
    ///
    /// @param backendsPerCall members in one registration call
    /// @param loadBalancersPerHealthCall load balancers that one question for health may name
    /// @param backendsPerPool default quota; the cloud may have raised it
    /// @param listenersPerLoadBalancer default quota
    /// @param backendsInNewPool members that the call which makes a pool takes along: their creations then come in
    ///     one request with that of their pool, behind it; 0 where a pool is made empty
    /// @param backendsPerLoadBalancer default quota of all pools together, each member of each pool counted; empty
    ///     where only that of a pool counts
    public record Limits(
            int backendsPerCall,
            int loadBalancersPerHealthCall,
            int backendsPerPool,
            int listenersPerLoadBalancer,
            int maximumWeight,
            int backendsInNewPool,
            OptionalInt backendsPerLoadBalancer) {
        /// Of a cloud whose pools are made empty.
        public Limits(
                int backendsPerCall,
                int loadBalancersPerHealthCall,
                int backendsPerPool,
                int listenersPerLoadBalancer,
                int maximumWeight) {
            this(
                    backendsPerCall,
                    loadBalancersPerHealthCall,
                    backendsPerPool,
                    listenersPerLoadBalancer,
                    maximumWeight,
                    0,
                    OptionalInt.empty());
        }
    }

    /// How many calls the cloud takes from one account in one region: so many at once, and so many a second after
    /// that.
    ///
    /// @param actions a regular expression for the names of the actions
    public record Rate(String actions, Counted counted, double perSecond, int atOnce) {
        /// Each of them by itself.
        public static Rate each(String actions, double perSecond, int atOnce) {
            return new Rate(actions, Counted.EACH, perSecond, atOnce);
        }

        /// All of them together.
        public static Rate together(String actions, double perSecond, int atOnce) {
            return new Rate(actions, Counted.TOGETHER, perSecond, atOnce);
        }

        public boolean covers(String action) {
            return action.matches(actions);
        }

        /// Names what an action is counted with.
        public String bucket(String action) {
            return switch (counted) {
                case EACH -> action;
                case TOGETHER -> actions;
            };
        }

        /// How actions are counted.
        public enum Counted {
            EACH,
            TOGETHER
        }
    }

    /// Durations.
    ///
    /// @param createTimeout after it a load balancer whose creation was tried and that cannot be found
    ///     does not exist
    /// @param consistencyWindow a read this soon after our own write may still show what was before
    /// @param defaultHealthInterval used where a pool's own is not known
    public record Timing(
            Duration createTimeout,
            Duration consistencyWindow,
            Duration defaultHealthInterval,
            int defaultHealthyThreshold,
            Duration deregistrationDelay) {}
}
