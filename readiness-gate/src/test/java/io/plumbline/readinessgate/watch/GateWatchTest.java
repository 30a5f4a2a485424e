package io.plumbline.readinessgate.watch;

import static io.plumbline.readinessgate.Examples.START;
import static io.plumbline.readinessgate.Examples.direct;
import static io.plumbline.readinessgate.Examples.loadBalancer;
import static io.plumbline.readinessgate.Examples.pod;
import static io.plumbline.readinessgate.Examples.registeredAt;
import static io.plumbline.readinessgate.Examples.registration;
import static io.plumbline.readinessgate.Examples.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.readinessgate.gate.GatePatch;
import io.plumbline.readinessgate.gate.GateReason;
import io.plumbline.readinessgate.gate.GateSettings;
import io.plumbline.readinessgate.watch.PodWrites.Written;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.PodRegistrations.Registration;
import io.plumbline.spi.PodRegistrations.Selection;
import io.plumbline.spi.PodRegistrations.Standing;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.objects.PodView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// On virtual time: the executor is the caller itself.
class GateWatchTest {
    private static final Duration TICK = Duration.ofMillis(100);

    private final Lab lab = new Lab(START);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final GateWatch watch = new GateWatch(
            new GateWatch.Parts(lab, lab, lab, 2), settings(), lab, Runnable::run, new GateMeters(meters, "example"));
    private final PodView pod = pod("web-1", GateSettings.TYPE);
    private final Registration shop = registration("shop", registeredAt(START));

    @Test
    void theGateOpensAtMostOnePaceAfterTheLoadBalancerSaysHealthy() {
        lab.pod(pod, direct(shop));
        lab.becomes(shop, Health.Status.PROBING);
        run(Duration.ofMillis(6_150));
        lab.becomes(shop, Health.Status.HEALTHY);
        Instant healthy = lab.instant();

        Instant open = runUntilPatched();

        assertThat(Duration.between(healthy, open)).isLessThanOrEqualTo(Duration.ofMillis(400));
        assertThat(lab.patches)
                .singleElement()
                .satisfies(patch -> assertThat(patch.uid()).isEqualTo(pod.uid()));
        assertThat(meters.get("plumbline.gate.flip").timer().count()).isEqualTo(1);
        assertThat(meters.get("plumbline.gate.registered.to.open").timer().max(TimeUnit.SECONDS))
                .isBetween(6.0, 7.0);
    }

    @Test
    void withoutWaitingPodsNobodyIsAsked() {
        run(Duration.ofMinutes(5));

        assertThat(lab.questions).isEmpty();
        assertThat(lab.patches).isEmpty();
    }

    @Test
    void aSecondLookWritesNothing() {
        lab.pod(pod, direct(shop));
        lab.becomes(shop, Health.Status.HEALTHY);
        lab.informerLags();
        run(Duration.ofSeconds(12));

        assertThat(lab.patches).hasSize(1);
    }

    @Test
    void anOpeningThatDoesNotShowIsWrittenAgain() {
        lab.pod(pod, direct(shop));
        lab.becomes(shop, Health.Status.HEALTHY);
        lab.informerLags();
        run(Duration.ofSeconds(17));

        assertThat(lab.patches).hasSize(2);
    }

    @Test
    void aReplacedPodIsDropped() {
        lab.pod(pod, direct(shop));
        lab.becomes(shop, Health.Status.HEALTHY);
        lab.nextWriteIs(new Written.Replaced());
        run(Duration.ofMinutes(1));

        assertThat(lab.patches).hasSize(1);
    }

    @Test
    void aFailedWriteIsTriedAgain() {
        lab.pod(pod, direct(shop));
        lab.becomes(shop, Health.Status.HEALTHY);
        lab.nextWriteIs(new Written.Failed("timeout"));
        run(Duration.ofSeconds(8));

        assertThat(lab.patches).hasSize(2);
        assertThat(lab.waiting()).isEmpty();
    }

