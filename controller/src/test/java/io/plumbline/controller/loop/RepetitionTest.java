package io.plumbline.controller.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.controller.apply.Applier.Result;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepetitionTest {
    private final Repetition repetition = new Repetition();

    @Test
    void whatIsDoneAgainAndAgainIsDoneLessAndLessOften() {
        assertThat(after("a")).isZero();
        assertThat(after("a")).isZero();
        Duration third = after("a");
        Duration fourth = after("a");

        assertThat(third).isPositive();
        assertThat(fourth).isGreaterThan(third);
        for (int again = 0; again < 20; again++) {
            after("a");
        }
        assertThat(after("a")).isBetween(Duration.ofSeconds(10), Backoff.LONGEST);
    }

    @Test
    void somethingElseIsDoneAtOnce() {
        after("a");
        after("a");
        after("a");

        assertThat(after("b")).isZero();
    }

    @Test
    void aPlanThatWaitsIsNoRepetition() {
        for (int again = 0; again < 5; again++) {
            assertThat(repetition.after(plan("a"), List.of())).isZero();
        }
    }

    private Duration after(String name) {
        Plan plan = plan(name);
        return repetition.after(plan, List.of(new Result(plan.changes().getFirst(), new Outcome.Done())));
    }

    private static Plan plan(String name) {
        LoadBalancerKey key = new LoadBalancerKey.Managed(ObjectKey.service("web", name), "uid");
        Change create = new Change.Create(
                new LoadBalancer(key, Setting.unmanaged(), Setting.unmanaged(), new Options.None()),
                new Reason(Reason.DESIRED, "desired, absent"),
                List.of());
        return new Plan(key, List.of(create), List.of());
    }
}
