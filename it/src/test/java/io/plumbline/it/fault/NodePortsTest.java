package io.plumbline.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.it.virtual.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Services whose members are nodes, and those that change between nodes and Pods, live and on virtual time.
class NodePortsTest {
    private static final Map<String, String> BY_POD = Map.of("fake.plumbline.io/direct", "true");
    private static final Map<String, String> BY_NODE = Map.of("fake.plumbline.io/direct", "false");
    private static final Map<String, String> SELECTING =
            Map.of("fake.plumbline.io/direct", "false", "fake.plumbline.io/node-selector", "role=ingress");
    private static final Map<String, String> INGRESS = Map.of("role", "ingress");
    private static final List<String> ALL = List.of("80/i-1:30080", "80/i-2:30080", "80/i-3:30080");
    private static final int PORT = 80;
    private static final int CALLS = 30;

    static List<String> clouds() {
        return List.of("fake at once", "fake with tasks", "fake with pools of one kind");
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void labellingANodeAddsItAndUnlabellingRemovesIt(String cloud) {
        // Given
        Stage stage = serving(cloud, SELECTING);
        assertThat(stage.cloud.members()).containsExactlyElementsOf(ALL);

        // When
        stage.cluster.put(Samples.node(2, Map.of(), "True"));
        stage.cluster.put(Samples.node(4, INGRESS, "True"));
        stage.settle();

        // Then
        assertThat(stage.cloud.members()).containsExactly("80/i-1:30080", "80/i-3:30080", "80/i-4:30080");
        assertThat(stage.condition("Ready")).startsWith("True");
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void unlabellingAllNodesAtOnceEmptiesNothingAndTheConditionSaysWhy(String cloud) {
        // Given
        Stage stage = serving(cloud, SELECTING);

        // When
        for (int number = 1; number <= 3; number++) {
            stage.cluster.put(Samples.node(number, Map.of(), "True"));
        }
        stage.settle();

        // Then
        assertThat(stage.cloud.members()).containsExactlyElementsOf(ALL);
        assertThat(stage.condition("BackendsComplete")).isEqualTo("False NoNodeSelected");
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void allNodesNotReadyEmptiesNothingAndTheConditionSaysWhy(String cloud) {
        // Given
        Stage stage = serving(cloud, BY_NODE);

        // When
        for (int number = 1; number <= 3; number++) {
            stage.cluster.put(Samples.node(number, INGRESS, "Unknown"));
        }
        stage.settle();

        // Then
        assertThat(stage.cloud.members()).containsExactlyElementsOf(ALL);
        assertThat(stage.condition("BackendsComplete")).isEqualTo("False NodesNotReady");
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aNodeThatIsGoneLeaves(String cloud) {
        // Given
        Stage stage = serving(cloud, BY_NODE);

        // When
        stage.cluster.removeNode("node-2");
        stage.settle();

        // Then
        assertThat(stage.cloud.members()).containsExactly("80/i-1:30080", "80/i-3:30080");
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void thePolicyChangesLiveAndSomebodyServesAllTheTime(String cloud) {
        // Given
        Stage stage = serving(cloud, BY_NODE);

        // When
        stage.cluster.put(Samples.withNodePorts(stage.service(), "Local"));
        serveMeanwhile(stage, 1);

        // Then
        assertThat(stage.cloud.members()).containsExactly("80/i-1:30080");

        // When
        stage.cluster.put(Samples.withNodePorts(stage.service(), "Cluster"));
        serveMeanwhile(stage, 1);

        // Then
        assertThat(stage.cloud.members()).containsExactlyElementsOf(ALL);
        assertThat(stage.condition("Ready")).startsWith("True");
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void podsBecomeNodesAndNodesPodsAndSomebodyServesAllTheTime(String cloud) {
        // Given
        Stage stage = serving(cloud, BY_POD);
        stage.hasMembers(1, 1, 2, 3);

        // When
        stage.cluster.put(Samples.annotated(stage.service(), BY_NODE));
        serveMeanwhile(stage, 3);

        // Then
        assertThat(stage.cloud.members()).containsExactlyElementsOf(ALL);
        assertThat(stage.condition("Ready")).startsWith("True");

        // When
        stage.cluster.put(Samples.annotated(stage.service(), BY_POD));
        serveMeanwhile(stage, 3);

        // Then
        stage.serves(1, 1, 2, 3);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void podsBecomeNodesThoughTheProcessDiesBeforeAnyCall(String cloud) {
        for (int call = 1; call <= CALLS; call++) {
            // Given
            Stage stage = serving(cloud, BY_POD);

            // When
            stage.crashBeforeCall(call);
            stage.cluster.put(Samples.annotated(stage.service(), BY_NODE));
            serveMeanwhile(stage, 3);

            // Then
            assertThat(stage.cloud.members()).as("crash before call " + call).containsExactlyElementsOf(ALL);
            assertThat(stage.cloud.everMade()).isEqualTo(1);
        }
    }

    private static void serveMeanwhile(Stage stage, int atLeast) {
        FakeFaultyCloud cloud = (FakeFaultyCloud) stage.cloud;
        stage.world.runUntil(
                () -> {
                    assertThat(cloud.healthyBehind(PORT)).isGreaterThanOrEqualTo(atLeast);
                    return false;
                },
                Duration.ofMinutes(30));
    }

    /// With three nodes, and three Pods that are all on the first one.
    private static Stage serving(String cloud, Map<String, String> annotations) {
        Stage stage = new Stage(cloud).withPods(1, 3);
        for (int number = 1; number <= 3; number++) {
            stage.cluster.put(Samples.node(number, INGRESS, "True"));
        }
        stage.cluster.put(Samples.withNodePorts(Samples.service(stage.cloud.name(), 1, annotations), "Cluster"));
        return stage.settle();
    }
}
