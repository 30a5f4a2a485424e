package io.plumbline.controller.plan;

import static io.plumbline.controller.plan.Examples.BALANCER;
import static io.plumbline.controller.plan.Examples.candidate;
import static io.plumbline.controller.plan.Examples.capabilities;
import static io.plumbline.controller.plan.Examples.group;
import static io.plumbline.controller.plan.Examples.inline;
import static io.plumbline.controller.plan.Examples.member;
import static io.plumbline.controller.plan.Examples.plan;
import static io.plumbline.controller.plan.Examples.registered;
import static io.plumbline.controller.plan.Examples.released;
import static io.plumbline.controller.plan.Examples.there;
import static io.plumbline.controller.plan.Examples.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.Capabilities.Cascade;
import io.plumbline.spi.Capabilities.Drain;
import io.plumbline.spi.Capabilities.Pools;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Actual.State;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Fate;
import io.plumbline.spi.model.Desired.Intent;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.LoadBalancerKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What scenarios cannot show, since no cloud at hand behaves so, or since it would be clumsy there.
class PlannerTest {

    @Test
    void aConvergedStatePlansToNothing() {
        Plan plan = plan(wanted(registered("10.0.3.1")), there(member("10.0.3.1", State.ACTIVE)), inline());

        assertThat(plan.changes()).isEmpty();
    }

    @Test
    void poolsThatOutliveTheirLoadBalancerAreRemovedAfterIt() {
        Plan plan = plan(released(), there(member("10.0.3.1", State.ACTIVE)), group());

        assertThat(names(plan)).containsExactly("remove LoadBalancer default/web", "remove Pool default/web:tcp/80");
        assertThat(plan.changes().getLast().needs())
                .containsExactly(plan.changes().getFirst().name());
    }

    @Test
    void aLoadBalancerThatMustBeEmptyIsRemovedLast() {
        Plan plan = plan(released(), there(), capabilities(Pools.GROUP, Cascade.NOTHING, Drain.WEIGHT_ZERO));

        assertThat(names(plan))
                .containsExactly(
                        "remove Listener default/web:tcp/80",
                        "remove Pool default/web:tcp/80",
                        "remove LoadBalancer default/web");
    }

    @Test
    void withConsentANewIncarnationIsPlannedBesideTheOldOne() {
        LoadBalancerKey next = new LoadBalancerKey.Managed(Examples.WEB, "uid-web", 1);

        Plan plan = plan(wanted(Scheme.INTERNAL, true, registered("10.0.3.1")), there(), group());

        assertThat(plan.key()).isEqualTo(next);
        assertThat(names(plan))
                .containsExactly(
                        "replace LoadBalancer default/web#1",
                        "create Pool default/web:tcp/80",
                        "create Backend default/web:tcp/80/10.0.3.1:80",
                        "create Listener default/web#1:tcp/80");
        assertThat(plan.changes().getLast().needs())
                .contains(plan.changes().getFirst().name());
    }

    @Test
    void withoutConsentTheLoadBalancerIsLeftAndItsUserTold() {
        Plan plan = plan(wanted(Scheme.INTERNAL, false), there(), group());

        assertThat(plan.converged()).isTrue();
        assertThat(plan.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("plumbline.io/replace: allow"));
    }

    @Test
    void aSharedLoadBalancerIsNotReplacedEvenWithConsent() {
        Desired alone = wanted(Scheme.INTERNAL, true);
        Desired shared = new Desired(
                new LoadBalancerKey.Group("shared"),
                alone.claimants(),
                alone.loadBalancer(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Fate.WANTED,
                List.of());

        assertThat(plan(shared, there(), group()).changes()).noneMatch(Change.Replace.class::isInstance);
    }

    @Test
    void aDrainedMemberThatIsWantedAgainGetsItsWeightBack() {
        Plan plan = plan(wanted(registered("10.0.3.1")), there(member("10.0.3.1", State.STOPPED)), inline());

        assertThat(PlanText.print(plan)).contains("weight: 0 -> 10");
    }

    @Test
    void aDeregisteredMemberThatIsWantedAgainIsRegisteredAgain() {
        Plan plan = plan(
                wanted(registered("10.0.3.1")),
                there(member("10.0.3.1", State.STOPPED)),
                capabilities(Pools.GROUP, Cascade.LISTENERS, Drain.DEREGISTER));

        assertThat(names(plan)).containsExactly("create Backend default/web:tcp/80/10.0.3.1:80");
    }

    @Test
    void aMemberThatDrainsIsDrainedOnce() {
        Plan plan = plan(
                wanted(candidate("10.0.3.1", Intent.DRAIN, Reason.TERMINATING)),
                there(member("10.0.3.1", State.STOPPED)),
                inline());

        assertThat(plan.changes()).isEmpty();
    }

    @Test
    void whatIsUnboundIsNeitherDrainedNorRemoved() {
        Plan plan = plan(
                wanted(
                        candidate("10.0.3.1", Intent.DRAIN, Reason.TERMINATING),
                        candidate("10.0.3.2", Intent.REMOVE, Reason.GONE),
                        candidate("10.0.3.3", Intent.KEEP, Reason.DESIRED)),
                there(),
                inline());

        assertThat(plan.changes()).isEmpty();
    }

    @Test
    void aTerminatingMemberWaitsForNobodyWhileOthersAreReplaced() {
        Plan plan = plan(
                wanted(candidate("10.0.3.1", Intent.DRAIN, Reason.TERMINATING), registered("10.0.3.9")),
                there(member("10.0.3.1", State.ACTIVE), member("10.0.3.2", State.ACTIVE)),
                inline());

        assertThat(names(plan))
                .containsExactly(
                        "drain Backend default/web:tcp/80/10.0.3.1:80",
                        "create Backend default/web:tcp/80/10.0.3.9:80",
                        "await Pool default/web:tcp/80",
                        "remove Backend default/web:tcp/80/10.0.3.2:80");
        assertThat(plan.changes().getFirst().needs()).isEmpty();
    }

    @Test
    void nobodyIsAskedBeforeANewMemberCanBeHealthy() {
        Plan plan = plan(wanted(registered("10.0.3.9")), there(member("10.0.3.1", State.ACTIVE)), inline());

        assertThat(plan.changes())
                .filteredOn(Change.Await.class::isInstance)
                .singleElement()
                .satisfies(await ->
                        assertThat(((Change.Await) await).firstAskAt()).isEqualTo(Examples.NOW.plusSeconds(5)));
    }

    @Test
    void anAbsentLoadBalancerIsReleasedWithoutAChange() {
        Plan plan = plan(released(), Actual.absent(BALANCER, Examples.NOW), inline());

        assertThat(plan.changes()).isEmpty();
    }

    private static List<String> names(Plan plan) {
        return plan.changes().stream().map(Change::name).map(ChangeName::text).toList();
    }
}
