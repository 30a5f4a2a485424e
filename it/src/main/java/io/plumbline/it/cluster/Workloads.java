package io.plumbline.it.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.plumbline.it.cluster.kubelet.Nodes;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Deployments and their Pods, as a user would handle them with kubectl.
public final class Workloads {

    private static final int HTTP = 80;

    private static final Duration EVICTION_PAUSE = Duration.ofMillis(500);

    private final KubernetesClient client;
    private final Nodes nodes;

    Workloads(KubernetesClient client, Nodes nodes) {
        this.client = client;
        this.nodes = nodes;
    }

    /// A Deployment `name` of Pods with the label `app: name` and container port 80; rolls with maxUnavailable 0.
    public Deployment deploy(String namespace, String name, int replicas) {
        return deploy(deployment(namespace, name, replicas));
    }

    /// Creates this Deployment, or brings the one of its name to it.
    public Deployment deploy(Deployment deployment) {
        return client.resource(deployment)
                .fieldManager(Cluster.FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply();
    }

    /// What [#deploy(String, String, int)] creates, to be changed before it is deployed.
    public static Deployment deployment(String namespace, String name, int replicas) {
        Map<String, String> labels = Map.of("app", name);
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withNewMaxUnavailable(0)
                .withNewMaxSurge("25%")
                .endRollingUpdate()
                .endStrategy()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("server")
                .withImage("registry.invalid/server:1")
                .addNewPort()
                .withContainerPort(HTTP)
                .endPort()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    /// Replaces all Pods by changing the template, as `kubectl rollout restart` does.
    public void roll(String namespace, String name) {
        String patch = """
                {"spec":{"template":{"metadata":{"annotations":{"plumbline.io/rolled":"%s"}}}}}""".formatted(UUID.randomUUID());
        resource(namespace, name).patch(PatchContext.of(PatchType.STRATEGIC_MERGE), patch);
    }

    /// Changes the number of replicas and does not wait.
    public void scale(String namespace, String name, int replicas) {
        resource(namespace, name)
                .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), "{\"spec\":{\"replicas\":" + replicas + "}}");
    }

    /// Asks for the Pod's eviction; false if its disruption budget does not allow it now.
    public boolean evict(String namespace, String pod) {
        return client.pods().inNamespace(namespace).withName(pod).evict();
    }

    /// Cordons the node and evicts its Pods, as `kubectl drain --ignore-daemonsets` does: what a disruption budget
    /// refuses is asked for again. Returns when they are gone.
    ///
    /// @throws IllegalStateException if they are not within the time
    public void drain(String node, Duration limit) {
        nodes.cordon(node);
        Set<String> evicted = new HashSet<>();
        Waiting.until(node + " to be drained", limit, EVICTION_PAUSE, () -> {
            List<Pod> left = evictable(node);
            left.stream()
                    .filter(pod -> !evicted.contains(pod.getMetadata().getUid()))
                    .filter(pod -> evict(
                            pod.getMetadata().getNamespace(), pod.getMetadata().getName()))
                    .forEach(pod -> evicted.add(pod.getMetadata().getUid()));
            return left.isEmpty();
        });
    }

    private List<Pod> evictable(String node) {
        return client.pods().inAnyNamespace().withField("spec.nodeName", node).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getOwnerReferences().stream()
                        .noneMatch(owner -> owner.getKind().equals("DaemonSet")))
                .toList();
    }

    /// Returns when all replicas are of the newest template and available, and none of an older one is counted.
    public void awaitRolledOut(String namespace, String name, Duration limit) {
        Waiting.until(
                "deployment " + namespace + "/" + name + " to be rolled out",
                limit,
                () -> isRolledOut(
                        Objects.requireNonNull(resource(namespace, name).get())));
    }

    private static boolean isRolledOut(Deployment deployment) {
        DeploymentStatus status = deployment.getStatus();
        int wanted = deployment.getSpec().getReplicas();
        return status != null
                && deployment.getMetadata().getGeneration().equals(status.getObservedGeneration())
                && count(status.getReplicas()) == wanted
                && count(status.getUpdatedReplicas()) == wanted
                && count(status.getAvailableReplicas()) == wanted;
    }

    private static int count(@Nullable Integer replicas) {
        return replicas == null ? 0 : replicas;
    }

    /// The Pods with the label `app`, sorted by name, those that are leaving included.
    public List<Pod> pods(String namespace, String app) {
        return client.pods().inNamespace(namespace).withLabel("app", app).list().getItems().stream()
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .toList();
    }

    /// Whether the Pod's condition of this type is True.
    public static boolean isTrue(Pod pod, String conditionType) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(
                        condition -> conditionType.equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private RollableScalableResource<Deployment> resource(String namespace, String name) {
        return client.apps().deployments().inNamespace(namespace).withName(name);
    }
}
