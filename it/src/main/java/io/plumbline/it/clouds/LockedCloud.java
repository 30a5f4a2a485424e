package io.plumbline.it.clouds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// What all simulated clouds have in common: one lock guards everything that is in one, and whoever looks at it finds
/// done what is due by then.
///
/// @param <L> its limits
public abstract class LockedCloud<L extends Enum<L> & Limits.Named> implements SimulatedCloud {
    private final ReentrantLock lock = new ReentrantLock();
    private final Ground<L> ground;
    private final FaultScript faults;

    /// What a cloud stands on.
    public record Ground<L extends Enum<L> & Limits.Named>(
            SimulationClock clock,
            Agenda agenda,
            Network network,
            DataPlane dataPlane,
            ChangeLog log,
            Limits<L> limits) {}

    protected LockedCloud(Ground<L> ground, FaultScript faults) {
        this.ground = ground;
        this.faults = faults;
    }

    /// Answers one API request, under the lock.
    protected abstract Response answer(Request request);

    /// All load balancers, under the lock.
    protected abstract List<BalancerView> views();

    /// The state but for the faults, under the lock.
    protected abstract ObjectNode described();

    @Override
    public final Response handle(Request request) {
        return upToDate(() -> answer(request));
    }

    @Override
    public final void tick() {
        locked(ground.agenda()::run);
    }

    @Override
    public final List<BalancerView> balancers() {
        return upToDate(this::views);
    }

    @Override
    public final ObjectNode state() {
        return upToDate(() -> {
            ObjectNode state = described();
            state.set("faults", faults.toJson());
            return state;
        });
    }

    /// Quotas, delays and buckets.
    public final Limits<L> limits() {
        return ground.limits();
    }

    /// The simulated VPC.
    public final Network network() {
        return ground.network();
    }

    @Override
    public void putInstances(JsonNode instances) {
        ground.network().put(instances);
    }

    @Override
    public final void putQuotas(JsonNode quotas) {
        ground.limits().put(quotas);
    }

    @Override
    public final FaultScript faults() {
        return faults;
    }

    @Override
    public final ChangeLog log() {
        return ground.log();
    }

    @Override
    public final SimulationClock clock() {
        return ground.clock();
    }

    @Override
    public final void close() {
        ground.dataPlane().close();
    }

    private <T> T upToDate(Supplier<T> work) {
        return withLock(() -> {
            ground.agenda().run();
            return work.get();
        });
    }

    protected final void locked(Runnable work) {
        withLock(() -> {
            work.run();
            return true;
        });
    }

    protected final <T> T withLock(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
