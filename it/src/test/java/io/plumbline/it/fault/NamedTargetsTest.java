package io.plumbline.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A cloud that registers Pods by names that it has to be asked for.
class NamedTargetsTest {
    private static final String CLOUD = "fake with named targets";
    private static final String ASKING = "DescribeAddresses";

    @Test
    void targetsAreAskedForOnceAndAHundredAtATime() {
        // Given
        Stage stage = new Stage(CLOUD).withPods(1, 150);

        // When
        stage.withService(2).settle();

        // Then
        stage.serves(2, IntStream.rangeClosed(1, 150).toArray());
        assertThat(stage.callsSince(0)).filteredOn(ASKING::equals).hasSize(2);
    }

    @Test
    void onePodMoreCostsOneQuestionAndOneThatLeavesNone() {
        // Given
        Stage stage = new Stage(CLOUD).withPods(1, 3).withService(1).settle();
        int calls = stage.calls();

        // When
        stage.withPods(4, 4);
        stage.world.runFor(Duration.ofMinutes(1));

        // Then
        stage.serves(1, 1, 2, 3, 4);
        assertThat(stage.callsSince(calls)).containsExactly(ASKING, "AddMembers");

        // When
        int before = stage.calls();
        stage.endPod(4);

        // Then
        stage.serves(1, 1, 2, 3);
        assertThat(stage.callsSince(before)).doesNotContain(ASKING);
    }

    @Test
    void anUnknownAddressIsNamedAndAskedForAgainAndTheRestGoesOn() {
        // Given
        Stage stage = new Stage(CLOUD).withPods(1, 3);
        FakeFaultyCloud cloud = (FakeFaultyCloud) stage.cloud;
        cloud.knows(2, false);

        // When
        stage.withService(1);
        stage.world.runFor(Duration.ofMinutes(2));

        // Then
        stage.hasMembers(1, 1, 3);
        assertThat(stage.condition("BackendsComplete")).isEqualTo("False Unresolved");
        assertThat(stage.service().conditions())
                .anySatisfy(condition -> assertThat(condition.message()).contains("shop-2 (the cloud knows no target"));
        assertThat(stage.callsSince(0)).filteredOn(ASKING::equals).hasSizeBetween(4, 8);

        // When
        cloud.knows(2, true);
        stage.world.runFor(Duration.ofMinutes(6));

        // Then
        stage.serves(1, 1, 2, 3);
    }

    @Test
    void aProcessThatDiesAtAnyCallRegistersThemAllInTheEnd() {
        for (int call = 1; call <= 12; call++) {
            // Given
            Stage stage = new Stage(CLOUD).withPods(1, 3);

            // When
            stage.crashBeforeCall(call);
            stage.withService(2).settle();

            // Then
            stage.serves(2, 1, 2, 3);
        }
    }
}
