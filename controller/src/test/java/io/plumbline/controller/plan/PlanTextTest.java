package io.plumbline.controller.plan;

import static io.plumbline.controller.plan.Examples.BALANCER;
import static io.plumbline.controller.plan.Examples.inline;
import static io.plumbline.controller.plan.Examples.plan;
import static io.plumbline.controller.plan.Examples.registered;
import static io.plumbline.controller.plan.Examples.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.change.Plan;
import io.plumbline.spi.model.Actual;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTextTest {

    @Test
    void backendsThatFareAlikeShareALine() {
        Plan plan = plan(
                wanted(registered("10.0.3.1"), registered("10.0.3.2")),
                Actual.absent(BALANCER, Examples.NOW),
                inline());

        assertThat(PlanText.print(plan)).isEqualTo("""
                        + LoadBalancer  default/web  desired, absent
                        + Listener      default/web:tcp/80  desired, absent (after create LoadBalancer)
                        + Backend       default/web:tcp/80  10.0.3.1:80, 10.0.3.2:80  desired, absent (after create Listener)
                        Plan: 4 create
                        """);
    }

    @Test
    void anEmptyPlanSaysSo() {
        assertThat(PlanText.print(new Plan(BALANCER, List.of(), List.of()))).isEqualTo("Plan: nothing to do\n");
    }
}
