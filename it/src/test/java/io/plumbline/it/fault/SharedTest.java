package io.plumbline.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.it.virtual.Samples;
import io.plumbline.spi.CoreAnnotations;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Services that move between load balancers that they share with others.
class SharedTest {
    private static final Map<String, String> FIRST = Map.of("fake.plumbline.io/group", "first");
    private static final Map<String, String> SECOND = Map.of("fake.plumbline.io/group", "second");
    private static final ObjectKey OTHER = ObjectKey.service("web", "other");

    @ParameterizedTest
    @ValueSource(strings = {"fake at once", "fake with tasks"})
    void whatMovesLeavesNothingBehindAndTheOthersStay(String cloud) {
        // Given
        Stage stage = shared(cloud);

        // When
        stage.cluster.put(Samples.annotated(stage.service(), SECOND));
        stage.settle();

        // Then
        hasMoved(stage, "at rest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fake at once", "fake with tasks"})
    void theMoveSurvivesACrashAtEveryCall(String cloud) {
        for (int call = 1; call <= 15; call++) {
            // Given
            Stage stage = shared(cloud);

            // When
            stage.crashBeforeCall(call);
            stage.cluster.put(Samples.annotated(stage.service(), SECOND));
            stage.settle();

            // Then
            hasMoved(stage, "crash before call " + call);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fake at once", "fake with tasks"})
    void whatIsDeletedWhileItMovesLeavesNothing(String cloud) {
        for (int seconds = 0; seconds <= 20; seconds++) {
            // Given
            Stage stage = shared(cloud);
            stage.cluster.delete(OTHER);
            stage.settle();

            // When
            stage.cluster.put(Samples.annotated(stage.service(), SECOND));
            stage.world.runFor(Duration.ofSeconds(seconds));
            stage.cluster.delete(Stage.SHOP);
            stage.settle();

            // Then
            stage.isGone();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fake at once", "fake with tasks"})
    void oneThatSharesIsNotLookedForWhereItIsNot(String cloud) {
        // Given
        Stage stage = shared(cloud);
        int calls = stage.calls();

        // When
        stage.withPods(4, 4);
        stage.world.runFor(Duration.ofMinutes(1));

        // Then
        assertThat(stage.callsSince(calls)).doesNotContain("DescribeBalancers");
    }

    private static void hasMoved(Stage stage, String what) {
        FakeFaultyCloud cloud = (FakeFaultyCloud) stage.cloud;
        assertThat(cloud.ports("group/first")).as(what).containsExactly(90);
        assertThat(cloud.ports("group/second")).as(what).containsExactly(80, 81);
        assertThat(stage.cluster.held(Stage.SHOP)).isTrue();
        assertThat(stage.condition("Ready")).as(what).startsWith("True");
        assertThat(stage.service().metadata().annotations())
                .as(what)
                .containsEntry(CoreAnnotations.LOAD_BALANCERS, "group/second");
    }

    private static Stage shared(String cloud) {
        Stage stage = new Stage(cloud).withPods(1, 3);
        stage.cluster.put(Samples.younger(Samples.service(stage.cloud.name(), 1, FIRST), OTHER, 90));
        stage.withService(2, FIRST).settle();
        assertThat(((FakeFaultyCloud) stage.cloud).ports("group/first")).containsExactly(80, 81, 90);
        return stage;
    }
}
