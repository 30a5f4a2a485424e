package io.plumbline.aliyun;

import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Capabilities.Mutability;
import io.plumbline.spi.Capabilities.Rate;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/// What this cloud can do and how much of it, with the source of each number.
final class Limits {
    /// Backends in one call that adds, removes or sets them, or makes their group
    /// (https://help.aliyun.com/document_detail/35218.html). Some accounts may name 40: it can be set
    /// higher.
    static final int BACKENDS_PER_CALL = 20;

    static final int MOST_BACKENDS_PER_CALL = 40;

    /// Addresses in one question for network interfaces (https://help.aliyun.com/document_detail/58512.html).
    static final int ADDRESSES_PER_CALL = 100;

    /// Load balancers, and listeners, on one page (https://help.aliyun.com/document_detail/27582.html,
    /// https://help.aliyun.com/document_detail/188328.html).
    static final int LOAD_BALANCERS_PER_PAGE = 100;

    static final int LISTENERS_PER_PAGE = 100;

    /// Entries of an access control list in one call, and on one page
    /// (https://help.aliyun.com/document_detail/70015.html).
    static final int ACL_ENTRIES_PER_CALL = 50;

    /// Weight of a backend whose registration names none, and the highest
    /// (https://help.aliyun.com/document_detail/35215.html).
    static final int DEFAULT_WEIGHT = 100;

    static final int HIGHEST_WEIGHT = 100;

    /// As a health check's port: that of each backend itself
    /// (https://help.aliyun.com/document_detail/27594.html).
    static final int BACKENDS_OWN_PORT = -520;

    /// Bandwidth of a listener that shares the load balancer's
    /// (https://help.aliyun.com/document_detail/27594.html).
    static final int UNLIMITED_BANDWIDTH = -1;

    /// Calls of one action, most of them given as so many a minute
    /// (https://help.aliyun.com/zh/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-quota).
    private static final List<Rate> RATES = List.of(
            aMinute("Describe.*", 3000),
            aMinute("CreateLoadBalancer", 60),
            aMinute(".*DomainExtension.*|SetLoadBalancerModificationProtection", 400),
            Rate.each("(Tag|Untag)Resources", 5, 5),
            aMinute(".*", 90));

    /// Default quotas, which Aliyun raises on request
    /// (https://help.aliyun.com/zh/slb/classic-load-balancer/product-overview/limits-1).
    private static final int BACKENDS_PER_LOAD_BALANCER = 200;

    private static final int LISTENERS_PER_LOAD_BALANCER = 50;

    private Limits() {}

    private static Rate aMinute(String actions, int calls) {
        return Rate.each(actions, calls / 60.0, calls);
    }

    /// @param backendsPerCall as the settings say
    static Capabilities capabilities(int backendsPerCall) {
        return new Capabilities(
                "aliyun",
                Capabilities.Pools.GROUP,
                Capabilities.Cascade.EVERYTHING,
                Capabilities.Drain.WEIGHT_ZERO,
                true,
                false,
                true,
                true,
                true,
                true,
                true,
                mutability(),
                List.of("service.readiness.alibabacloud.com/<service>"),
                new Capabilities.Limits(
                        backendsPerCall,
                        1,
                        BACKENDS_PER_LOAD_BALANCER,
                        LISTENERS_PER_LOAD_BALANCER,
                        HIGHEST_WEIGHT,
                        backendsPerCall,
                        OptionalInt.of(BACKENDS_PER_LOAD_BALANCER)),
                RATES,
                new Capabilities.Timing(
                        Duration.ofSeconds(60), Duration.ofSeconds(2), Duration.ofSeconds(2), 3, Duration.ZERO));
    }

    /// What cloud-provider-alibaba-cloud calls immutable ("delete and retry"), and what a listener cannot
    /// become (https://help.aliyun.com/document_detail/27602.html has no forwarding).
    private static SortedMap<String, Mutability> mutability() {
        TreeMap<String, Mutability> mutability = new TreeMap<>();
        mutability.put("LoadBalancer.scheme", Mutability.REPLACE);
        mutability.put("LoadBalancer.addressFamily", Mutability.FIXED);
        mutability.put("LoadBalancer.options.placement", Mutability.FIXED);
        mutability.put("Listener.defaultAction", Mutability.REPLACE);
        List.of("healthCheck", "stickiness", "scheduling", "options")
                .forEach(field -> mutability.put("Pool." + field, Mutability.WITH_LISTENER));
        return mutability;
    }
}
