package io.plumbline.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.it.cluster.kubelet.Machine;
import io.plumbline.it.cluster.kubelet.Nodes;
import io.plumbline.it.laboratory.Laboratory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Which nodes are backends, and that none of the accidents of nodes empties a pool.
@Tag("laboratory")
@ExtendWith(OnBench.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NodesTest {
    private static final String KEY = "node-role.kubernetes.io/ingress";
    private static final String EXCLUDED = "node.kubernetes.io/exclude-from-external-load-balancers";
    private static final String SCALED_AWAY = "ToBeDeletedByClusterAutoscaler";

    private final Bench bench;
    private final Laboratory laboratory;
    private final Nodes nodes;
    private final int usual;

    NodesTest(Bench bench) {
        this.bench = bench;
        this.laboratory = bench.laboratory();
        this.nodes = laboratory.cluster().nodes();
        this.usual = nodes.machines().size();
    }

    @AfterAll
    void everythingWasAllowed() {
        assertThat(bench.permissions().refused()).isEmpty();
    }

    /// Whatever became of the test.
    @AfterEach
    void nodesAreAsBefore() {
        names().stream().skip(usual).forEach(nodes::delete);
        names().forEach(node -> {
            nodes.unlabel(node, KEY);
            nodes.resume(node);
        });
    }

    @Test
    void aLabelledNodeJoinsAndAnUnlabelledOneLeaves() {
        // Given
        nodes.label(names().get(0), KEY, "true");
        Example example = Example.onNodes(laboratory, "labelled");
        example.annotate(laboratory.kind().nodes(KEY + "=true"));
        example.awaitNodes(names().subList(0, 1));

        // When
        nodes.label(names().get(1), KEY, "true");

        // Then
        example.awaitNodes(names().subList(0, 2));

        // When
        nodes.unlabel(names().get(0), KEY);

        // Then
        example.awaitNodes(names().subList(1, 2));

        // When
        List<String> before = example.bound();
        nodes.unlabel(names().get(1), KEY);

        // Then
        example.waitFor("the condition to say why", () -> isTold(example, "NoNodeSelected"));
        Observation.forSeconds(5, () -> assertThat(example.bound()).isEqualTo(before));

        // When
        nodes.label(names().get(2), KEY, "true");

        // Then
        example.awaitNodes(names().subList(2, 3));
        example.waitFor("condition Ready", () -> example.is("Ready", "True"));
    }

    @Test
    void nodesThatAreNotReadyStay() {
        // Given
        Example example = Example.onNodes(laboratory, "unready");
        example.awaitNodes(names());
        List<String> before = example.bound();

        // When
        names().forEach(nodes::unready);

        // Then
        example.waitFor("the condition to say why", () -> isTold(example, "NodesNotReady"));
        Observation.forSeconds(60, () -> assertThat(example.bound()).isEqualTo(before));

        // When
        names().forEach(nodes::resume);

        // Then
        example.waitFor("condition Ready", () -> example.is("Ready", "True"));
        assertThat(example.bound()).isEqualTo(before);
    }

    @Test
    void aNodeLeavesByItsLabelItsTaintAndItsEndButNotByACordon() {
        // Given
        Example example = Example.onNodes(laboratory, "nodes-leave");
        String added = laboratory.addNode();
        example.awaitNodes(names());
        List<String> others = new ArrayList<>(names());
        others.remove(added);

        // When
        nodes.label(added, EXCLUDED, "");

        // Then
        example.awaitNodes(others);

        // When
        nodes.unlabel(added, EXCLUDED);
        nodes.cordon(added);

        // Then
        example.awaitNodes(names());

        // When
        nodes.taint(added, SCALED_AWAY, "1", "NoSchedule");

        // Then
        example.awaitNodes(others);

        // When
        nodes.untaint(added, SCALED_AWAY);
        example.awaitNodes(names());
        nodes.delete(added);

        // Then
        example.awaitNodes(others);
    }

    private static boolean isTold(Example example, String reason) {
        return example.condition("Ready")
                .filter(condition -> condition.getStatus().equals("False"))
                .filter(condition -> (condition.getReason() + condition.getMessage()).contains(reason))
                .isPresent();
    }

    private List<String> names() {
        return nodes.machines().stream().map(Machine::name).toList();
    }
}
