package io.plumbline.it.clouds.aliyun;

import io.plumbline.it.clouds.DataPlane;
import io.plumbline.it.clouds.LivePools;
import io.plumbline.it.clouds.Pool;
import io.plumbline.it.clouds.Probe;
import io.plumbline.it.clouds.Prober;
import io.plumbline.it.clouds.Transport;
import io.plumbline.it.clouds.VirtualDataPlane;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;

/// What the data plane is told of a CLB's listeners.
///
/// An HTTP listener passes connections on as they are. An HTTPS listener carries no traffic yet, but its backends
/// are checked.
final class Pools {
    private final Estate estate;
    private final LivePools live;
    private final LivePools checkedOnly;

    /// ServerHealthStatus.
    enum Health {
        NORMAL,
        ABNORMAL,
        /// Not known yet, or not checked.
        UNAVAILABLE;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param underLock runs work under the cloud's lock, for checks that end later
    Pools(Estate estate, Prober prober, Executor underLock) {
        this.estate = estate;
        this.live = pools(estate.dataPlane, prober, underLock);
        this.checkedOnly = pools(new VirtualDataPlane(), prober, underLock);
    }

    private LivePools pools(DataPlane dataPlane, Prober prober, Executor underLock) {
        return new LivePools(estate.agenda, estate.log, dataPlane, prober, underLock);
    }

    /// A group's members changed.
    void changed(Group group) {
        group.balancer.users(group).forEach(this::changed);
    }

    /// The listener, or what stands behind it, changed; or it is gone.
    void changed(Listener listener) {
        Duration delay = estate.limits.durationOf(Limit.PROPAGATION_MILLIS);
        LivePools pools = of(listener);
        if (listener.carriesTraffic()) {
            pools.changed(snapshot(listener), delay);
        } else {
            pools.removed(listener.pool(), delay);
        }
    }

    private LivePools of(Listener listener) {
        return listener.protocol == Protocol.HTTPS ? checkedOnly : live;
    }

    /// The health of a registration as the API tells it.
    Health health(Listener listener, Backend backend) {
        if (!listener.isOn("HealthCheck") || !listener.carriesTraffic()) {
            return Health.UNAVAILABLE;
        }
        return switch (of(listener)
                .health(listener.pool(), backend.registration)
                .orElse(LivePools.Health.UNKNOWN)) {
            case HEALTHY -> Health.NORMAL;
            case UNHEALTHY -> Health.ABNORMAL;
            case UNKNOWN, UNCHECKED -> Health.UNAVAILABLE;
        };
    }

    /// Whether the data plane gives it new connections by right.
    boolean serves(Listener listener, Backend backend) {
        boolean passes = !listener.isOn("HealthCheck") || health(listener, backend) == Health.NORMAL;
        return listener.carriesTraffic() && backend.weight > 0 && passes;
    }

    private static LivePools.Snapshot snapshot(Listener listener) {
        // Round robin takes no notice of weights, but for 0.
        boolean weighted = !listener.setting("Scheduler").equals("rr");
        List<LivePools.Known> members = listener.group.stream()
                .flatMap(group -> group.backends.values().stream())
                .map(backend -> new LivePools.Known(
                        backend.registration,
                        backend.server.ip(),
                        backend.server.port(),
                        weighted ? backend.weight : Math.min(1, backend.weight)))
                .toList();
        Pool empty = new Pool(
                listener.pool(),
                listener.protocol == Protocol.UDP ? Transport.UDP : Transport.TCP,
                listener.balancer.vip,
                listener.port,
                listener.setting("Scheduler").equals("wlc")
                        ? Pool.Choice.LEAST_CONNECTIONS
                        : Pool.Choice.WEIGHTED_ROUND_ROBIN,
                affinity(listener),
                Pool.AtRemoval.KEEP_FLOWS,
                List.of());
        return new LivePools.Snapshot(empty, check(listener), members);
    }

    /// By persistence, or by a scheduler that hashes the source.
    private static Duration affinity(Listener listener) {
        boolean hashes = List.of("sch", "tch", "qch").contains(listener.setting("Scheduler"));
        if (hashes) {
            return Duration.ofDays(1);
        }
        return listener.protocol == Protocol.TCP
                ? Duration.ofSeconds(listener.number("PersistenceTimeout"))
                : Duration.ZERO;
    }

    private static Optional<LivePools.Check> check(Listener listener) {
        if (!listener.isOn("HealthCheck")) {
            return Optional.empty();
        }
        int port = listener.number("HealthCheckConnectPort");
        int interval = listener.number("HealthCheckInterval");
        int timeout =
                listener.number(listener.protocol.isLayer7() ? "HealthCheckTimeout" : "HealthCheckConnectTimeout");
        return Optional.of(new LivePools.Check(
                Duration.ofSeconds(interval),
                // A timeout that is less than the interval is as long as the interval.
                Duration.ofSeconds(Math.max(interval, timeout)),
                listener.number("HealthyThreshold"),
                listener.number("UnhealthyThreshold"),
                port > 0 ? OptionalInt.of(port) : OptionalInt.empty(),
                how(listener)));
    }

    private static Probe.How how(Listener listener) {
        return switch (listener.protocol) {
            case TCP -> listener.setting("HealthCheckType").equals("http") ? http(listener) : new Probe.Connect();
            case HTTP, HTTPS -> http(listener);
            case UDP ->
                listener.setting("HealthCheckReq").isEmpty()
                        ? new Probe.Reachable()
                        : new Probe.Exchange(
                                Transport.UDP,
                                hex(listener.setting("HealthCheckReq")),
                                hex(listener.setting("HealthCheckExp")));
        };
    }

    private static Probe.How http(Listener listener) {
        String domain = listener.setting("HealthCheckDomain");
        String uri = listener.setting("HealthCheckURI");
        return new Probe.Http(
                listener.setting("HealthCheckMethod").equals("get") ? "GET" : "HEAD",
                domain.equals("$_ip") ? "" : domain,
                uri.isEmpty() ? "/" : uri,
                "HTTP/1.0",
                classes(listener.setting("HealthCheckHttpCode")));
    }

    private static int classes(String codes) {
        int mask = 0;
        for (String code : codes.split(",")) {
            mask |= 1 << (code.charAt("http_".length()) - '1');
        }
        return mask;
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }
}
