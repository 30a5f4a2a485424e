package io.plumbline.readinessgate.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.readinessgate.gate.GateSettings;
import io.plumbline.readinessgate.webhook.Admission.Operation;
import io.plumbline.readinessgate.webhook.IncomingPod.Container;
import io.plumbline.readinessgate.webhook.IncomingPod.Lifecycle;
import io.plumbline.readinessgate.webhook.WebhookSettings.SleepAction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class InjectionTest {
    private static final WebhookSettings USUAL = new WebhookSettings(true, SleepAction.KNOWN);
    private static final Map<String, String> GATE = Map.of("conditionType", GateSettings.TYPE);
    private static final Map<String, Object> SLEEP_5 = Map.of("sleep", Map.of("seconds", 5L));

    @Test
    void aPodWithoutGatesGetsTheFirst() {
        assertThat(into(pod(Optional.empty(), Map.of(), Lifecycle.ABSENT)).operations())
                .containsExactly(new Operation("/spec/readinessGates", List.of(GATE)));
    }

    @Test
    void otherGatesAreKept() {
        assertThat(into(pod(Optional.of(List.of("somebody.else/gate")), Map.of(), Lifecycle.ABSENT))
                        .operations())
                .containsExactly(new Operation("/spec/readinessGates/-", GATE));
    }

    @Test
    void aGateInThePodTemplateIsNotDoubled() {
        assertThat(into(pod(Optional.of(List.of(GateSettings.TYPE)), Map.of(), Lifecycle.ABSENT)))
                .isEqualTo(Admission.untouched());
    }

    @Test
    void theSleepIsAddedToTheGracePeriod() {
        Admission admission = Injection.into(pod(gated(), Map.of(), Lifecycle.ABSENT), Optional.of("5"), USUAL);

        assertThat(admission.operations())
                .containsExactly(
                        new Operation("/spec/containers/0/lifecycle", Map.of("preStop", SLEEP_5)),
                        new Operation("/spec/terminationGracePeriodSeconds", 35L));
        assertThat(admission.warnings()).isEmpty();
    }

    @Test
    void aLifecycleWithoutPreStopIsCompleted() {
        assertThat(Injection.into(pod(gated(), Map.of(), Lifecycle.WITHOUT_PRE_STOP), Optional.of("5"), USUAL)
                        .operations())
                .contains(new Operation("/spec/containers/0/lifecycle/preStop", SLEEP_5));
    }

    @Test
    void anExistingPreStopIsLeftAloneAndSaidSo() {
        Admission admission = Injection.into(pod(gated(), Map.of(), Lifecycle.WITH_PRE_STOP), Optional.of("5"), USUAL);

        assertThat(admission.operations()).isEmpty();
        assertThat(admission.warnings())
                .containsExactly(
                        "container web has a preStop hook of its own, which is left alone: it gets no sleep of 5 s");
    }

    @Test
    void otherContainersStillGetTheSleep() {
        IncomingPod pod = new IncomingPod(
                "shop",
                "web-1",
                new TreeMap<>(),
                new TreeMap<>(),
                gated(),
                Optional.empty(),
                List.of(new Container("proxy", Lifecycle.WITH_PRE_STOP), new Container("web", Lifecycle.ABSENT)));

        Admission admission = Injection.into(pod, Optional.of("5"), USUAL);

        assertThat(admission.operations())
                .extracting(Operation::path)
                .containsExactly("/spec/containers/1/lifecycle", "/spec/terminationGracePeriodSeconds");
        assertThat(admission.operations().getLast().value()).isEqualTo(35L);
        assertThat(admission.warnings()).hasSize(1);
    }

    @Test
    void thePodTemplatePrecedesTheNamespace() {
        IncomingPod pod = pod(gated(), Map.of(Injection.SLEEP_ANNOTATION, "0"), Lifecycle.ABSENT);

        assertThat(Injection.into(pod, Optional.of("5"), USUAL)).isEqualTo(Admission.untouched());
    }

    @Test
    void aBadNumberIsAWarningAndTheNamespaceStillCounts() {
        for (String bad : List.of("five", "-1", "3601", "5s", "", "99999999999999999999", "1.5")) {
            IncomingPod pod = pod(gated(), Map.of(Injection.SLEEP_ANNOTATION, bad), Lifecycle.ABSENT);
            Admission admission = Injection.into(pod, Optional.of("5"), USUAL);

            assertThat(admission.operations()).as(bad).hasSize(2);
            assertThat(admission.warnings())
                    .as(bad)
                    .singleElement()
                    .satisfies(warning -> assertThat(warning)
                            .startsWith("the Pod's annotation plumbline.io/pre-stop-sleep-seconds is ignored"));
        }
    }

    @Test
    void aClusterWithoutTheSleepActionGetsAWarningAndTheGate() {
        for (SleepAction action : List.of(SleepAction.TOO_OLD, SleepAction.UNTOLD)) {
            Admission admission = Injection.into(
                    pod(Optional.empty(), Map.of(), Lifecycle.ABSENT),
                    Optional.of("5"),
                    new WebhookSettings(true, action));

            assertThat(admission.operations()).hasSize(1);
            assertThat(admission.warnings()).singleElement().asString().contains("has no effect");
        }
    }

    @Test
    void theSleepActionIsKnownFromKubernetes130On() {
        assertThat(SleepAction.of("1", "29")).isEqualTo(SleepAction.TOO_OLD);
        assertThat(SleepAction.of("1", "30+")).isEqualTo(SleepAction.KNOWN);
        assertThat(SleepAction.of("1", "36")).isEqualTo(SleepAction.KNOWN);
        assertThat(SleepAction.of("2", "0")).isEqualTo(SleepAction.KNOWN);
        assertThat(SleepAction.of("", "")).isEqualTo(SleepAction.UNTOLD);
    }

    private static Admission into(IncomingPod pod) {
        return Injection.into(pod, Optional.empty(), USUAL);
    }

    private static Optional<List<String>> gated() {
        return Optional.of(List.of(GateSettings.TYPE));
    }

    private static IncomingPod pod(Optional<List<String>> gates, Map<String, String> annotations, Lifecycle lifecycle) {
        return new IncomingPod(
                "shop",
                "web-1",
                new TreeMap<>(),
                new TreeMap<>(annotations),
                gates,
                Optional.of(30L),
                List.of(new Container("web", lifecycle)));
    }
}
