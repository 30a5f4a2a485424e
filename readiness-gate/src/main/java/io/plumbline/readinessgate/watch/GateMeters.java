package io.plumbline.readinessgate.watch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.plumbline.readinessgate.gate.GatePatch;
import io.plumbline.readinessgate.gate.GatePatch.GateCondition;
import io.plumbline.readinessgate.watch.PodWrites.Written;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// Numbers about gates.
final class GateMeters {
    private final MeterRegistry registry;
    private final Timer flip;
    private final Timer registeredToOpen;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger ungated = new AtomicInteger();

    GateMeters(MeterRegistry registry) {
        this.registry = registry;
        this.flip = Timer.builder("plumbline.gate.flip")
                .description("From sending the question that found a Pod healthy to the written condition")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        this.registeredToOpen = Timer.builder("plumbline.gate.registered.to.open")
                .description("From a Pod's last registration to the written condition")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        registry.gauge("plumbline.gate.waiting", waiting);
        registry.gauge("plumbline.gate.missing", ungated);
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
                            "reason",
                            condition.reason().text(),
                            "result",
                            result)
                    .increment();
        }
    }

    void healthMissed() {
        registry.counter("plumbline.gate.health.missed").increment();
    }
}
