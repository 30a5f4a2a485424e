package io.plumbline.it.clouds.tencent;

import io.plumbline.it.clouds.LivePools;
import io.plumbline.it.clouds.Pool;
import io.plumbline.it.clouds.Prober;
import io.plumbline.it.clouds.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/// What the data plane is told of a CLB's listeners. A target is checked whatever its weight
/// (https://cloud.tencent.com/document/product/214/6097).
final class Pools {
    private final Estate estate;
    private final LivePools live;

    /// HealthStatusDetail.
    enum Health {
        ALIVE("Alive"),
        DEAD("Dead"),
        UNKNOWN("Unknown"),
        CLOSE("Close");

        final String wireName;

        Health(String wireName) {
            this.wireName = wireName;
        }

        boolean passes() {
            return this == ALIVE || this == CLOSE;
        }
    }

    /// @param underLock runs work under the cloud's lock, for checks that end later
    Pools(Estate estate, Prober prober, Executor underLock) {
        this.estate = estate;
        this.live = new LivePools(estate.agenda, estate.log, estate.dataPlane, prober, underLock);
    }

    /// The listener or its targets changed.
    void changed(Listener listener) {
        live.changed(snapshot(listener), estate.limits.durationOf(Limit.PROPAGATION_MILLIS));
    }

    /// The listener is gone.
    void removed(Listener listener) {
        live.removed(listener.pool(), estate.limits.durationOf(Limit.PROPAGATION_MILLIS));
    }

    /// The health of a registration as the API tells it.
    Health health(Listener listener, Target target) {
        if (!HealthSettings.isOn(listener.healthCheck)) {
            return Health.CLOSE;
        }
        return switch (live.health(listener.pool(), target.registration).orElse(LivePools.Health.UNKNOWN)) {
            case HEALTHY -> Health.ALIVE;
            case UNHEALTHY -> Health.DEAD;
            case UNKNOWN -> Health.UNKNOWN;
            case UNCHECKED -> Health.CLOSE;
        };
    }

    private static LivePools.Snapshot snapshot(Listener listener) {
        List<LivePools.Known> members = listener.targets.values().stream()
                .map(target -> new LivePools.Known(target.registration, target.address, target.port, target.weight))
                .toList();
        Pool empty = new Pool(
                listener.pool(),
                listener.protocol.equals("UDP") ? Transport.UDP : Transport.TCP,
                listener.vip,
                listener.port,
                listener.scheduler.equals("LEAST_CONN")
                        ? Pool.Choice.LEAST_CONNECTIONS
                        : Pool.Choice.WEIGHTED_ROUND_ROBIN,
                Duration.ofSeconds(listener.sessionExpireSeconds),
                listener.resetAtDeregistration ? Pool.AtRemoval.RESET_FLOWS : Pool.AtRemoval.KEEP_FLOWS,
                List.of());
        return new LivePools.Snapshot(empty, HealthSettings.check(listener.healthCheck, listener.protocol), members);
    }
}
