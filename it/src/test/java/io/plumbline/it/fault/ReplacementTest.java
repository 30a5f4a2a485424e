package io.plumbline.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.it.virtual.Samples;
import io.plumbline.it.virtual.WriteFaults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A load balancer that cannot become what is wanted, and the one that takes its place.
class ReplacementTest {
    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final Map<String, String> CONSENT = Map.of("plumbline.io/replace", "allow");
    private static final Map<String, String> INTERNET = Map.of("fake.plumbline.io/scheme", "internet");
    private static final Map<String, String> INTERNAL = Map.of("fake.plumbline.io/scheme", "internal");

    static List<String> clouds() {
        return List.of("fake at once", "fake with tasks", "fake with pools of one kind");
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void withoutConsentItIsRefusedOnceAndNothingChanges(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 3).withService(2, INTERNET).settle();

        // When
        stage.cluster.put(Samples.annotated(stage.service(), INTERNAL));
        stage.settle();

        // Then
        assertThat(stage.cloud.everMade()).isEqualTo(1);
        stage.hasMembers(2, 1, 2, 3);
        assertThat(stage.condition("Ready")).isEqualTo("False Immutable");
        assertThat(stage.cluster.events())
                .filteredOn(event -> event.reason().equals("Immutable"))
                .singleElement()
                .satisfies(event -> assertThat(event.message())
                        .startsWith("fake.plumbline.io/scheme: ")
                        .contains("plumbline.io/replace: allow"));
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void bothExistUntilTheNewOneIsHealthyAndNamesAreForgotten(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 3).withService(2, INTERNET).settle();
        String before = stage.address();

        // When
        stage.cluster.put(Samples.annotated(stage.service(), INTERNAL));
        stage.cluster.put(Samples.annotated(stage.service(), CONSENT));
        boolean moved = stage.world.runUntil(() -> !stage.address().equals(before), Duration.ofMinutes(3));

        // Then
        assertThat(moved).isTrue();
        FakeFaultyCloud fake = (FakeFaultyCloud) stage.cloud;
        assertThat(fake.schemes()).containsExactly("INTERNET", "INTERNAL");
        assertThat(fake.serving(stage.address())).isEqualTo(3);

        // When
        stage.withPods(4, 4);
        stage.world.runFor(GRACE.minusMinutes(1));

        // Then
        assertThat(fake.schemes())
                .as("the old one serves those who know its name")
                .hasSize(2);
        assertThat(fake.serving(before)).isEqualTo(4);

        // When
        stage.settle();

        // Then
        assertThat(fake.schemes()).containsExactly("INTERNAL");
        stage.hasMembers(2, 1, 2, 3, 4);
        assertThat(stage.condition("Ready")).startsWith("True");
        assertThat(stage.cloud.everMade()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void thereAndBack(String cloud) {
        // Given
        Stage stage = replaced(cloud, INTERNAL).settle();

        // When
        stage.cluster.put(Samples.annotated(stage.service(), INTERNET));
        stage.settle();

        // Then
        FakeFaultyCloud fake = (FakeFaultyCloud) stage.cloud;
        assertThat(fake.schemes()).containsExactly("INTERNET");
        assertThat(stage.cloud.everMade()).isEqualTo(3);
        stage.hasMembers(2, 1, 2, 3);
        assertThat(stage.condition("Ready")).startsWith("True");

        // When
        stage.world.restart();
        stage.cluster.delete(Stage.SHOP);
        stage.settle();

        // Then
        stage.isGone();
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void whoChangesHisMindGetsTheOldOneBack(String cloud) {
        for (int seconds = 0; seconds <= 60; seconds += 3) {
            // Given
            Stage stage = replaced(cloud, INTERNAL);
            stage.world.runFor(Duration.ofSeconds(seconds));

            // When
            stage.cluster.put(Samples.annotated(stage.service(), INTERNET));
            stage.settle();

            // Then
            FakeFaultyCloud fake = (FakeFaultyCloud) stage.cloud;
            assertThat(fake.schemes()).as("after " + seconds + " s").containsExactly("INTERNET");
            assertThat(stage.cloud.everMade()).isLessThanOrEqualTo(2);
            stage.hasMembers(2, 1, 2, 3);
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void whatIsDeletedMeanwhileLeavesNothing(String cloud) {
        for (int seconds = 0; seconds <= 60; seconds += 5) {
            // Given
            Stage stage = replaced(cloud, INTERNAL);
            stage.world.runFor(Duration.ofSeconds(seconds));

            // When
            stage.cluster.delete(Stage.SHOP);
            stage.settle();

            // Then
            stage.isGone();
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void itSurvivesACrashAtEveryCall(String cloud) {
        Stage whole = replaced(cloud, INTERNAL);
        int before = whole.calls();
        whole.settle();
        int calls = Math.min(whole.calls() - before, 80);
        for (int call = 1; call <= calls; call++) {
            // Given
            Stage stage =
                    new Stage(cloud).withPods(1, 3).withService(2, INTERNET).settle();

            // When
            stage.crashBeforeCall(call);
            replace(stage, INTERNAL);
            stage.settle();

            // Then
            isReplaced(stage, "crash before call " + call);
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void itSurvivesALostReplyOfEveryCall(String cloud) {
        for (int call = 1; call <= 40; call++) {
            // Given
            Stage stage =
                    new Stage(cloud).withPods(1, 3).withService(2, INTERNET).settle();

            // When
            stage.cloud.loseReply(call);
            replace(stage, INTERNAL);
            stage.settle();

            // Then
            isReplaced(stage, "lost reply of call " + call);
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void everyWriteToTheClusterMayCrashOrFail(String cloud) {
        for (int write = 1; write <= 10; write++) {
            for (WriteFaults.Effect effect : WriteFaults.Effect.values()) {
                // Given
                Stage stage =
                        new Stage(cloud).withPods(1, 3).withService(2, INTERNET).settle();

                // When
                stage.cluster.faults().at(write, effect);
                replace(stage, INTERNAL);
                stage.settle();

                // Then
                isReplaced(stage, effect + " at write " + write);
            }
        }
    }

    @Test
    void aRestartAtAnyTimeCarriesOn() {
        for (int seconds = 0; seconds <= 660; seconds += 20) {
            // Given
            Stage stage = replaced("fake with tasks", INTERNAL);
            stage.world.runFor(Duration.ofSeconds(seconds));

            // When
            stage.world.restart();
            stage.settle();

            // Then
            isReplaced(stage, "restart after " + seconds + " s");
        }
    }

    private static void isReplaced(Stage stage, String what) {
        FakeFaultyCloud fake = (FakeFaultyCloud) stage.cloud;
        assertThat(fake.schemes()).as(what).containsExactly("INTERNAL");
        assertThat(stage.cloud.everMade()).as(what).isEqualTo(2);
        stage.hasMembers(2, 1, 2, 3);
        assertThat(stage.condition("Ready")).as(what).startsWith("True");
        assertThat(fake.serving(stage.address())).as(what).isEqualTo(3);
    }

    private static Stage replaced(String cloud, Map<String, String> scheme) {
        Stage stage = new Stage(cloud).withPods(1, 3).withService(2, INTERNET).settle();
        replace(stage, scheme);
        return stage;
    }

    private static void replace(Stage stage, Map<String, String> scheme) {
        stage.cluster.put(Samples.annotated(Samples.annotated(stage.service(), CONSENT), scheme));
    }
}
