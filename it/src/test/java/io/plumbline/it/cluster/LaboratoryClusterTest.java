package io.plumbline.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.plumbline.it.cluster.kubelet.Loopback;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("laboratory")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LaboratoryClusterTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String GATE = "example.org/gate";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Cluster cluster = Cluster.start(ClusterShape.ofNodes(2));
    private final Workloads workloads = cluster.workloads();

    @BeforeAll
    void namespace() {
        cluster.namespace("web");
    }

    @AfterAll
    void noProcessIsLeft() {
        List<Long> ids = cluster.processIds();
        cluster.close();
        assertThat(ids).hasSize(4).allMatch(id -> ProcessHandle.of(id).isEmpty());
    }

    @Test
    void podsOfADeploymentBecomeReadyAndAnswer() throws Exception {
        // When
        deployAndWait(Workloads.deployment("web", "shop", 3));

        // Then
        for (Pod pod : workloads.pods("web", "shop")) {
            assertThat(pod.getStatus().getPodIP()).startsWith("10.244.");
            assertThat(Workloads.isTrue(pod, "Ready")).isTrue();
            assertThat(get(pod, "/").body().trim()).isEqualTo(name(pod));
            String throughApiServer = "/api/v1/namespaces/web/pods/" + name(pod) + ":80/proxy/";
            assertThat(cluster.client().raw(throughApiServer).trim()).isEqualTo(name(pod));
        }
    }

    @Test
    void podWithAnUnmetGateIsNotReadyUntilTheGateIs() {
        // Given
        Deployment gated = new DeploymentBuilder(Workloads.deployment("web", "gated", 1))
                .editSpec()
                .editTemplate()
                .editSpec()
                .addNewReadinessGate(GATE)
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
        workloads.deploy(gated);
        await().atMost(LIMIT).until(() -> only("gated", "ContainersReady"));
        Pod pod = workloads.pods("web", "gated").getFirst();
        assertThat(Workloads.isTrue(pod, "Ready")).isFalse();

        // When
        cluster.client().pods().inNamespace("web").withName(name(pod)).patchReadinessGateStatus(Map.of(GATE, true));

        // Then
        await().atMost(LIMIT).until(() -> only("gated", "Ready"));
    }

    @Test
    void preStopSleepIsServedThenKeptConnectionsAreDrained() throws Exception {
        // Given
        deployAndWait(new DeploymentBuilder(Workloads.deployment("web", "drained", 1))
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withNewLifecycle()
                .withNewPreStop()
                .withNewSleep(3L)
                .endPreStop()
                .endLifecycle()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());
        Pod pod = workloads.pods("web", "drained").getFirst();

        // When
        long start = System.nanoTime();
        cluster.client().resource(pod).delete();

        // Then
        assertThat(get(pod, "/").headers().firstValue("Connection")).isEmpty();
        CompletableFuture<HttpResponse<String>> slow =
                http.sendAsync(request(pod, "/slow?ms=5000"), HttpResponse.BodyHandlers.ofString());
        await().atMost(LIMIT).until(() -> isRefused(pod));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(2500));
        assertThat(slow.get().headers().firstValue("Connection")).contains("close");
        await().atMost(LIMIT)
                .until(() -> cluster.client().resource(pod).get() == null
                        || workloads.pods("web", "drained").stream()
                                .noneMatch(other -> name(other).equals(name(pod))));
    }

    @Test
    void crashedPodIsNotReadyAndComesBack() throws Exception {
        // Given
        deployAndWait(Workloads.deployment("web", "crashing", 1));
        Pod pod = workloads.pods("web", "crashing").getFirst();

        // When
        cluster.kubelet().crash("web", name(pod), Duration.ofSeconds(3));

        // Then
        assertThat(isRefused(pod)).isTrue();
        await().atMost(LIMIT).until(() -> !only("crashing", "Ready"));
        await().atMost(LIMIT).until(() -> only("crashing", "Ready"));
        assertThat(get(pod, "/").statusCode()).isEqualTo(200);
    }

    @Test
    void rollingUpdateReusesTheAddressesOfThePodsThatWent() {
        // Given
        deployAndWait(Workloads.deployment("web", "reused", 3));
        Set<String> before = addresses("reused");

        // When
        cluster.kubelet().reuseAddresses();
        workloads.roll("web", "reused");
        workloads.awaitRolledOut("web", "reused", LIMIT);
        cluster.kubelet().freshAddresses();

        // Then
        Set<String> kept = new HashSet<>(addresses("reused"));
        kept.retainAll(before);
        assertThat(kept).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void fiftyPodsBecomeReadyAndRoll() {
        deployAndWait(Workloads.deployment("web", "many", 50));
        workloads.roll("web", "many");
        workloads.awaitRolledOut("web", "many", LIMIT);
        assertThat(addresses("many")).hasSizeGreaterThanOrEqualTo(50);
        workloads.scale("web", "many", 0);
        await().atMost(LIMIT).until(() -> workloads.pods("web", "many").isEmpty());
    }

    @Test
    void evictedPodLeaves() {
        // Given
        deployAndWait(Workloads.deployment("web", "evicted", 1));
        Pod pod = workloads.pods("web", "evicted").getFirst();

        // When
        assertThat(workloads.evict("web", name(pod))).isTrue();

        // Then
        await().atMost(LIMIT)
                .until(() -> workloads.pods("web", "evicted").stream()
                        .noneMatch(other -> name(other).equals(name(pod))));
    }

    @Test
    void podOfASilentNodeLeavesOnlyWhenTheNodeSpeaks() {
        // Given
        deployAndWait(Workloads.deployment("web", "lost", 1));
        Pod pod = workloads.pods("web", "lost").getFirst();
        String node = pod.getSpec().getNodeName();

        // When
        cluster.nodes().silence(node);
        cluster.client().resource(pod).withGracePeriod(1).delete();

        // Then
        await().atMost(LIMIT)
                .until(() -> isRefused(pod) || workloads.pods("web", "lost").size() == 2);
        assertThat(workloads.pods("web", "lost")).anyMatch(other -> name(other).equals(name(pod)));
        cluster.nodes().resume(node);
        await().atMost(LIMIT)
                .until(() -> workloads.pods("web", "lost").stream()
                        .noneMatch(other -> name(other).equals(name(pod))));
    }

    @Test
    void clusterGoesOnAfterItsApiServerWasKilled() {
        // Given
        deployAndWait(Workloads.deployment("web", "survivor", 1));

        // When
        cluster.restartApiServer();

        // Then
        workloads.roll("web", "survivor");
        workloads.awaitRolledOut("web", "survivor", LIMIT);
    }

    private void deployAndWait(Deployment deployment) {
        workloads.deploy(deployment);
        workloads.awaitRolledOut("web", deployment.getMetadata().getName(), LIMIT);
    }

    private boolean only(String app, String condition) {
        List<Pod> pods = workloads.pods("web", app);
        return pods.size() == 1 && Workloads.isTrue(pods.getFirst(), condition);
    }

    private Set<String> addresses(String app) {
        Set<String> addresses = new HashSet<>();
        workloads.pods("web", app).forEach(pod -> addresses.add(pod.getStatus().getPodIP()));
        return addresses;
    }

    private static String name(Pod pod) {
        return pod.getMetadata().getName();
    }

    private HttpResponse<String> get(Pod pod, String path) throws IOException, InterruptedException {
        return http.send(request(pod, path), HttpResponse.BodyHandlers.ofString());
    }

    /// Through a client of its own: a kept connection would still be answered.
    private boolean isRefused(Pod pod) throws IOException, InterruptedException {
        try (HttpClient fresh = HttpClient.newHttpClient()) {
            fresh.send(request(pod, "/"), HttpResponse.BodyHandlers.discarding());
            return false;
        } catch (ConnectException refused) {
            return true;
        }
    }

    private static HttpRequest request(Pod pod, String path) {
        InetSocketAddress place = Loopback.place(pod.getStatus().getPodIP(), 80).orElseThrow();
        return HttpRequest.newBuilder(URI.create("http://" + place.getHostString() + ":" + place.getPort() + path))
                .build();
    }
}
