package io.plumbline.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.plumbline.it.cluster.kubelet.Loopback;
import io.plumbline.it.cluster.kubelet.Machine;
import io.plumbline.it.cluster.kubelet.NodeShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Nodes as users handle them, and the ports that they serve.
@Tag("laboratory")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NodesAndNodePortsTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final NodeShape SHAPE = NodeShape.ordinary()
            .withName("cn-beijing.{address}")
            .withProviderId("cn-beijing.i-{number}")
            .in("cn-beijing", "cn-beijing-a");

    private final Cluster cluster = Cluster.start(new ClusterShape(List.of(SHAPE, SHAPE), Duration.ofMillis(100)));
    private final Workloads workloads = cluster.workloads();
    private final String one = cluster.nodes().machines().get(0).name();
    private final String two = cluster.nodes().machines().get(1).name();

    @BeforeAll
    void namespace() {
        cluster.namespace("ports");
    }

    @AfterAll
    void everyPortIsFree() throws IOException {
        List<InetSocketAddress> places = cluster.client().services().inNamespace("ports").list().getItems().stream()
                .flatMap(service -> service.getSpec().getPorts().stream())
                .flatMap(port ->
                        cluster.nodes().machines().stream().map(machine -> place(machine.name(), port.getNodePort())))
                .toList();
        cluster.close();
        assertThat(places).isNotEmpty();
        for (InetSocketAddress place : places) {
            try (ServerSocket free = new ServerSocket(place.getPort(), 1, place.getAddress())) {
                assertThat(free.isBound()).isTrue();
            }
        }
    }

    @Test
    void everyNodeServesEveryPodAndLocalOnesTheirOwn() {
        // Given
        workloads.deploy("ports", "shop", 4);
        int port = nodePort(expose("shop"));

        // Then
        await().atMost(LIMIT).until(() -> asked(one, port).equals(pods("shop")));
        await().atMost(LIMIT).until(() -> asked(two, port).equals(pods("shop")));

        // When
        patch("shop", "{\"spec\":{\"externalTrafficPolicy\":\"Local\"}}");
        int health = service("shop").getSpec().getHealthCheckNodePort();

        // Then
        for (String node : List.of(one, two)) {
            await().atMost(LIMIT).until(() -> asked(node, port).equals(podsOn("shop", node)));
            int here = podsOn("shop", node).size();
            await().atMost(LIMIT).until(() -> get(node, health).statusCode() == (here > 0 ? 200 : 503));
            assertThat(get(node, health).body()).contains("\"localEndpoints\": " + here);
        }

        // When
        patch("shop", "{\"spec\":{\"externalTrafficPolicy\":\"Cluster\"}}");

        // Then
        await().atMost(LIMIT).until(() -> asked(one, port).equals(pods("shop")));
        await().atMost(LIMIT).until(() -> refused(one, health));
    }

    @Test
    void aNodeWithoutALocalPodRefuses() {
        // Given
        workloads.deploy("ports", "single", 1);
        patch(expose("single"), "{\"spec\":{\"externalTrafficPolicy\":\"Local\"}}");
        int port = nodePort(service("single"));
        await().atMost(LIMIT).until(() -> readyPods("single") == 1);
        String here = workloads.pods("ports", "single").getFirst().getSpec().getNodeName();
        String there = here.equals(one) ? two : one;

        // Then
        await().atMost(LIMIT).until(() -> asked(here, port).equals(pods("single")));
        await().atMost(LIMIT).until(() -> refused(there, port));
    }

    @Test
    void aPodOfTheHostNetworkHasItsNodesAddressAndASecondOneDoesNotStart() {
        // Given
        Pod first = hostNetworked("first");
        cluster.apply(first);
        await().atMost(LIMIT).until(() -> isReady("first"));
        assertThat(pod("first").getStatus().getPodIP()).isEqualTo(address(one));
        assertThat(body(place(one, 18_080))).isEqualTo("first");

        // When
        cluster.apply(hostNetworked("second"));

        // Then
        await().during(Duration.ofSeconds(2)).atMost(LIMIT).until(() -> !isReady("second"));

        // When
        cluster.client().resource(first).delete();

        // Then
        await().atMost(LIMIT).until(() -> isReady("second"));
        assertThat(body(place(one, 18_080))).isEqualTo("second");
        cluster.client().resource(hostNetworked("second")).delete();
    }

    @Test
    void nodesAreWhatTheirCloudSaysAndAreLabelledTaintedAndCordoned() {
        // Then
        Node node = node(two);
        assertThat(two).isEqualTo("cn-beijing." + address(two));
        assertThat(node.getSpec().getProviderID()).isEqualTo("cn-beijing.i-2");
        assertThat(node.getMetadata().getLabels()).containsEntry("topology.kubernetes.io/zone", "cn-beijing-a");

        // When
        cluster.nodes().label(two, "node-role.kubernetes.io/ingress", "true");
        cluster.nodes().taint(two, "example.org/ingress", "only", "NoSchedule");
        cluster.nodes().taint(two, "example.org/ingress", "alone", "NoSchedule");
        cluster.nodes().cordon(two);

        // Then
        assertThat(node(two).getMetadata().getLabels()).containsEntry("node-role.kubernetes.io/ingress", "true");
        assertThat(node(two).getSpec().getUnschedulable()).isTrue();
        assertThat(node(two).getSpec().getTaints())
                .filteredOn(taint -> taint.getKey().equals("example.org/ingress"))
                .singleElement()
                .satisfies(taint -> assertThat(taint.getValue()).isEqualTo("alone"));

        // When
        cluster.nodes().unlabel(two, "node-role.kubernetes.io/ingress");
        cluster.nodes().untaint(two, "example.org/ingress");
        cluster.nodes().uncordon(two);

        // Then
        assertThat(node(two).getMetadata().getLabels()).doesNotContainKey("node-role.kubernetes.io/ingress");
        await().atMost(LIMIT).until(() -> node(two).getSpec().getTaints().isEmpty());
    }

    @Test
    void aDrainedNodeIsEmptyButForItsDaemonSetsAndTheBudgetIsKept() {
        // Given
        daemonSet("agent");
        workloads.deploy("ports", "drained", 2);
        cluster.apply(new PodDisruptionBudgetBuilder()
                .withNewMetadata()
                .withNamespace("ports")
                .withName("drained")
                .endMetadata()
                .withNewSpec()
                .withMinAvailable(new IntOrString(2))
                .withNewSelector()
                .withMatchLabels(Map.of("app", "drained"))
                .endSelector()
                .endSpec()
                .build());
        await().atMost(LIMIT).until(() -> readyPods("agent") == 2 && readyPods("drained") == 2);
        await().atMost(LIMIT).until(() -> budgetIsSeen("drained"));
        Pod held = workloads.pods("ports", "drained").getFirst();
        assertThat(workloads.evict("ports", held.getMetadata().getName())).isFalse();

        // When
        workloads.scale("ports", "drained", 3);
        workloads.drain(two, LIMIT);

        // Then
        assertThat(podsOn("drained", two)).isEmpty();
        assertThat(podsOn("agent", two)).hasSize(1);
        await().atMost(LIMIT).until(() -> readyPods("drained") == 3);
        cluster.nodes().uncordon(two);
        await().atMost(LIMIT).until(() -> node(two).getSpec().getTaints().isEmpty());
    }

    @Test
    void aNodeThatComesServesAndOneThatGoesRefuses() {
        // Given
        workloads.deploy("ports", "elastic", 1);
        int port = nodePort(expose("elastic"));

        // When
        String three = cluster.nodes().add(SHAPE);

        // Then
        await().atMost(LIMIT).until(() -> asked(three, port).equals(pods("elastic")));

        // When
        InetSocketAddress place = place(three, port);
        cluster.nodes().delete(three);

        // Then
        await().atMost(LIMIT).until(() -> refused(place));
        assertThat(cluster.nodes().machines().stream().map(Machine::name)).containsExactly(one, two);
    }

    private boolean budgetIsSeen(String name) {
        return Objects.requireNonNull(cluster.client()
                                .policy()
                                .v1()
                                .podDisruptionBudget()
                                .inNamespace("ports")
                                .withName(name)
                                .get())
                        .getStatus()
                        .getExpectedPods()
                == 2;
    }

    private void daemonSet(String name) {
        cluster.apply(new DaemonSetBuilder()
                .withNewMetadata()
                .withNamespace("ports")
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .withMatchLabels(Map.of("app", name))
                .endSelector()
                .withTemplate(Workloads.deployment("ports", name, 1).getSpec().getTemplate())
                .endSpec()
                .build());
    }

    private Pod hostNetworked(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("ports")
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withNodeName(one)
                .withHostNetwork(true)
                .withTerminationGracePeriodSeconds(1L)
                .addNewContainer()
                .withName("server")
                .withImage("registry.invalid/server:1")
                .addNewPort()
                .withContainerPort(18_080)
                .endPort()
                .endContainer()
                .endSpec()
                .build();
    }

    private String expose(String app) {
        cluster.apply(new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("ports")
                .withName(app)
                .endMetadata()
                .withNewSpec()
                .withType("LoadBalancer")
                .withLoadBalancerClass("example.org/none")
                .withSelector(Map.of("app", app))
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build());
        return app;
    }

    private Service service(String name) {
        return Objects.requireNonNull(
                cluster.client().services().inNamespace("ports").withName(name).get());
    }

    private int nodePort(String service) {
        return nodePort(service(service));
    }

    private static int nodePort(Service service) {
        return service.getSpec().getPorts().getFirst().getNodePort();
    }

    private void patch(String service, String patch) {
        cluster.client()
                .services()
                .inNamespace("ports")
                .withName(service)
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    private Node node(String name) {
        return Objects.requireNonNull(cluster.client().nodes().withName(name).get());
    }

    private Pod pod(String name) {
        return Objects.requireNonNull(
                cluster.client().pods().inNamespace("ports").withName(name).get());
    }

    private boolean isReady(String pod) {
        return Workloads.isTrue(pod(pod), "Ready");
    }

    private long readyPods(String app) {
        return workloads.pods("ports", app).stream()
                .filter(pod -> Workloads.isTrue(pod, "Ready"))
                .count();
    }

    private Set<String> pods(String app) {
        return workloads.pods("ports", app).stream()
                .map(pod -> pod.getMetadata().getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> podsOn(String app, String node) {
        return workloads.pods("ports", app).stream()
                .filter(pod -> node.equals(pod.getSpec().getNodeName()))
                .map(pod -> pod.getMetadata().getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Who answers on the node's port, over some requests.
    private Set<String> asked(String node, int port) {
        Set<String> names = new TreeSet<>();
        try {
            for (int request = 0; request < 12; request++) {
                names.add(get(node, port).body().strip());
            }
        } catch (UncheckedIOException refused) {
            // Not yet, or no more.
        }
        return names;
    }

    private boolean refused(String node, int port) {
        return refused(place(node, port));
    }

    private static boolean refused(InetSocketAddress place) {
        try (Socket client = new Socket()) {
            client.connect(place);
            return false;
        } catch (IOException refused) {
            return true;
        }
    }

    private HttpResponse<String> get(String node, int port) {
        return get(place(node, port));
    }

    private static String body(InetSocketAddress place) {
        return get(place).body().strip();
    }

    private static HttpResponse<String> get(InetSocketAddress place) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://" + place.getHostString() + ":" + place.getPort() + "/");
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String address(String node) {
        return cluster.nodes().machines().stream()
                .filter(machine -> machine.name().equals(node))
                .map(Machine::address)
                .findFirst()
                .orElseThrow();
    }

    private InetSocketAddress place(String node, int port) {
        return Loopback.place(address(node), port).orElseThrow();
    }
}
