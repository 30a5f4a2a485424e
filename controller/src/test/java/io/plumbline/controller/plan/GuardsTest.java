package io.plumbline.controller.plan;

import static io.plumbline.controller.plan.Examples.BALANCER;
import static io.plumbline.controller.plan.Examples.candidate;
import static io.plumbline.controller.plan.Examples.facts;
import static io.plumbline.controller.plan.Examples.inline;
import static io.plumbline.controller.plan.Examples.member;
import static io.plumbline.controller.plan.Examples.plan;
import static io.plumbline.controller.plan.Examples.registered;
import static io.plumbline.controller.plan.Examples.released;
import static io.plumbline.controller.plan.Examples.there;
import static io.plumbline.controller.plan.Examples.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.controller.plan.Evidence.Question;
import io.plumbline.controller.plan.Guarded.NeedsEvidence;
import io.plumbline.controller.plan.Guarded.Safe;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Actual.State;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Intent;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.Ownership.Borrowed;
import io.plumbline.spi.objects.ObjectKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What guards ask, and what they do without asking. What they decide by the answers is shown by scenarios.
class GuardsTest {

    @Test
    void aPlanThatRemovesNothingAsksNothing() {
        Desired desired = wanted(registered("10.0.3.1"));
        Plan plan = plan(desired, Actual.absent(BALANCER, Examples.NOW), inline());

        assertThat(Guards.guard(plan, facts(desired, Actual.absent(BALANCER, Examples.NOW), Mode.SYNC)))
                .isEqualTo(new Safe(plan));
    }

    @Test
    void aLoadBalancerGoesOnlyAfterItsOwnerWasReadAfresh() {
        Plan plan = plan(released(), there(), inline());

        assertThat(Guards.guard(plan, facts(released(), there(), Mode.SYNC)))
                .isEqualTo(new NeedsEvidence(List.of(new Question.OfObject(Examples.WEB))));
    }

    @Test
    void aMemberGoesOnlyAfterItsPodWasReadAfresh() {
        Desired desired = wanted(candidate("10.0.3.1", Intent.REMOVE, Reason.GONE), registered("10.0.3.2"));
        Actual actual = there(member("10.0.3.1", State.ACTIVE), member("10.0.3.2", State.ACTIVE));

        assertThat(Guards.guard(plan(desired, actual, inline()), facts(desired, actual, Mode.SYNC)))
                .isEqualTo(new NeedsEvidence(List.of(new Question.OfObject(ObjectKey.pod("default", "pod-10.0.3.1")))));
    }

    @Test
    void aMemberThatNobodyRemembersIsJudgedByItsServiceFirst() {
        Desired desired = wanted(registered("10.0.3.2"));
        Actual actual = there(member("10.0.3.1", State.ACTIVE), member("10.0.3.2", State.ACTIVE));

        assertThat(Guards.guard(plan(desired, actual, inline()), facts(desired, actual, Mode.SYNC)))
                .isEqualTo(new NeedsEvidence(List.of(new Question.OfObject(Examples.WEB))));
    }

    @Test
    void whatIsNotOursIsLeftEvenIfAPlanSaysOtherwise() {
        Plan wrong = plan(released(), there(), inline());
        Actual lent = there(new Borrowed<>(Examples.balancer(Scheme.INTERNET)));

        assertThat(Guards.guard(wrong, facts(released(), lent, Mode.SYNC)))
                .isInstanceOfSatisfying(
                        Safe.class,
                        safe -> assertThat(PlanText.print(safe.plan()))
                                .contains(". LoadBalancer  default/web  not ours"));
    }

    @Test
    void observingAsksNothingAndDoesNothing() {
        Plan plan = plan(released(), there(), inline());

        assertThat(Guards.guard(plan, facts(released(), there(), Mode.OBSERVE)))
                .isInstanceOfSatisfying(
                        Safe.class, safe -> assertThat(safe.plan().converged()).isTrue());
    }

    @Test
    void whatNeedsSomethingHeldBackIsHeldBackToo() {
        Plan plan = plan(wanted(registered("10.0.3.9")), there(member("10.0.3.1", State.ACTIVE)), inline());
        Map<ChangeName, Reason> held =
                Map.of(plan.changes().getFirst().name(), new Reason(Reason.HELD_BACK, "for now"));

        Plan left = Hold.back(plan, held);

        assertThat(left.converged()).isTrue();
        assertThat(left.changes()).hasSize(2);
    }
}
