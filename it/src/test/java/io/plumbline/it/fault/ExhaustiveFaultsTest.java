package io.plumbline.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.it.virtual.WriteFaults;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A crash and a lost reply at every single call to the cloud and every single write to the cluster,
/// while a load balancer is made, changed and deleted: no duplicate, no orphan, and the same end as
/// without.
///
/// A crash after one effect is the crash before the next: between them nothing outside the process
/// changes.
class ExhaustiveFaultsTest {
    static List<String> clouds() {
        return FaultyCloud.all();
    }

    /// What is done to a stage that is at rest, and how it must end.
    private record Story(Consumer<Stage> before, Consumer<Stage> act, Consumer<Stage> end) {}

    private static final Story CREATE =
            new Story(stage -> stage.withPods(1, 3), stage -> stage.withService(2), stage -> stage.serves(2, 1, 2, 3));

    private static final Story UPDATE = new Story(
            stage -> stage.withPods(1, 3).withService(2),
            stage -> {
                stage.withService(3).withPods(4, 5);
                stage.endPod(1);
            },
            stage -> stage.serves(3, 2, 3, 4, 5));

    private static final Story DELETE = new Story(
            stage -> stage.withPods(1, 3).withService(2), stage -> stage.cluster.delete(Stage.SHOP), Stage::isGone);

    @ParameterizedTest
    @MethodSource("clouds")
    void creationSurvivesACrashAtEveryCall(String cloud) {
        atEveryCall(cloud, CREATE, Stage::crashBeforeCall);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void changeSurvivesACrashAtEveryCall(String cloud) {
        atEveryCall(cloud, UPDATE, Stage::crashBeforeCall);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void deletionSurvivesACrashAtEveryCall(String cloud) {
        atEveryCall(cloud, DELETE, Stage::crashBeforeCall);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void creationSurvivesALostReplyOfEveryCall(String cloud) {
        atEveryCall(cloud, CREATE, (stage, nth) -> stage.cloud.loseReply(nth));
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void changeSurvivesALostReplyOfEveryCall(String cloud) {
        atEveryCall(cloud, UPDATE, (stage, nth) -> stage.cloud.loseReply(nth));
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void deletionSurvivesALostReplyOfEveryCall(String cloud) {
        atEveryCall(cloud, DELETE, (stage, nth) -> stage.cloud.loseReply(nth));
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void everyWriteToTheClusterMayCrashOrFail(String cloud) {
        for (Story story : List.of(CREATE, UPDATE, DELETE)) {
            int writes = writesOf(cloud, story);
            for (int nth = 1; nth <= writes; nth++) {
                for (WriteFaults.Effect effect : WriteFaults.Effect.values()) {
                    int number = nth;
                    run(cloud, story, stage -> stage.cluster.faults().at(number, effect), effect + " at write " + nth);
                }
            }
        }
    }

    private static void atEveryCall(String cloud, Story story, BiConsumer<Stage, Integer> fault) {
        int calls = callsOf(cloud, story);
        assertThat(calls).isPositive();
        for (int nth = 1; nth <= calls; nth++) {
            int number = nth;
            run(cloud, story, stage -> fault.accept(stage, number), "call " + nth + " of " + calls);
        }
    }

    private static void run(String cloud, Story story, Consumer<Stage> fault, String where) {
        Stage stage = new Stage(cloud);
        story.before.accept(stage);
        stage.settle();
        fault.accept(stage);
        story.act.accept(stage);
        stage.settle();
        try {
            story.end.accept(stage);
        } catch (AssertionError e) {
            throw new AssertionError(cloud + ", " + where + ": " + e.getMessage(), e);
        }
    }

    private static int callsOf(String cloud, Story story) {
        Stage stage = new Stage(cloud);
        story.before.accept(stage);
        stage.settle();
        int before = stage.calls();
        story.act.accept(stage);
        stage.world.runFor(java.time.Duration.ofMinutes(2));
        story.end.accept(stage);
        return stage.calls() - before;
    }

    private static int writesOf(String cloud, Story story) {
        Stage stage = new Stage(cloud);
        story.before.accept(stage);
        stage.settle();
        int before = stage.cluster.faults().writes();
        story.act.accept(stage);
        stage.settle();
        story.end.accept(stage);
        return stage.cluster.faults().writes() - before;
    }
}
