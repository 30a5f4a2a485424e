package io.plumbline.readinessgate.watch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.plumbline.readinessgate.gate.GatePatch;
import io.plumbline.readinessgate.gate.GatePatch.GateCondition;
import io.plumbline.readinessgate.watch.PodWrites.Written;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// Numbers about the gates of one provider. They outlive lease terms, since a registry keeps the first
/// gauge of a name.
public final class GateMeters {
    private static final double MEDIAN = 0.5;
    private static final double TAIL = 0.99;

    private final MeterRegistry registry;
    private final Tags tags;
    private final Timer flip;
    private final Timer registeredToOpen;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger ungated = new AtomicInteger();

    /// @param provider whose load balancers the gates wait for
    public GateMeters(MeterRegistry registry, String provider) {
        this.registry = registry;
        this.tags = Tags.of("provider", provider);
        this.flip = Timer.builder("plumbline.gate.flip")
                .description("From sending the question that found a Pod healthy to the written condition")
                .tags(tags)
                .publishPercentiles(MEDIAN, TAIL)
                .register(registry);
        this.registeredToOpen = Timer.builder("plumbline.gate.registered.to.open")
                .description("From a Pod's last registration to the written condition")
                .tags(tags)
                .publishPercentiles(MEDIAN, TAIL)
                .register(registry);
        registry.gauge("plumbline.gate.waiting", tags, waiting);
        registry.gauge("plumbline.gate.missing", tags, ungated);
    }

    void waiting(int pods) {
        waiting.set(pods);
    }

    void ungated(int pods) {
        ungated.set(pods);
    }

    void flipped(Duration latency) {
        flip.record(latency);
    }

    void openedAfter(Duration sinceRegistration) {
        registeredToOpen.record(sinceRegistration);
    }

    void written(GatePatch patch, Written written) {
        String result = switch (written) {
            case Written.Done done -> "done";
            case Written.Replaced replaced -> "replaced";
            case Written.Stale stale -> "stale";
            case Written.Failed failed -> "failed";
        };
        for (GateCondition condition : patch.conditions()) {
            registry.counter(
                            "plumbline.gate.patches",
                            tags.and("reason", condition.reason().text(), "result", result))
                    .increment();
        }
    }

    void healthMissed() {
        registry.counter("plumbline.gate.health.missed", tags).increment();
    }
}
