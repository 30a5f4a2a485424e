package io.plumbline.tencent;

import static io.plumbline.tencent.Examples.backend;
import static io.plumbline.tencent.Examples.creation;
import static io.plumbline.tencent.Examples.drain;
import static io.plumbline.tencent.Examples.every;
import static io.plumbline.tencent.Examples.ids;
import static io.plumbline.tencent.Examples.listener;
import static io.plumbline.tencent.Examples.loadBalancer;
import static io.plumbline.tencent.Examples.pool;
import static io.plumbline.tencent.Examples.remove;
import static io.plumbline.tencent.Examples.request;
import static io.plumbline.tencent.Examples.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.spi.Outcome;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.Setting;
import io.plumbline.tencent.Lowering.Lowered;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoweringTest {
    @Test
    void listenersOfEqualSettingsAreMadeInOneCallOfAtMost49Ports() {
        List<Pool> pools = IntStream.rangeClosed(1, 60)
                .mapToObj(port -> pool(port, port <= 50 ? every(5) : HealthCheck.unmanaged()))
                .toList();
        List<Change> changes = IntStream.rangeClosed(1, 60)
                .mapToObj(port -> creation(listener(port)))
                .toList();

        Lowered lowered = Lowering.lower(request(ids(), pools, changes));

        assertThat(sizes(lowered)).containsExactly("CreateListener 49", "CreateListener 1", "CreateListener 10");
    }

    @Test
    void targetsOfAllListenersAreBoundInBatchesOf500() {
        List<Change> changes = new ArrayList<>();
        for (int port : List.of(80, 81, 82)) {
            IntStream.range(0, 400).forEach(host -> changes.add(creation(backend(port, host))));
        }

        Lowered lowered = Lowering.lower(request(ids(80, 81, 82), List.of(), changes));

        assertThat(sizes(lowered))
                .containsExactly("BatchRegisterTargets 500", "BatchRegisterTargets 500", "BatchRegisterTargets 200");
    }

    @Test
    void aPodOnTwoPortsIsDrainedInOneCallAndRemovedInOne() {
        List<Change> drains = List.of(drain(backend(80, 1)), drain(backend(81, 1)));
        List<Change> removals = List.of(remove(backend(80, 1)), remove(backend(81, 1)));

        assertThat(sizes(Lowering.lower(request(ids(80, 81), List.of(), drains))))
                .containsExactly("BatchModifyTargetWeight 2");
        assertThat(sizes(Lowering.lower(request(ids(80, 81), List.of(), removals))))
                .containsExactly("BatchDeregisterTargets 2");
    }

    @Test
    void mergingOvertakesNothingThatConcernsTheSameListener() {
        List<Change> changes = List.of(
                remove(backend(80, 1)), creation(backend(80, 2)), remove(backend(80, 3)), remove(backend(81, 3)));

        Lowered lowered = Lowering.lower(request(ids(80, 81), List.of(), changes));

        assertThat(sizes(lowered))
                .containsExactly("BatchDeregisterTargets 1", "BatchRegisterTargets 1", "BatchDeregisterTargets 2");
    }

    @Test
    void aRemovedLoadBalancerTakesEverythingWithItInOneCall() {
        List<Change> changes = List.of(
                remove(backend(80, 1)),
                remove(listener(80)),
                remove(loadBalancer(Scheme.INTERNET, TencentLoadBalancerOptions.unmanaged())));

        Lowered lowered = Lowering.lower(request(ids(80), List.of(), changes));

        assertThat(lowered.steps())
                .containsExactly(new Lowering.Step(new Call.DeleteLoadBalancer("lb-1", false), List.of(0, 1, 2)));
    }

    @Test
    void aRemovedListenerTakesItsTargetsAndNoOthers() {
        List<Change> changes = List.of(remove(backend(80, 1)), remove(backend(81, 1)), remove(listener(80)));

        Lowered lowered = Lowering.lower(request(ids(80, 81), List.of(), changes));

        assertThat(sizes(lowered)).containsExactly("BatchDeregisterTargets 1", "DeleteLoadBalancerListeners 1");
        assertThat(lowered.steps().get(1).changes()).containsExactlyInAnyOrder(0, 2);
    }

    @Test
    void atMost20ListenersAreDeletedInOneCallAndNeverAllOfThem() {
        int[] ports = IntStream.rangeClosed(1, 25).toArray();
        List<Change> changes =
                IntStream.of(ports).mapToObj(port -> remove(listener(port))).toList();

        assertThat(sizes(Lowering.lower(request(ids(ports), List.of(), changes))))
                .containsExactly("DeleteLoadBalancerListeners 20", "DeleteLoadBalancerListeners 5");
        assertThatThrownBy(() -> new Call.DeleteListeners("lb-1", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void weightsOfManyListenersKeepWithinARulesLimits() {
        int[] ports = IntStream.rangeClosed(1, 120).toArray();
        List<Change> changes =
                IntStream.of(ports).mapToObj(port -> drain(backend(port, 1))).toList();

        assertThat(sizes(Lowering.lower(request(ids(ports), List.of(), changes))))
                .containsExactly("BatchModifyTargetWeight 99", "BatchModifyTargetWeight 21");
    }

    @Test
    void anUnknownIdentifierAsksForANewReading() {
        Lowered lowered = Lowering.lower(request(Ids.none(), List.of(), List.of(creation(backend(80, 1)))));

        assertThat(lowered.steps()).isEmpty();
        assertThat(lowered.settled().get(0))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.why()).isEqualTo(Outcome.Why.STALE));
    }

    @Test
    void anInternalLoadBalancerWithoutASubnetIsNotMadeAndNeverPublic() {
        Change change = creation(loadBalancer(Scheme.INTERNAL, TencentLoadBalancerOptions.unmanaged()));

        Lowered lowered = Lowering.lower(request(Ids.none(), List.of(), List.of(change)));

        assertThat(lowered.steps()).isEmpty();
        assertThat(lowered.settled().get(0))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.message()).contains(Annotations.SUBNET));
    }

    @Test
    void theBandwidthIsChangedWithTheWayOfPayingAsItIs() {
        TencentLoadBalancerOptions was = new TencentLoadBalancerOptions(
                Setting.unmanaged(),
                Setting.managed("TRAFFIC_POSTPAID_BY_HOUR"),
                Setting.managed(10),
                Setting.managed(10),
                Setting.managed(false));
        TencentLoadBalancerOptions wanted = new TencentLoadBalancerOptions(
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.managed(20),
                Setting.managed(false));
        Change change = update(loadBalancer(Scheme.INTERNET, was), loadBalancer(Scheme.INTERNET, wanted));

        Lowered lowered = Lowering.lower(request(ids(), List.of(), List.of(change)));

        assertThat(lowered.steps().getFirst().call())
                .isEqualTo(new Call.ModifyLoadBalancer(
                        "lb-1", Optional.of("TRAFFIC_POSTPAID_BY_HOUR"), Optional.of(20), Optional.empty()));
    }

    @Test
    void ourOwnProtectionIsLiftedBeforeTheLoadBalancerIsDeleted() {
        TencentLoadBalancerOptions shielded = new TencentLoadBalancerOptions(
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.managed(true));

        Lowered lowered =
                Lowering.lower(request(ids(), List.of(), List.of(remove(loadBalancer(Scheme.INTERNET, shielded)))));

        assertThat(lowered.steps()).containsExactly(new Lowering.Step(new Call.LiftProtection("lb-1"), List.of(0)));
    }

    private static List<String> sizes(Lowered lowered) {
        return lowered.steps().stream()
                .map(step -> step.call().action() + " " + size(step.call()))
                .toList();
    }

    private static int size(Call call) {
        return Stream.of(call)
                .mapToInt(one -> switch (one) {
                    case Call.OfTargets batch -> batch.targets().size();
                    case Call.CreateListeners made -> made.listeners().size();
                    case Call.DeleteListeners deleted -> deleted.listeners().size();
                    case Call.CreateLoadBalancer other -> 1;
                    case Call.ModifyLoadBalancer other -> 1;
                    case Call.LiftProtection other -> 1;
                    case Call.DeleteLoadBalancer other -> 1;
                    case Call.ModifyListener other -> 1;
                })
                .sum();
    }
}