    @Test
    void oneLoadBalancerThatCannotBeAskedHoldsUpNoOther() {
        Registration admin = registration("admin", registeredAt(START));
        lab.pod(pod, direct(shop));
        lab.pod(pod("web-2", GateSettings.TYPE), direct(admin));
        lab.becomes(shop, Health.Status.HEALTHY);
        lab.becomes(admin, Health.Status.HEALTHY);
        lab.failing(loadBalancer("admin"), new Outcome.Rejected(Outcome.Because.DENIED, "no"));
        run(Duration.ofSeconds(11));

        assertThat(lab.patches).extracting(GatePatch::uid).containsExactly(pod.uid());
        lab.mended(loadBalancer("admin"));
        run(Duration.ofSeconds(6));
        assertThat(lab.waiting()).isEmpty();
    }

    @Test
    void throttlingIsObeyedButNeverForLongerThanFiveSeconds() {
        lab.pod(pod, direct(shop));
        lab.becomes(shop, Health.Status.HEALTHY);
        lab.failing(
                loadBalancer("shop"), new Outcome.Retry(Duration.ofMinutes(16), Outcome.Why.THROTTLED, "slow down"));
        run(Duration.ofSeconds(6));
        int asked = lab.questions.size();
        lab.mended(loadBalancer("shop"));
        run(Duration.ofSeconds(5));

        assertThat(asked).isEqualTo(1);
        assertThat(lab.waiting()).isEmpty();
    }

    @Test
    void theDeadlineIsToldOnceAndTheGateOpensWhenHealthComes() {
        lab.pod(pod, direct(shop));
        lab.becomes(shop, Health.Status.UNHEALTHY);
        run(GateSettings.DEADLINE.plusSeconds(30));

        assertThat(lab.warnings).containsExactly("DeadlineExceeded default/web-1");
        assertThat(lab.patches).singleElement().matches(patch -> !patch.opens());
        lab.becomes(shop, Health.Status.HEALTHY);
        run(Duration.ofSeconds(6));
        assertThat(lab.waiting()).isEmpty();
    }

    @Test
    void aPodWithoutAPoolOpensAfterTheSettleTime() {
        lab.pod(pod, new Standing(Selection.NONE, false, List.of()));
        run(Duration.ofSeconds(29));
        assertThat(lab.patches).isEmpty();
        run(Duration.ofSeconds(2));

        assertThat(lab.patches.getFirst().conditions().getFirst().reason()).isEqualTo(GateReason.NO_POOL);
        assertThat(lab.questions).isEmpty();
    }

    @Test
    void aPodThatMissedItsGateIsToldOnce() {
        lab.ungated.add(pod("web-9"));
        run(Duration.ofSeconds(10));

        assertThat(lab.warnings).containsExactly("NoReadinessGate default/web-9");
        assertThat(meters.get("plumbline.gate.missing").gauge().value()).isEqualTo(1);
    }

    @Test
    void theSuccessorAtTheSameAddressStartsFromNothing() {
        lab.pod(pod, direct(shop));
        lab.becomes(shop, Health.Status.HEALTHY);
        run(Duration.ofMillis(4_900));
        PodView successor = pod("web-2", GateSettings.TYPE);
        lab.gone(pod);
        lab.pod(successor, direct(registration("shop", registeredAt(lab.instant()))));
        run(Duration.ofMillis(4_900));

        assertThat(lab.patches).isEmpty();
        run(Duration.ofSeconds(1));
        assertThat(lab.patches).extracting(GatePatch::uid).containsExactly(successor.uid());
    }

    private void run(Duration time) {
        Instant end = lab.instant().plus(time);
        while (lab.instant().isBefore(end)) {
            watch.round();
            lab.pass(TICK);
        }
    }

    private Instant runUntilPatched() {
        for (int i = 0; i < 100 && lab.patches.isEmpty(); i++) {
            watch.round();
            if (lab.patches.isEmpty()) {
                lab.pass(TICK);
            }
        }
        return lab.instant();
    }
}
