package io.plumbline.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.cluster.kubelet.Machine;
import io.plumbline.it.cluster.kubelet.Nodes;
import io.plumbline.it.laboratory.Laboratory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// The shipped examples, applied as they are and driven as their comments say.
@Tag("laboratory")
@ExtendWith(OnBench.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExamplesTest {
    private static final String INGRESS = "node-role.kubernetes.io/ingress";
    private static final String POOL = "example.org/pool";
    private static final String TIER = "example.org/tier";

    private final Bench bench;
    private final Laboratory laboratory;
    private final Nodes nodes;
    private final List<HasMetadata> applied = new ArrayList<>();

    ExamplesTest(Bench bench) {
        this.bench = bench;
        this.laboratory = bench.laboratory();
        this.nodes = laboratory.cluster().nodes();
    }

    /// Some are in kube-system, which nobody deletes.
    @AfterAll
    void everythingWasAllowed() {
        applied.forEach(object -> laboratory.cluster().client().resource(object).delete());
        assertThat(bench.permissions().refused()).isEmpty();
    }

    @AfterEach
    void nodesAreAsBefore() {
        names().forEach(node -> {
            nodes.untaint(node, POOL);
            Stream.of(INGRESS, POOL, TIER).forEach(key -> nodes.unlabel(node, key));
        });
    }

    @Test
    void theIngressTierFollowsTheLabelOfItsNodes() throws Exception {
        // Given
        nodes.label(node(0), INGRESS, "true");
        apply("ingress-tier", "2-daemonset.yaml", "kube-system");
        apply("ingress-tier", "1-service.yaml", "kube-system");
        Example tier = new Example(laboratory, "kube-system", "nginx-ingress-lb", "nginx-ingress-controller");

        // Then
        tier.awaitNodes(List.of(node(0)));
        assertThat(tier.balancer().orElseThrow().listeners().stream().map(BalancerView.ListenerView::port))
                .containsExactlyInAnyOrder(80, 443);
        tier.waitFor("an address in the status", () -> tier.ingress().isPresent());
        String address = tier.balancer().orElseThrow().vip();
        assertThat(ingressPods()).contains(Answers.of(address, 80));

        // When
        nodes.label(node(1), INGRESS, "true");

        // Then
        tier.awaitNodes(List.of(node(0), node(1)));
        tier.waitFor("a Pod on each", () -> ingressPods().size() == 2);

        // When
        tier.patch("{\"spec\":{\"externalTrafficPolicy\":\"Local\"}}");

        // Then
        tier.waitFor("a health check port", () -> tier.now().getSpec().getHealthCheckNodePort() != null);
        tier.awaitNodes(List.of(node(0), node(1)));
        assertThat(ingressPods()).contains(Answers.of(address, 80));

        // When
        nodes.unlabel(node(0), INGRESS);

        // Then
        tier.awaitNodes(List.of(node(1)));
        tier.waitFor("one Pod", () -> ingressPods().size() == 1);
        assertThat(Answers.of(address, 80)).isEqualTo(ingressPods().getFirst());

        // When
        tier.patch("{\"spec\":{\"externalTrafficPolicy\":\"Cluster\"}}");

        // Then
        tier.awaitNodes(List.of(node(1)));
        assertThat(Answers.of(address, 80)).isEqualTo(ingressPods().getFirst());
        assertThat(tier.balancer().orElseThrow().vip()).isEqualTo(address);
    }

    @Test
    void exclusiveNodesEachServeTheirOwnPod() {
        // Given
        names().forEach(node -> {
            nodes.label(node, POOL, "frontend");
            nodes.taint(node, POOL, "frontend", "NoSchedule");
        });

        // When
        Example frontend = example("exclusive-nodes", "frontend", "1-service.yaml", "2-deployment.yaml");

        // Then
        frontend.awaitNodes(names());
        assertThat(laboratory.cluster().workloads().pods("frontend", "frontend").stream()
                        .map(pod -> pod.getSpec().getNodeName()))
                .containsExactlyInAnyOrderElementsOf(names());

        // When
        frontend.roll();
        laboratory.cluster().workloads().awaitRolledOut("frontend", "frontend", Example.LIMIT);

        // Then
        frontend.awaitNodes(names());
    }

    @Test
    void aPublicLoadBalancerIsReplacedByAnInternalOne() throws Exception {
        // Given
        Example gateway = example("internal", "gateway", "1-service-public.yaml", "2-deployment.yaml");
        gateway.awaitNodes(names());
        gateway.waitFor("an address in the status", () -> gateway.address().isPresent());
        String open = gateway.address().orElseThrow();

        // When
        apply("internal", "3-service-internal.yaml", "gateway");

        // Then
        gateway.waitFor(
                "another address in the status",
                () -> gateway.address().filter(now -> !now.equals(open)).isPresent());
        String internal = gateway.address().orElseThrow();
        assertThat(gateway.serving(internal)).isEqualTo(gateway.nodeBackends(names()));
        assertThat(gateway.serving(open)).isEqualTo(gateway.nodeBackends(names()));
        assertThat(laboratory.cluster().workloads().pods("gateway", "gateway").stream()
                        .map(pod -> pod.getMetadata().getName()))
                .contains(Answers.of(internal, 80));
    }

    @Test
    void twoLoadBalancersHaveNodesOfTheirOwn() {
        // Given
        nodes.label(node(0), TIER, "blue");
        nodes.label(node(1), TIER, "green");
        nodes.label(node(2), TIER, "green");

        // When
        Example blue = example("disjoint-nodes", "web", "1-services.yaml", "2-deployment.yaml", "web-blue");
        Example green = new Example(laboratory, "web", "web-green", "web");

        // Then
        blue.awaitNodes(List.of(node(0)));
        green.awaitNodes(List.of(node(1), node(2)));

        // When
        nodes.label(node(2), TIER, "blue");

        // Then
        blue.awaitNodes(List.of(node(0), node(2)));
        green.awaitNodes(List.of(node(1)));
    }

    private Example example(String folder, String name, String service, String deployment) {
        return example(folder, name, service, deployment, name);
    }

    /// In a namespace of its own.
    private Example example(String folder, String namespace, String services, String deployment, String service) {
        laboratory.cluster().namespace(namespace);
        apply(folder, services, namespace);
        apply(folder, deployment, namespace);
        return new Example(laboratory, namespace, service, namespace);
    }

    private void apply(String folder, String file, String namespace) {
        String place = "/manifests/examples/" + laboratory.kind().name() + "-" + folder + "/" + file;
        applied.addAll(laboratory.apply(place, namespace));
    }

    private List<String> ingressPods() {
        return laboratory.cluster().workloads().pods("kube-system", "ingress-nginx").stream()
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    private String node(int index) {
        return names().get(index);
    }

    private List<String> names() {
        return nodes.machines().stream().map(Machine::name).toList();
    }
}
