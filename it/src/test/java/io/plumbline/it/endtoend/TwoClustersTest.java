package io.plumbline.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.app.Program;
import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.cluster.Waiting;
import io.plumbline.it.laboratory.Laboratory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Two clusters in one account, whose namespaces and Services have the same names.
@Tag("laboratory")
@ExtendWith(OnBench.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TwoClustersTest {
    private final Laboratory here;
    private final Laboratory there;
    private final Program controller;

    TwoClustersTest(Bench bench) {
        this.here = bench.laboratory();
        this.there = here.beside(1);
        this.controller = there.controller();
    }

    @AfterAll
    void stop() {
        controller.close();
        there.close();
    }

    @Test
    void neitherTouchesWhatIsTheOthers() {
        // Given
        Example ours = Example.asShipped(here, "twin");
        Example theirs = Example.asShipped(there, "twin");
        ours.awaitServing(3);
        theirs.awaitServing(3);
        assertThat(ours.serving()).doesNotContainAnyElementsOf(theirs.serving());

        // When
        ours.roll();
        theirs.scale(5);
        ours.awaitRolledOut(3);
        theirs.awaitServing(5);

        // Then
        ours.awaitServing(3);

        // When
        BalancerView before = theirs.balancer().orElseThrow();
        String uid = ours.uid();
        ours.delete();
        ours.waitFor("the Service to be gone", () -> ours.found().isEmpty());

        // Then
        assertThat(ours.balancers(uid)).isEmpty();
        assertThat(theirs.balancer()).contains(before);
        theirs.scale(2);
        theirs.awaitServing(2);

        // When
        theirs.delete();

        // Then
        Waiting.until("nothing to be left", Example.LIMIT, () -> there.made().isEmpty());
        assertThat(here.trespasses()).isEmpty();
        assertThat(there.trespasses()).isEmpty();
    }
}
