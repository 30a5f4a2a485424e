package io.plumbline.readinessgate.watch;

import static io.plumbline.readinessgate.Examples.START;
import static io.plumbline.readinessgate.Examples.direct;
import static io.plumbline.readinessgate.Examples.pod;
import static io.plumbline.readinessgate.Examples.registeredAt;
import static io.plumbline.readinessgate.Examples.registration;
import static io.plumbline.readinessgate.Examples.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.readinessgate.gate.GateSettings;
import io.plumbline.spi.PodRegistrations.Registration;
import io.plumbline.spi.model.Health;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GateLoopTest {
    private final Lab lab = new Lab(START.plusSeconds(60));
    private final AtomicInteger terms = new AtomicInteger();
    private final GateMeters meters = new GateMeters(new SimpleMeterRegistry(), "example");
    private final AtomicBoolean leading = new AtomicBoolean();

    @Test
    void gatesOpenOnlyWhileThisProcessLeads() {
        Registration shop = registration("shop", registeredAt(START));
        lab.pod(pod("web-1", GateSettings.TYPE), direct(shop));
        lab.becomes(shop, Health.Status.HEALTHY);

        try (GateLoop _ = GateLoop.start(this::term, leading::get)) {
            await().during(Duration.ofMillis(600)).until(lab.patches::isEmpty);
            leading.set(true);
            await().atMost(Duration.ofSeconds(30)).until(() -> lab.patches.size() == 1);
        }
        assertThat(terms).hasValue(1);
    }

    @Test
    void aNewTermBeginsAnew() {
        AtomicInteger askedWhileNotLeading = new AtomicInteger();
        try (GateLoop _ = GateLoop.start(this::term, () -> {
            boolean leads = leading.get();
            askedWhileNotLeading.addAndGet(leads ? 0 : 1);
            return leads;
        })) {
            leading.set(true);
            await().atMost(Duration.ofSeconds(30)).until(() -> terms.get() == 1);
            int asked = askedWhileNotLeading.get();
            leading.set(false);
            await().atMost(Duration.ofSeconds(30)).until(() -> askedWhileNotLeading.get() > asked);
            leading.set(true);
            await().atMost(Duration.ofSeconds(30)).until(() -> terms.get() == 2);
        }
    }

    private GateWatch term(Executor executor) {
        terms.incrementAndGet();
        return new GateWatch(new GateWatch.Parts(lab, lab, lab, 1), settings(), lab, executor, meters);
    }
}
