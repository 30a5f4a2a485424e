package io.plumbline.fake;

import io.plumbline.spi.Capabilities;
import java.time.Duration;

/// What sort of cloud it is; chosen once, when it is made.
///
/// @param cascade with [Capabilities.Cascade#NOTHING] only an empty load balancer can be removed, else all goes with it
/// @param drain with [Capabilities.Drain#DEREGISTER] members have no weights
/// @param labelsBackends a member carries a label of ours
/// @param uniqueBackends an address and port may be a member once for each protocol on one load balancer
/// @param backendsPerCall the most members in one call
/// @param quirks what else it can and cannot do
/// @param pace how long everything takes
public record Traits(
        Capabilities.Pools pools,
        Capabilities.Cascade cascade,
        Capabilities.Drain drain,
        boolean labelsBackends,
        boolean uniqueBackends,
        int backendsPerCall,
        Quirks quirks,
        Pace pace) {
    private static final int BACKENDS_PER_CALL = 40;

    public Traits {
        if (cascade == Capabilities.Cascade.LISTENERS) {
            throw new IllegalArgumentException("pools cannot outlive their load balancer here");
        }
    }

    /// Pools live on their own; everything happens at once.
    public static Traits group() {
        return new Traits(
                Capabilities.Pools.GROUP,
                Capabilities.Cascade.EVERYTHING,
                Capabilities.Drain.WEIGHT_ZERO,
                false,
                false,
                BACKENDS_PER_CALL,
                Quirks.NONE,
                Pace.instant());
    }

    /// Pools live inside their listener, and a backend is unique on its load balancer; everything
    /// happens at once.
    public static Traits inline() {
        return new Traits(
                Capabilities.Pools.INLINE,
                Capabilities.Cascade.EVERYTHING,
                Capabilities.Drain.WEIGHT_ZERO,
                false,
                true,
                BACKENDS_PER_CALL,
                Quirks.NONE,
                Pace.instant());
    }

    /// @param cascade this cloud's pools cannot outlive their load balancer: NOTHING or EVERYTHING
    public Traits removing(Capabilities.Cascade cascade) {
        return new Traits(pools, cascade, drain, labelsBackends, uniqueBackends, backendsPerCall, quirks, pace);
    }

    public Traits draining(Capabilities.Drain drain) {
        return new Traits(pools, cascade, drain, labelsBackends, uniqueBackends, backendsPerCall, quirks, pace);
    }

    public Traits labelling(boolean labelsBackends) {
        return new Traits(pools, cascade, drain, labelsBackends, uniqueBackends, backendsPerCall, quirks, pace);
    }

    public Traits withUniqueBackends(boolean uniqueBackends) {
        return new Traits(pools, cascade, drain, labelsBackends, uniqueBackends, backendsPerCall, quirks, pace);
    }

    public Traits withBackendsPerCall(int backendsPerCall) {
        return new Traits(pools, cascade, drain, labelsBackends, uniqueBackends, backendsPerCall, quirks, pace);
    }

    public Traits at(Pace pace) {
        return new Traits(pools, cascade, drain, labelsBackends, uniqueBackends, backendsPerCall, quirks, pace);
    }

    public Traits with(Quirks quirks) {
        return new Traits(pools, cascade, drain, labelsBackends, uniqueBackends, backendsPerCall, quirks, pace);
    }

    boolean inlinePools() {
        return pools == Capabilities.Pools.INLINE;
    }

    boolean weights() {
        return drain == Capabilities.Drain.WEIGHT_ZERO;
    }

    /// What only some clouds have.
    ///
    /// @param poolsOfOneKind a group is of Pods or of nodes for ever
    /// @param healthOfAttachedOnly only groups that a listener leads to are checked
    /// @param namedTargets an address is registered by the name that the cloud gives its target
    public record Quirks(boolean poolsOfOneKind, boolean healthOfAttachedOnly, boolean namedTargets) {
        public static final Quirks NONE = new Quirks(false, false, false);
    }

    /// How long everything takes.
    ///
    /// @param task how long the cloud works on each write after its answer, during which it refuses
    ///     other writes to that load balancer; zero for a cloud that does everything at once
    /// @param provisioning how long a new load balancer takes to become active
    /// @param probing how long a new member takes to become healthy, where nothing else is said of it
    /// @param consistencyWindow how old a read may be while [Faults#staleReads] is on
    /// @param deregistration how long a deregistered member is still shown, draining
    public record Pace(
            Duration task,
            Duration provisioning,
            Duration probing,
            Duration consistencyWindow,
            Duration deregistration) {

        /// Nothing takes any time; a stale read is up to 5 s old.
        public static Pace instant() {
            return new Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(5), Duration.ZERO);
        }

        /// Writes are tasks of 1 s, a load balancer takes 3 s, health 2 s.
        public static Pace slow() {
            return new Pace(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    Duration.ZERO);
        }
    }
}
