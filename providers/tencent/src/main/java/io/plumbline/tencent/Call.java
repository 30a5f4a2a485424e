package io.plumbline.tencent;

import io.plumbline.spi.CallGate.Sort;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import io.plumbline.spi.model.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One call that writes, as data. [Requests] gives it the SDK's shape.
sealed interface Call {
    /// @param incarnation 0 for the first that is made for this owner
    /// @param token makes a repeated call the same call
    record CreateLoadBalancer(
            Mark owner, int incarnation, String token, Scheme scheme, TencentLoadBalancerOptions options)
            implements Call {}

    /// Of a load balancer's own settings those that change.
    ///
    /// @param chargeType as it is: bandwidth and the way of paying for it go together
    record ModifyLoadBalancer(
            String loadBalancer,
            Optional<String> chargeType,
            Optional<Integer> bandwidth,
            Optional<Boolean> deletionProtection)
            implements Call {}

    /// Takes our own deletion protection off, so that the load balancer can be deleted next.
    record LiftProtection(String loadBalancer) implements Call {}

    /// @param force goes on although targets are bound or traffic flows
    record DeleteLoadBalancer(String loadBalancer, boolean force) implements Call {}

    /// Several listeners that differ in port and name only.
    record CreateListeners(String loadBalancer, Settings settings, List<NewListener> listeners) implements Call {
        public CreateListeners {
            listeners = List.copyOf(listeners);
        }
    }

    /// @param name empty where it stays
    record ModifyListener(String loadBalancer, String listener, Optional<String> name, Settings settings)
            implements Call {}

    /// Never with an empty list: the API would take that as all of them
    /// (https://www.tencentcloud.com/document/api/214/37095).
    record DeleteListeners(String loadBalancer, List<String> listeners) implements Call {
        public DeleteListeners {
            listeners = List.copyOf(listeners);
            if (listeners.isEmpty()) {
                throw new IllegalArgumentException("no listener named: that would delete all of them");
            }
        }
    }

    /// A batch of targets of any listeners.
    sealed interface OfTargets extends Call {
        String loadBalancer();

        List<Target> targets();
    }

    /// Binds targets.
    record Register(String loadBalancer, List<Target> targets) implements OfTargets {
        public Register {
            targets = List.copyOf(targets);
        }
    }

    /// Unbinds targets.
    record Deregister(String loadBalancer, List<Target> targets) implements OfTargets {
        public Deregister {
            targets = List.copyOf(targets);
        }
    }

    /// Sets each target's weight.
    record SetWeights(String loadBalancer, List<Target> targets) implements OfTargets {
        public SetWeights {
            targets = List.copyOf(targets);
        }

        boolean drains() {
            return targets.stream().allMatch(target -> target.weight() == 0);
        }
    }

    /// What a listener is told beside port and name: the pool's settings, which live in the listener here.
    record Settings(
            Transport transport,
            HealthCheck healthCheck,
            Stickiness stickiness,
            Setting<Pool.Scheduling> scheduling,
            TencentPoolOptions options) {
        static Settings of(Pool pool) {
            return new Settings(
                    pool.transport(),
                    pool.healthCheck(),
                    pool.stickiness(),
                    pool.scheduling(),
                    TencentPoolOptions.of(pool.options()));
        }
    }

    /// A port, the listener's name, and the pool that it holds.
    record NewListener(ListenerKey key, PoolKey pool, String name) {}

    /// A target of a listener.
    ///
    /// @param tag a hash of whose registration it is
    record Target(String listener, Address address, int port, int weight, Optional<String> tag) {}

    /// The API's own name of the action.
    default String action() {
        return switch (this) {
            case CreateLoadBalancer create -> "CreateLoadBalancer";
            case ModifyLoadBalancer modify -> "ModifyLoadBalancerAttributes";
            case LiftProtection lift -> "ModifyLoadBalancerAttributes";
            case DeleteLoadBalancer delete -> "DeleteLoadBalancer";
            case CreateListeners create -> "CreateListener";
            case ModifyListener modify -> "ModifyListener";
            case DeleteListeners delete -> "DeleteLoadBalancerListeners";
            case Register register -> "BatchRegisterTargets";
            case Deregister deregister -> "BatchDeregisterTargets";
            case SetWeights weights -> "BatchModifyTargetWeight";
        };
    }

    /// How urgent it is.
    default Sort sort() {
        return switch (this) {
            case Deregister deregister -> Sort.DEREGISTER;
            case SetWeights weights -> weights.drains() ? Sort.DEREGISTER : Sort.REGISTER;
            case Register register -> Sort.REGISTER;
            case CreateLoadBalancer create -> Sort.CREATE;
            case ModifyLoadBalancer modify -> Sort.CREATE;
            case LiftProtection lift -> Sort.CREATE;
            case DeleteLoadBalancer delete -> Sort.CREATE;
            case CreateListeners create -> Sort.CREATE;
            case ModifyListener modify -> Sort.CREATE;
            case DeleteListeners delete -> Sort.CREATE;
        };
    }

    /// Whether it takes something away: where that is gone already, the call is done.
    default boolean removes() {
        return switch (this) {
            case DeleteLoadBalancer delete -> true;
            case DeleteListeners delete -> true;
            case Deregister deregister -> true;
            case SetWeights weights -> weights.drains();
            case CreateLoadBalancer create -> false;
            case ModifyLoadBalancer modify -> false;
            case LiftProtection lift -> false;
            case CreateListeners create -> false;
            case ModifyListener modify -> false;
            case Register register -> false;
        };
    }

    /// When to ask what became of it; empty where the answer is the end of it.
    default Optional<Duration> pollAfter() {
        return switch (this) {
            case Register register -> Optional.empty();
            case Deregister deregister -> Optional.empty();
            case CreateLoadBalancer create -> Optional.of(Limits.POLL_LOAD_BALANCER);
            case ModifyLoadBalancer modify -> Optional.of(Limits.POLL_LOAD_BALANCER);
            case LiftProtection lift -> Optional.of(Limits.POLL_LOAD_BALANCER);
            case DeleteLoadBalancer delete -> Optional.of(Limits.POLL_LOAD_BALANCER);
            case CreateListeners create -> Optional.of(Limits.POLL_LISTENER);
            case ModifyListener modify -> Optional.of(Limits.POLL_LISTENER);
            case DeleteListeners delete -> Optional.of(Limits.POLL_LISTENER);
            case SetWeights weights -> Optional.of(Limits.POLL_LISTENER);
        };
    }

    /// The listeners that it names by their identifiers.
    default List<String> listenersNamed() {
        return switch (this) {
            case ModifyListener modify -> List.of(modify.listener());
            case DeleteListeners delete -> delete.listeners();
            case OfTargets batch ->
                batch.targets().stream().map(Target::listener).distinct().toList();
            case CreateListeners create -> List.of();
            case CreateLoadBalancer create -> List.of();
            case ModifyLoadBalancer modify -> List.of();
            case LiftProtection lift -> List.of();
            case DeleteLoadBalancer delete -> List.of();
        };
    }
}
