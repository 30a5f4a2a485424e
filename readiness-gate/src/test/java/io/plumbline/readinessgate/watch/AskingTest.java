package io.plumbline.readinessgate.watch;

import static io.plumbline.readinessgate.Examples.FIVE_SECONDS_TWICE;
import static io.plumbline.readinessgate.Examples.START;
import static io.plumbline.readinessgate.Examples.direct;
import static io.plumbline.readinessgate.Examples.loadBalancer;
import static io.plumbline.readinessgate.Examples.pod;
import static io.plumbline.readinessgate.Examples.registeredAt;
import static io.plumbline.readinessgate.Examples.registration;
import static io.plumbline.readinessgate.Examples.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.readinessgate.gate.GateSettings;
import io.plumbline.readinessgate.gate.Memory;
import io.plumbline.readinessgate.gate.Waiter;
import io.plumbline.readinessgate.watch.Asking.Pace;
import io.plumbline.spi.PodRegistrations.Registration;
import io.plumbline.spi.PodRegistrations.State;
import io.plumbline.spi.Provider.HealthQuestion;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.LoadBalancerKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AskingTest {
    private static final Instant HEALTHY_AT_THE_EARLIEST = START.plus(FIVE_SECONDS_TWICE.earliest());
    private static final int PER_CALL = 30;

    @Test
    void nobodyIsAskedAboutBeforeItCanBeHealthy() {
        List<Waiter> waiters = List.of(waiter("web-1", registration("shop", registeredAt(START))));

        assertThat(due(waiters, Map.of(), HEALTHY_AT_THE_EARLIEST.minusMillis(1)))
                .isEmpty();
        assertThat(due(waiters, Map.of(), HEALTHY_AT_THE_EARLIEST)).hasSize(1);
    }

    @Test
    void onlyRegisteredPodsWhosePoolIsKnownToTheCloudAreAskedAbout() {
        Registration known = registration("shop", registeredAt(START));
        Registration unknown =
                new Registration(known.loadBalancer(), known.backend(), known.state(), known.probing(), Ids.none());
        List<Waiter> waiters = List.of(
                waiter("web-1", registration("shop", new State.Waiting())),
                waiter("web-2", registration("shop", new State.Rejected("no"))),
                waiter("web-3", registration("shop", new State.LeftOut("full"))),
                waiter("web-4", unknown));

        assertThat(due(waiters, Map.of(), HEALTHY_AT_THE_EARLIEST)).isEmpty();
    }

    @Test
    void podsOfOneLoadBalancerShareAQuestionAndLoadBalancersShareACall() {
        List<Waiter> waiters = List.of(
                waiter("web-1", registration("shop", registeredAt(START))),
                waiter("web-2", registration("shop", registeredAt(START))),
                waiter("web-3", registration("admin", registeredAt(START))));

        List<List<HealthQuestion>> calls = due(waiters, Map.of(), HEALTHY_AT_THE_EARLIEST);

        assertThat(calls).hasSize(1);
        assertThat(calls.getFirst())
                .extracting(question -> question.loadBalancer().text())
                .containsExactly("default/shop", "default/admin");
        assertThat(calls.getFirst().getFirst().ids().id(loadBalancer("shop"))).contains("lb-shop");
    }

    @Test
    void aCallNamesNoMoreThanTheCloudAllows() {
        List<Waiter> waiters = IntStream.range(0, 65)
                .mapToObj(i -> waiter("web-" + i, registration("shop-" + i, registeredAt(START))))
                .toList();

        assertThat(due(waiters, Map.of(), HEALTHY_AT_THE_EARLIEST))
                .extracting(List::size)
                .containsExactly(30, 30, 5);
    }

    @Test
    void aQuestionIsRepeatedAfterFourHundredMilliseconds() {
        List<Waiter> waiters = List.of(waiter("web-1", registration("shop", registeredAt(START))));
        Instant asked = HEALTHY_AT_THE_EARLIEST;
        Map<LoadBalancerKey, Pace> paces =
                Map.of(loadBalancer("shop"), new Pace(asked, Optional.empty(), false, false));

        assertThat(due(waiters, paces, asked.plusMillis(399))).isEmpty();
        assertThat(due(waiters, paces, asked.plusMillis(400))).hasSize(1);
    }

    @Test
    void aQuestionUnderWayIsNotAskedAgain() {
        List<Waiter> waiters = List.of(waiter("web-1", registration("shop", registeredAt(START))));
        Instant asked = HEALTHY_AT_THE_EARLIEST;

        assertThat(due(
                        waiters,
                        Map.of(loadBalancer("shop"), new Pace(asked, Optional.empty(), false, true)),
                        asked.plusSeconds(60)))
                .isEmpty();
    }

    @Test
    void onePausedLoadBalancerDoesNotPauseAnother() {
        List<Waiter> waiters = List.of(
                waiter("web-1", registration("shop", registeredAt(START))),
                waiter("web-2", registration("admin", registeredAt(START))));
        Instant now = HEALTHY_AT_THE_EARLIEST.plusSeconds(1);
        Map<LoadBalancerKey, Pace> paces = Map.of(
                loadBalancer("shop"), new Pace(HEALTHY_AT_THE_EARLIEST, Optional.of(now.plusSeconds(1)), false, false));

        assertThat(due(waiters, paces, now).getFirst())
                .extracting(question -> question.loadBalancer().text())
                .containsExactly("default/admin");
    }

    @Test
    void whatSpoiltACallIsAskedAboutAlone() {
        List<Waiter> waiters = List.of(
                waiter("web-1", registration("shop", registeredAt(START))),
                waiter("web-2", registration("admin", registeredAt(START))));
        Map<LoadBalancerKey, Pace> paces = Map.of(loadBalancer("shop"), new Pace(START, Optional.empty(), true, false));

        assertThat(due(waiters, paces, HEALTHY_AT_THE_EARLIEST)).hasSize(2);
    }

    @Test
    void pastTheDeadlineQuestionsBecomeRare() {
        Registration shop = registration("shop", registeredAt(START));
        Waiter told = Waiter.of(
                pod("web-1", GateSettings.TYPE), direct(shop), Memory.none().told(), settings());
        Map<LoadBalancerKey, Pace> paces =
                Map.of(loadBalancer("shop"), new Pace(HEALTHY_AT_THE_EARLIEST, Optional.empty(), false, false));

        assertThat(due(List.of(told), paces, HEALTHY_AT_THE_EARLIEST.plusMillis(4999)))
                .isEmpty();
        assertThat(due(List.of(told), paces, HEALTHY_AT_THE_EARLIEST.plusSeconds(5)))
                .hasSize(1);
        assertThat(due(List.of(told, waiter("web-2", shop)), paces, HEALTHY_AT_THE_EARLIEST.plusMillis(400)))
                .hasSize(1);
    }

    private static List<List<HealthQuestion>> due(List<Waiter> waiters, Map<LoadBalancerKey, Pace> paces, Instant now) {
        return Asking.due(waiters, paces, now, PER_CALL);
    }

    private static Waiter waiter(String pod, Registration registration) {
        return Waiter.of(pod(pod, GateSettings.TYPE), direct(registration), Memory.none(), settings());
    }
}
