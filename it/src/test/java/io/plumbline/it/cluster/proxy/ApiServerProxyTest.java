package io.plumbline.it.cluster.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.plumbline.it.cluster.Cluster;
import io.plumbline.it.cluster.ClusterShape;
import io.plumbline.it.cluster.Workloads;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("laboratory")
final class ApiServerProxyTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private static final String CONTROLLER = """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: controller, namespace: web}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: controller}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects: [{kind: ServiceAccount, name: controller, namespace: web}]
            """;

    @Test
    void listAndWatchAreFalsifiedAndGetStaysTrue() throws Exception {
        try (Cluster cluster = Cluster.start(ClusterShape.ofNodes(1));
                ApiServerProxy proxy = cluster.proxy()) {
            // Given
            cluster.namespace("web");
            cluster.apply(new ByteArrayInputStream(CONTROLLER.getBytes(StandardCharsets.UTF_8)));
            Workloads workloads = cluster.workloads();
            workloads.deploy("web", "shop", 2);
            workloads.awaitRolledOut("web", "shop", LIMIT);
            Path kubeconfig = cluster.kubeconfig("web", "controller", proxy.server());

            try (KubernetesClient client = client(kubeconfig);
                    SharedIndexInformer<Pod> informer =
                            client.pods().inNamespace("web").inform()) {
                awaitSeen(informer, 2);

                // When all is passed on, then changes are seen
                workloads.deploy("web", "shop", 3);
                awaitSeen(informer, 3);
                workloads.awaitRolledOut("web", "shop", LIMIT);

                // When nothing is shown, then nothing is seen; but GET by name stays true
                proxy.fault("pods", new Fault.Empty());
                awaitSeen(informer, 0);
                assertThat(proxy.falseLists("pods")).isPositive();
                Pod pod = workloads.pods("web", "shop").getFirst();
                assertThat(client.resource(pod).get()).isNotNull();

                // When a past moment is shown, then that is what is seen
                Fault.Moment withThree = proxy.moment();
                workloads.scale("web", "shop", 0);
                await().atMost(LIMIT).until(() -> workloads.pods("web", "shop").isEmpty());
                proxy.fault("pods", new Fault.Old(withThree));
                awaitSeen(informer, 3);

                // When it passes again, then the truth is seen
                proxy.fault("pods", new Fault.Pass());
                awaitSeen(informer, 0);

                // When it is slow, then a list takes that long
                proxy.fault("pods", new Fault.Slow(Duration.ofSeconds(1)));
                long start = System.nanoTime();
                assertThat(client.pods().inNamespace("web").list().getItems()).isEmpty();
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            }

            // Then what the controller's account asked is in the audit log
            await().atMost(LIMIT)
                    .until(() -> Files.readString(cluster.auditLog()).contains("system:serviceaccount:web:controller"));
        }
    }

    private static KubernetesClient client(Path kubeconfig) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
    }

    private static void awaitSeen(SharedIndexInformer<Pod> informer, int pods) {
        await().atMost(LIMIT).until(() -> informer.getStore().list().size() == pods);
    }
}
