package io.plumbline.fake;

import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Capabilities.Mutability;
import io.plumbline.spi.Capabilities.Rate;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What this cloud can do, as data. Its numbers are its own: there is nobody to ask.
final class Limits {
    static final String PROVIDER = "fake";
    static final String REGION = "memory";
    static final int DEFAULT_WEIGHT = 10;
    static final int MAXIMUM_WEIGHT = 100;
    static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    /// Readiness condition types that Pods may already carry.
    static final List<String> GATES = List.of("fake.plumbline.io/backend-ready", "fake.plumbline.io/<service>");

    private Limits() {}

    static Capabilities of(Traits traits) {
        return new Capabilities(
                PROVIDER,
                traits.pools(),
                traits.cascade(),
                traits.drain(),
                traits.weights(),
                traits.uniqueBackends(),
                traits.quirks().healthOfAttachedOnly(),
                traits.labelsBackends(),
                false,
                true,
                traits.quirks().namedTargets(),
                mutability(traits),
                GATES,
                new Capabilities.Limits(traits.backendsPerCall(), 20, 200, 50, MAXIMUM_WEIGHT),
                List.of(Rate.each("Describe.*", 50, 50), Rate.each(".*", 20, 20)),
                new Capabilities.Timing(
                        Duration.ofMinutes(2),
                        traits.pace().consistencyWindow(),
                        Duration.ofSeconds(5),
                        2,
                        traits.pace().deregistration()));
    }

    private static SortedMap<String, Mutability> mutability(Traits traits) {
        SortedMap<String, Mutability> fields = new TreeMap<>();
        fields.put("LoadBalancer.scheme", Mutability.REPLACE);
        fields.put("LoadBalancer.addressFamily", Mutability.FIXED);
        fields.put("LoadBalancer.options.zone", Mutability.FIXED);
        fields.put("Listener.options.proxyProtocol", Mutability.REPLACE);
        if (traits.quirks().poolsOfOneKind()) {
            fields.put("Pool.targets", Mutability.REPLACE);
        }
        return fields;
    }
}
