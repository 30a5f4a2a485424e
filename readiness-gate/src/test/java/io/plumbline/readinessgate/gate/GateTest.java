package io.plumbline.readinessgate.gate;

import static io.plumbline.readinessgate.Examples.FIVE_SECONDS_TWICE;
import static io.plumbline.readinessgate.Examples.NATIVE;
import static io.plumbline.readinessgate.Examples.START;
import static io.plumbline.readinessgate.Examples.answer;
import static io.plumbline.readinessgate.Examples.direct;
import static io.plumbline.readinessgate.Examples.pod;
import static io.plumbline.readinessgate.Examples.registeredAt;
import static io.plumbline.readinessgate.Examples.registration;
import static io.plumbline.readinessgate.Examples.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.readinessgate.gate.GatePatch.GateCondition;
import io.plumbline.spi.PodRegistrations.Registration;
import io.plumbline.spi.PodRegistrations.Selection;
import io.plumbline.spi.PodRegistrations.Standing;
import io.plumbline.spi.PodRegistrations.State;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.objects.PodView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final Instant SOON = START.plusSeconds(5);
    private static final Instant LATER = START.plusSeconds(3600);

    private final PodView pod = pod("web-1", GateSettings.TYPE);
    private final Registration shop = registration("shop", registeredAt(START));
    private final Registration admin = registration("admin", registeredAt(START));

    @Test
    void gateOpensWhenThePoolSaysHealthy() {
        assertThat(decide(direct(shop), answer(SOON, Health.Status.HEALTHY, shop), SOON))
                .contains(GateReason.HEALTHY);
    }

    @Test
    void gateOpensWhenThePoolHasNoHealthCheck() {
        assertThat(decide(direct(shop), answer(SOON, Health.Status.UNCHECKED, shop), SOON))
                .contains(GateReason.UNCHECKED);
    }

    @Test
    void gateWaitsWhileThePoolIsProbingOrUnhealthyOrSilent() {
        for (Health.Status status : List.of(Health.Status.PROBING, Health.Status.UNHEALTHY)) {
            assertThat(decide(direct(shop), answer(SOON, status, shop), SOON)).isEmpty();
        }
        assertThat(decide(direct(shop), LatestHealth.none(), SOON)).isEmpty();
    }

    @Test
    void everyPoolMustSayHealthy() {
        LatestHealth shopAlone = answer(SOON, Health.Status.HEALTHY, shop);
        LatestHealth both = answer(SOON, Health.Status.HEALTHY, shop, admin);

        assertThat(decide(direct(shop, admin), shopAlone, SOON)).isEmpty();
        assertThat(decide(direct(shop, admin), both, SOON)).contains(GateReason.HEALTHY);
    }

    @Test
    void anAnswerToAQuestionAskedBeforeThisPodCouldBeHealthyDoesNotCount() {
        LatestHealth ofThePredecessor = answer(SOON.minusMillis(1), Health.Status.HEALTHY, shop);

        assertThat(decide(direct(shop), ofThePredecessor, SOON)).isEmpty();
    }

    @Test
    void rejectedPoolsAndPodsLeftOutDoNotHoldIt() {
        Registration rejected = registration("admin", new State.Rejected("no balance"));
        Registration leftOut = registration("api", new State.LeftOut("quota 100"));

        assertThat(decide(direct(rejected, leftOut, shop), answer(SOON, Health.Status.HEALTHY, shop), SOON))
                .contains(GateReason.HEALTHY);
        assertThat(decide(direct(rejected, leftOut), LatestHealth.none(), SOON)).contains(GateReason.REJECTED);
        assertThat(decide(direct(leftOut), LatestHealth.none(), SOON)).contains(GateReason.LEFT_OUT);
        assertThat(decide(direct(rejected, shop), LatestHealth.none(), SOON)).isEmpty();
    }

    @Test
    void aRegistrationThatIsStillToComeHoldsIt() {
        Registration coming = registration("shop", new State.Waiting());

        assertThat(decide(direct(coming), LatestHealth.none(), LATER.plusSeconds(1)))
                .isEmpty();
    }

    @Test
    void noPoolOpensItAfterTheSettleTimeOnly() {
        Memory justSeen = Memory.none().seeing(pod, direct(), LATER);
        Memory settled = Memory.none().seeing(pod, direct(), LATER.minus(GateSettings.SETTLE));

        assertThat(decide(direct(), justSeen, Optional.of(START), LATER)).isEmpty();
        assertThat(decide(direct(), settled, Optional.of(START), LATER)).contains(GateReason.NO_POOL);
    }

    @Test
    void noPoolMeansNothingBeforeTheClusterHasBeenReadForTheSettleTime() {
        Memory settled = Memory.none().seeing(pod, direct(), START);

        assertThat(decide(direct(), settled, Optional.empty(), LATER)).isEmpty();
        assertThat(decide(direct(), settled, Optional.of(LATER.minusSeconds(29)), LATER))
                .isEmpty();
    }

    @Test
    void aPodThatStillStartsIsNotTakenForOneWithoutAPool() {
        PodView starting = pod("web-1", false, GateSettings.TYPE);
        Memory memory = Memory.none().seeing(starting, direct(), START).seeing(starting, direct(), LATER);

        assertThat(memory.placelessSince()).isEmpty();
        assertThat(memory.readySince()).isEmpty();
    }

    @Test
    void nodePortsAndDeletedServicesOpenItAtOnce() {
        Standing nodePorts = new Standing(Selection.NODE_PORTS, false, List.of());
        Standing released = new Standing(Selection.RELEASED, false, List.of());

        assertThat(decide(nodePorts, LatestHealth.none(), SOON)).contains(GateReason.NODE_PORTS);
        assertThat(decide(released, LatestHealth.none(), SOON)).contains(GateReason.SERVICE_DELETED);
        assertThat(decide(released, Memory.none(), Optional.empty(), SOON)).isEmpty();
    }

    @Test
    void theDeadlineIsReportedOnceAndLeavesTheGateClosed() {
        Memory waitedLong = Memory.none().seeing(pod, direct(shop), LATER.minus(GateSettings.DEADLINE));
        LatestHealth unhealthy = answer(LATER, Health.Status.UNHEALTHY, shop);

        GatePatch patch =
                patch(direct(shop), waitedLong, unhealthy, LATER, settings()).orElseThrow();

        assertThat(patch.opens()).isFalse();
        assertThat(patch.resourceVersion()).contains("17");
        assertThat(patch.conditions())
                .extracting(GateCondition::reason, GateCondition::message)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        GateReason.DEADLINE_EXCEEDED,
                        "its load balancer did not report it healthy in time:"
                                + " default/shop:tcp/80/10.0.3.7:80 is unhealthy"));
        assertThat(patch(direct(shop), waitedLong.told(), unhealthy, LATER, settings()))
                .isEmpty();
    }

    @Test
    void theDeadlineOpensTheGateWhereTheSettingsSaySo() {
        Memory waitedLong = Memory.none().seeing(pod, direct(shop), START);
        GateSettings open =
                new GateSettings(List.of(), GateSettings.SETTLE, GateSettings.DEADLINE, GateSettings.AtDeadline.OPEN);

        assertThat(patch(direct(shop), waitedLong, LatestHealth.none(), LATER, open))
                .hasValueSatisfying(patch -> assertThat(patch.opens()).isTrue());
    }

    @Test
    void healthAfterTheDeadlineStillOpensIt() {
        Memory told = Memory.none().seeing(pod, direct(shop), START).told();

        assertThat(patch(direct(shop), told, answer(LATER, Health.Status.HEALTHY, shop), LATER, settings()))
                .hasValueSatisfying(patch -> assertThat(patch.opens()).isTrue());
    }

    @Test
    void containersThatFailStartTheDeadlineAnew() {
        Memory memory = Memory.none()
                .seeing(pod, direct(shop), START)
                .seeing(pod("web-1", false, GateSettings.TYPE), direct(), SOON)
                .seeing(pod, direct(shop), LATER);

        assertThat(memory.readySince()).contains(LATER);
    }

    @Test
    void anOpenGateIsNeverTouched() {
        PodView open = new PodView(
                pod.metadata(),
                "Running",
                pod.ips(),
                pod.nodeName(),
                false,
                true,
                List.of(new PodView.Gate(GateSettings.TYPE, true)),
                List.of(),
                pod.resources(),
                Optional.empty());
        Waiter waiter = Waiter.of(open, direct(shop), Memory.none().seeing(open, direct(shop), START), settings());

        assertThat(waiter.gates()).isEmpty();
        assertThat(Gate.patch(
                        waiter,
                        new GateFacts(answer(LATER, Health.Status.UNHEALTHY, shop), Optional.of(START), LATER),
                        settings()))
                .isEmpty();
    }

    @Test
    void aPatchThatClosesMustNameTheVersionThatItIsMeantFor() {
        GateCondition closed = new GateCondition(GateSettings.TYPE, false, GateReason.DEADLINE_EXCEEDED, "late");

        assertThatThrownBy(() -> new GatePatch(pod.key(), pod.uid(), Optional.empty(), List.of(closed)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nativeTypesAreServedOnlyWhereEveryServiceIsOurs() {
        PodView both = pod("web-1", NATIVE, GateSettings.TYPE, "somebody.else/gate");
        Standing shared = new Standing(Selection.DIRECT, true, List.of(shop));
        Standing unselected = new Standing(Selection.NONE, false, List.of());

        assertThat(types(both, direct(shop))).containsExactly(NATIVE, GateSettings.TYPE);
        assertThat(types(both, shared)).containsExactly(GateSettings.TYPE);
        assertThat(types(both, unselected)).containsExactly(GateSettings.TYPE);
    }

    @Test
    void aNativeTypeThatNamesWhatWeDoNotKnowWaitsForAllPools() {
        PodView pod = pod("web-1", "any.cloud.example/k8s-web-shop-1f");
        GateSettings settings = GateSettings.usual(List.of("any.cloud.example/<name>"));

        assertThat(ServedGate.of(pod, direct(shop, admin), settings))
                .singleElement()
                .satisfies(gate -> {
                    assertThat(gate.type()).isEqualTo("any.cloud.example/k8s-web-shop-1f");
                    assertThat(gate.concerns(shop)).isTrue();
                    assertThat(gate.concerns(admin)).isTrue();
                });
    }

    @Test
    void aNativeTypeThatNamesAServiceWaitsForThatServiceAlone() {
        PodView both = pod("web-1", "ready.cloud.example/shop", "ready.cloud.example/admin");
        Standing standing = direct(shop, admin);
        Waiter waiter = Waiter.of(both, standing, Memory.none(), settings());

        GatePatch patch = Gate.patch(
                        waiter,
                        new GateFacts(answer(SOON, Health.Status.HEALTHY, shop), Optional.of(START), SOON),
                        settings())
                .orElseThrow();

        assertThat(patch.conditions()).extracting(GateCondition::type).containsExactly("ready.cloud.example/shop");
    }

    @Test
    void loadBalancerGatesAreToldFromOthers() {
        List<String> nativeTypes = settings().nativeTypes();
        Map<String, Boolean> expected = new TreeMap<>(Map.of(
                GateSettings.TYPE,
                true,
                NATIVE,
                true,
                "ready.cloud.example/shop",
                true,
                "ready.cloud.example/",
                false,
                "somebody.else/gate",
                false));

        expected.forEach((type, is) -> assertThat(ServedGate.isLoadBalancerGate(type, nativeTypes))
                .as(type)
                .isEqualTo(is));
    }

    @Test
    void askingMakesSenseFromTheFirstMomentThatItCanBeHealthy() {
        assertThat(FIVE_SECONDS_TWICE.earliest()).isEqualTo(Duration.ofSeconds(5));
        assertThat(LatestHealth.askableFrom(shop, new State.Registered(START))).isEqualTo(SOON);
    }

    @Test
    void everyReasonIsDocumented() throws IOException {
        String documentation = Files.readString(Path.of("..", "docs", "readiness-gates.md"));

        for (GateReason reason : GateReason.values()) {
            assertThat(documentation).contains("| `" + reason.text() + "` | ");
        }
    }

    private Optional<GateReason> decide(Standing standing, LatestHealth health, Instant now) {
        Memory memory = Memory.none().seeing(pod, standing, now);
        return reason(patch(standing, memory, health, now, settings()));
    }

    private Optional<GateReason> decide(Standing standing, Memory memory, Optional<Instant> syncedSince, Instant now) {
        Waiter waiter = Waiter.of(pod, standing, memory, settings());
        return reason(Gate.patch(waiter, new GateFacts(LatestHealth.none(), syncedSince, now), settings()));
    }

    private Optional<GatePatch> patch(
            Standing standing, Memory memory, LatestHealth health, Instant now, GateSettings settings) {
        Waiter waiter = Waiter.of(pod, standing, memory, settings);
        return Gate.patch(waiter, new GateFacts(health, Optional.of(START), now), settings);
    }

    private static Optional<GateReason> reason(Optional<GatePatch> patch) {
        return patch.map(found -> found.conditions().getFirst().reason());
    }

    private static List<String> types(PodView pod, Standing standing) {
        return Waiter.of(pod, standing, Memory.none(), settings()).gates().stream()
                .map(ServedGate::type)
                .toList();
    }
}
