package io.plumbline.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.plumbline.it.cluster.kubelet.Machine;
import io.plumbline.it.laboratory.Laboratory;
import io.plumbline.it.laboratory.LaboratoryCloud.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Whatever is done to Services and their Pods while traffic flows: not one request is lost. What all of this is
/// for. Two examples under steady load, Pods as members and nodes as members; each test leaves them as it found
/// them.
@Tag("laboratory")
@ExtendWith(OnBench.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UnderLoadTest {
    private static final int REPLICAS = 3;
    private static final int MORE = 8;
    private static final Duration DRAINING = Duration.ofMinutes(3);

    private final Bench bench;
    private final Laboratory laboratory;
    private final Example direct;
    private final Example behindNodes;
    private final List<Traffic> traffic = new ArrayList<>();

    UnderLoadTest(Bench bench) {
        this.bench = bench;
        this.laboratory = bench.laboratory();
        this.direct = Example.careful(laboratory, "direct");
        this.behindNodes = Example.onNodes(laboratory, "behind-nodes");
    }

    @BeforeAll
    void trafficFlows() {
        settle(REPLICAS);
        assertThat(behindNodes.podNodeBackends()).as("a Pod on each node").isEqualTo(behindNodes.nodeBackends(nodes()));
        traffic.add(Traffic.on(direct));
        traffic.add(Traffic.on(behindNodes));
    }

    @AfterAll
    void everythingWasAllowed() throws InterruptedException {
        for (Traffic each : traffic) {
            each.endUnharmed();
        }
        assertThat(bench.permissions().refused()).isEmpty();
    }

    @Test
    void podsAreRolled() {
        // Given
        Instant begin = Instant.now();
        List<String> old = direct.serving();

        // When
        direct.roll();
        behindNodes.roll();
        settle(REPLICAS);

        // Then
        unharmed();
        assertThat(direct.serving()).doesNotContainAnyElementsOf(old);
        assertThat(direct.history(begin).fewest()).isGreaterThanOrEqualTo(REPLICAS);
        nodesStayed(begin);
    }

    @Test
    void podsAreScaled() {
        // Given
        Instant begin = Instant.now();

        // When
        direct.scale(MORE);
        behindNodes.scale(MORE);
        settle(MORE);
        unharmed();
        direct.scale(REPLICAS);
        behindNodes.scale(REPLICAS);
        settle(REPLICAS);

        // Then
        unharmed();
        assertThat(direct.history(begin).fewest()).isGreaterThanOrEqualTo(REPLICAS);
        nodesStayed(begin);
    }

    @Test
    void everyNodeIsDrained() {
        // Given
        Budgets.oneAtATime(direct, REPLICAS);
        Budgets.oneAtATime(behindNodes, REPLICAS);
        Instant begin = Instant.now();

        // When
        for (String node : nodes()) {
            laboratory.cluster().workloads().drain(node, DRAINING);
            settle(REPLICAS);
            laboratory.cluster().nodes().uncordon(node);
        }

        // Then
        unharmed();
        assertThat(direct.history(begin).fewest()).isGreaterThanOrEqualTo(REPLICAS - 1);
        nodesStayed(begin);
    }

    /// The nodes that have no Pod refuse at once, whatever the controller does: so each has one here.
    @Test
    void policyIsPatchedToLocalAndBack() {
        // Given
        behindNodes.scale(2 * MORE);
        settleNodes(2 * MORE);
        assertThat(behindNodes.podNodeBackends()).as("Pods on each node").isEqualTo(behindNodes.nodeBackends(nodes()));
        Instant begin = Instant.now();

        // When
        behindNodes.patch("{\"spec\":{\"externalTrafficPolicy\":\"Local\"}}");
        unharmed();
        behindNodes.awaitNodes(nodes());
        behindNodes.waitFor("condition Ready", () -> behindNodes.is("Ready", "True"));
        behindNodes.patch("{\"spec\":{\"externalTrafficPolicy\":\"Cluster\"}}");
        unharmed();
        behindNodes.awaitNodes(nodes());

        // Then
        nodesStayed(begin);
        behindNodes.scale(REPLICAS);
        settleNodes(REPLICAS);
    }

    @Test
    void podsAndNodePortsAreSwitched() {
        // Given
        String address = direct.balancer().orElseThrow().vip();
        Instant begin = Instant.now();

        // When
        direct.want(Wish.NODE_PORTS);
        direct.awaitNodes(nodes());
        unharmed();
        direct.want(Wish.DIRECT);
        direct.awaitServing(REPLICAS);

        // Then
        unharmed();
        assertThat(direct.history(begin).fewest()).isGreaterThanOrEqualTo(REPLICAS);
        assertThat(direct.balancer().orElseThrow().vip()).isEqualTo(address);
    }

    @Test
    void aNewSelectorReplacesEveryPod() {
        // Given
        List<String> old = direct.serving();
        Deployment green = renamed(direct, "green");
        laboratory.cluster().apply(green);
        laboratory.cluster().workloads().awaitRolledOut(direct.namespace(), "green", Example.LIMIT);
        Instant begin = Instant.now();

        // When
        direct.patch("{\"spec\":{\"selector\":{\"app\":\"green\"}}}");

        // Then
        direct.awaitServing("green", REPLICAS);
        unharmed();
        assertThat(direct.serving()).doesNotContainAnyElementsOf(old);
        assertThat(direct.history(begin).fewest()).isGreaterThanOrEqualTo(REPLICAS);

        // When
        direct.patch("{\"spec\":{\"selector\":{\"app\":\"nginx\"}}}");

        // Then
        direct.awaitServing(REPLICAS);
        unharmed();
        assertThat(direct.serving()).isEqualTo(old);
        laboratory.cluster().client().resource(green).delete();
    }

    private void unharmed() {
        traffic.forEach(Traffic::flowOn);
    }

    private void nodesStayed(Instant begin) {
        assertThat(behindNodes.history(begin).states()).containsOnly(behindNodes.nodeBackends(nodes()));
    }

    /// So many Pods of each, all in their places.
    private void settle(int replicas) {
        direct.awaitRolledOut(replicas);
        settleNodes(replicas);
    }

    private void settleNodes(int replicas) {
        laboratory
                .cluster()
                .workloads()
                .awaitRolledOut(behindNodes.namespace(), behindNodes.deployment(), Example.LIMIT);
        behindNodes.waitFor(replicas + " Pods", () -> behindNodes.pods().size() == replicas);
        behindNodes.awaitNodes(nodes());
    }

    /// A copy of the example's Deployment whose Pods carry another label.
    private Deployment renamed(Example example, String name) {
        Deployment found = Objects.requireNonNull(laboratory
                .cluster()
                .client()
                .apps()
                .deployments()
                .inNamespace(example.namespace())
                .withName(example.deployment())
                .get());
        Map<String, String> labels = Map.of("app", name);
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(example.namespace())
                .withName(name)
                .endMetadata()
                .withNewSpecLike(found.getSpec())
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .editTemplate()
                .editMetadata()
                .withLabels(labels)
                .endMetadata()
                .endTemplate()
                .endSpec()
                .build();
    }

    private List<String> nodes() {
        return laboratory.cluster().nodes().machines().stream()
                .map(Machine::name)
                .toList();
    }
}
