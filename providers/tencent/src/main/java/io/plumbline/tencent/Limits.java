package io.plumbline.tencent;

import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Capabilities.Mutability;
import io.plumbline.spi.Capabilities.Rate;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What this cloud can do and how much of it, with the source of each number.
final class Limits {
    static final String PROVIDER = "tencent";

    /// Targets in one batch (https://www.tencentcloud.com/document/api/214/33843).
    static final int TARGETS_PER_BATCH = 500;

    /// Targets in a batch from which on its task is asked before the next write is sent. A short one's lock is over
    /// when the next call arrives; no page tells the border, so this is ours.
    static final int LONG_BATCH = 50;

    /// Rules in one change of weights, and targets in each (https://www.tencentcloud.com/document/api/214/33844).
    static final int RULES_PER_WEIGHT_CALL = 100;

    static final int TARGETS_PER_WEIGHT_RULE = 50;

    /// Ports in one call: "less than 50" (https://cloud.tencent.com/document/api/214/30693).
    static final int PORTS_PER_CREATE = 49;

    /// Listeners in one deletion, and in one question for targets
    /// (https://www.tencentcloud.com/document/api/214/37095, https://cloud.tencent.com/document/api/214/30684).
    static final int LISTENERS_PER_DELETE = 20;

    static final int LISTENERS_PER_TARGETS_CALL = 20;

    /// Load balancers on one page, and in one question for health
    /// (https://cloud.tencent.com/document/api/214/30685, https://www.tencentcloud.com/document/api/214/33825).
    static final int LOAD_BALANCERS_PER_PAGE = 100;

    static final int LOAD_BALANCERS_PER_HEALTH_CALL = 30;

    /// Weight of a target whose registration names none, and the highest
    /// (https://cloud.tencent.com/document/api/214/30676).
    static final int DEFAULT_WEIGHT = 10;

    static final int HIGHEST_WEIGHT = 100;

    /// When to ask what became of a task: of listeners and targets, and of a load balancer, whose creation takes about
    /// ten seconds. TKE's own extension controller asks as often (tkestack/tke-extend-network-controller).
    static final Duration POLL_LISTENER = Duration.ofMillis(100);

    static final Duration POLL_LOAD_BALANCER = Duration.ofSeconds(1);

    /// Requests of one action for one account and region: "20 requests per second" on every page of the API.
    private static final int REQUESTS_PER_SECOND = 20;

    /// Default quotas, which Tencent raises on request (https://cloud.tencent.com/document/product/214/6187).
    private static final int TARGETS_PER_LISTENER = 200;

    private static final int LISTENERS_PER_LOAD_BALANCER = 50;

    /// A creation that is not seen after six times its usual length did not happen. No page tells; this is ours.
    private static final Duration CREATE_TIMEOUT = Duration.ofSeconds(60);

    /// How old a reading may be. No page tells; this is ours.
    private static final Duration CONSISTENCY_WINDOW = Duration.ofSeconds(2);

    /// A health check's interval and the probes in a row that make a target healthy, where nobody says
    /// (https://cloud.tencent.com/document/api/214/30694#HealthCheck).
    private static final Duration HEALTH_INTERVAL = Duration.ofSeconds(5);

    private static final int HEALTHY_AFTER = 3;

    private Limits() {}

    static Capabilities capabilities() {
        return new Capabilities(
                PROVIDER,
                Capabilities.Pools.INLINE,
                Capabilities.Cascade.EVERYTHING,
                Capabilities.Drain.WEIGHT_ZERO,
                true,
                true,
                true,
                true,
                false,
                true,
                false,
                mutability(),
                List.of("cloud.tencent.com/load-balancer-backendgroup-ready"),
                new Capabilities.Limits(
                        TARGETS_PER_BATCH,
                        LOAD_BALANCERS_PER_HEALTH_CALL,
                        TARGETS_PER_LISTENER,
                        LISTENERS_PER_LOAD_BALANCER,
                        HIGHEST_WEIGHT),
                List.of(Rate.each(".*", REQUESTS_PER_SECOND, REQUESTS_PER_SECOND)),
                new Capabilities.Timing(
                        CREATE_TIMEOUT, CONSISTENCY_WINDOW, HEALTH_INTERVAL, HEALTHY_AFTER, Duration.ZERO));
    }

    /// The API has no call for any of these, and TKE's service-controller refuses them
    /// (https://cloud.tencent.com/document/product/457/90598). Bandwidth does change in place, but by annotation it
    /// counts at creation only, so that a new load balancer for its sake would be a surprise.
    private static SortedMap<String, Mutability> mutability() {
        TreeMap<String, Mutability> mutability = new TreeMap<>();
        List.of(
                        "LoadBalancer.scheme",
                        "LoadBalancer.addressFamily",
                        "LoadBalancer.options.subnetId",
                        "LoadBalancer.options.internetChargeType")
                .forEach(field -> mutability.put(field, Mutability.REPLACE));
        mutability.put("LoadBalancer.options.initialBandwidth", Mutability.FIXED);
        return mutability;
    }
}
