package io.plumbline.it.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.plumbline.readinessgate.webhook.WebhookNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The shipped manifests say what the documentation promises.
class ManifestsTest {
    private static final Path MANIFESTS = Path.of("..", "manifests");
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    @Test
    void theKustomizationListsExactlyTheFiles() throws IOException {
        List<String> listed = YAML.unmarshal(Files.readString(base("kustomization.yaml")), Kustomization.class)
                .resources();
        try (Stream<Path> files = Files.list(base(""))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> !name.equals("kustomization.yaml")))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
        assertThat(listed).doesNotHaveDuplicates().allMatch(name -> name.endsWith(".yaml"));
    }

    @Test
    void everyObjectNamesItsNamespaceSoThatNoToolIsNeeded() throws IOException {
        assertThat(baseObjects()).hasSizeGreaterThan(8).allSatisfy(object -> {
            boolean clusterWide =
                    object.getKind().startsWith("Cluster") || object instanceof MutatingWebhookConfiguration;
            assertThat(object.getMetadata().getNamespace())
                    .as(object.getKind())
                    .isEqualTo(clusterWide ? null : "kube-system");
        });
    }

    @Test
    void theControllerRunsTwiceApartAndRestricted() throws IOException {
        Deployment deployment = only(Deployment.class, baseObjects());
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        Container container = pod.getContainers().getFirst();

        assertThat(deployment.getSpec().getReplicas()).isEqualTo(2);
        assertThat(pod.getAffinity().getPodAntiAffinity()).isNotNull();
        assertThat(pod.getPriorityClassName()).isEqualTo("system-cluster-critical");
        assertThat(pod.getServiceAccountName()).isEqualTo("plumbline");
        assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
        assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/healthz");
        assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/readyz");
        assertRestricted(pod);
    }

    @Test
    void credentialsComeFromASecretThatMayBeMissing() throws IOException {
        PodSpec pod =
                only(Deployment.class, baseObjects()).getSpec().getTemplate().getSpec();
        List<EnvVar> secrets = pod.getContainers().getFirst().getEnv().stream()
                .filter(variable -> variable.getValueFrom().getSecretKeyRef() != null)
                .toList();

        assertThat(secrets)
                .extracting(EnvVar::getName)
                .containsExactly("TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY");
        assertThat(secrets).allSatisfy(variable -> {
            assertThat(variable.getValueFrom().getSecretKeyRef().getName()).isEqualTo("plumbline-credentials");
            assertThat(variable.getValueFrom().getSecretKeyRef().getOptional()).isTrue();
        });
    }

    @Test
    void theWebhookIsOptInAndStandsInNobodysWay() throws IOException {
        MutatingWebhookConfiguration configuration = only(MutatingWebhookConfiguration.class, baseObjects());
        WebhookNames names = WebhookNames.shipped("kube-system");
        MutatingWebhook webhook = configuration.getWebhooks().getFirst();

        assertThat(configuration.getMetadata().getName()).isEqualTo(names.configuration());
        assertThat(configuration.getWebhooks()).hasSize(1);
        assertThat(webhook.getClientConfig().getService().getName()).isEqualTo(names.service());
        assertThat(webhook.getClientConfig().getService().getNamespace()).isEqualTo(names.namespace());
        assertThat(webhook.getClientConfig().getService().getPath()).isEqualTo("/pods");
        assertThat(webhook.getClientConfig().getCaBundle()).isNull();
        assertThat(webhook.getFailurePolicy()).isEqualTo("Ignore");
        assertThat(webhook.getTimeoutSeconds()).isEqualTo(3);
        assertThat(webhook.getSideEffects()).isEqualTo("None");
        assertThat(webhook.getReinvocationPolicy()).isEqualTo("Never");
        assertThat(webhook.getNamespaceSelector().getMatchLabels())
                .isEqualTo(Map.of("plumbline.io/readiness-gate", "enabled"));
        assertThat(webhook.getNamespaceSelector().getMatchExpressions())
                .singleElement()
                .satisfies(expression -> {
                    assertThat(expression.getKey()).isEqualTo("kubernetes.io/metadata.name");
                    assertThat(expression.getOperator()).isEqualTo("NotIn");
                    assertThat(expression.getValues()).containsExactly("kube-system");
                });
    }

    @Test
    void theWebhooksServiceLeadsToTheControllersPods() throws IOException {
        Service service = only(Service.class, baseObjects());
        Deployment deployment = only(Deployment.class, baseObjects());

        assertThat(service.getMetadata().getName())
                .isEqualTo(WebhookNames.shipped("kube-system").service());
        assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels())
                .containsAllEntriesOf(service.getSpec().getSelector());
        assertThat(deployment
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getPorts())
                .anyMatch(port -> service.getSpec()
                        .getPorts()
                        .getFirst()
                        .getTargetPort()
                        .equals(new IntOrString(port.getContainerPort())));
    }

    @Test
    void permissionsHaveNoWildcardAndSecretsAreReadByNameOnly() throws IOException {
        List<PolicyRule> clusterWide = only(ClusterRole.class, baseObjects()).getRules();
        List<PolicyRule> own = only(Role.class, baseObjects()).getRules();

        assertThat(Stream.concat(clusterWide.stream(), own.stream())).allSatisfy(rule -> {
            assertThat(rule.getVerbs()).doesNotContain("*", "delete", "deletecollection");
            assertThat(rule.getResources()).doesNotContain("*");
            assertThat(rule.getApiGroups()).doesNotContain("*");
        });
        assertThat(clusterWide)
                .allSatisfy(rule -> assertThat(rule.getResources()).doesNotContain("secrets", "leases", "configmaps"));
        assertThat(own)
                .filteredOn(rule -> !rule.getVerbs().equals(List.of("create")))
                .allSatisfy(rule -> assertThat(rule.getResourceNames()).isNotEmpty());
    }

    @Test
    void theExampleIsTheOneOfTheDocumentation() throws IOException {
        Service service = only(Service.class, example("1-service.yaml"));
        Deployment deployment = only(Deployment.class, example("2-deployment.yaml"));
        ServicePort port = service.getSpec().getPorts().getFirst();
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();

        assertThat(service.getMetadata().getAnnotations())
                .isEqualTo(Map.of("service.cloud.tencent.com/direct-access", "true"));
        assertThat(service.getSpec().getType()).isEqualTo("LoadBalancer");
        assertThat(service.getSpec().getLoadBalancerClass()).isNull();
        assertThat(service.getSpec().getExternalTrafficPolicy()).isEqualTo("Cluster");
        assertThat(service.getSpec().getSessionAffinity()).isEqualTo("None");
        assertThat(service.getSpec().getSelector()).isEqualTo(Map.of("app", "nginx"));
        assertThat(service.getSpec().getPorts()).hasSize(1);
        assertThat(port.getName()).isEqualTo("80-80-no");
        assertThat(port.getPort()).isEqualTo(80);
        assertThat(port.getTargetPort()).isEqualTo(new IntOrString(80));
        assertThat(deployment.getMetadata().getName()).isEqualTo("nginx-deployment-eni");
        assertThat(deployment.getSpec().getReplicas()).isEqualTo(3);
        assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels()).containsEntry("app", "nginx");
        assertThat(deployment.getSpec().getTemplate().getMetadata().getAnnotations())
                .isEqualTo(Map.of("tke.cloud.tencent.com/networks", "tke-route-eni"));
        assertThat(pod.getContainers().getFirst().getResources().getRequests())
                .isEqualTo(Map.of("tke.cloud.tencent.com/eni-ip", new Quantity("1")));
        assertThat(pod.getContainers().getFirst().getResources().getLimits())
                .isEqualTo(Map.of("tke.cloud.tencent.com/eni-ip", new Quantity("1")));
    }

    /// Pod Security `restricted`, rule by rule.
    private static void assertRestricted(PodSpec pod) {
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getHostPID()).isNull();
        assertThat(pod.getHostIPC()).isNull();
        assertThat(pod.getVolumes())
                .allSatisfy(volume -> assertThat(volume.getEmptyDir()).isNotNull());
        assertThat(pod.getContainers()).allSatisfy(container -> {
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
            assertThat(container.getSecurityContext().getPrivileged()).isNull();
            assertThat(container.getPorts()).allMatch(port -> port.getHostPort() == null);
        });
    }

    private static <T> T only(Class<T> type, List<HasMetadata> objects) {
        return objects.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .reduce((one, other) -> {
                    throw new AssertionError("two of " + type);
                })
                .orElseThrow();
    }

    private static List<HasMetadata> baseObjects() throws IOException {
        List<HasMetadata> objects = new ArrayList<>();
        for (String file : YAML.unmarshal(Files.readString(base("kustomization.yaml")), Kustomization.class)
                .resources()) {
            objects.addAll(objects(base(file)));
        }
        return objects;
    }

    private static List<HasMetadata> example(String file) throws IOException {
        return objects(MANIFESTS.resolve("examples").resolve("tencent-direct").resolve(file));
    }

    private static List<HasMetadata> objects(Path file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<HasMetadata> objects = new ArrayList<>();
        for (String document : Files.readString(file).split("(?m)^---$")) {
            JsonNode tree = json.valueToTree(YAML.unmarshal(document, Object.class));
            objects.add(YAML.unmarshal(tree.toString(), HasMetadata.class));
        }
        return objects;
    }

    private static Path base(String file) {
        return MANIFESTS.resolve("base").resolve(file);
    }

    /// What is read of a kustomization.
    record Kustomization(String apiVersion, String kind, List<String> resources) {}
}
