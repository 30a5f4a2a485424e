package io.plumbline.it.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.plumbline.readinessgate.webhook.WebhookNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The shipped manifests say what the documentation promises.
class ManifestsTest {
    private static final Path MANIFESTS = Path.of("..", "manifests");
    private static final Kustomized BASE = Kustomized.in(MANIFESTS.resolve("base"));
    private static final List<String> OVERLAYS = List.of("aliyun", "aws", "tencent");
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    static List<Path> folders() {
        return Stream.concat(Stream.of(BASE.folder()), OVERLAYS.stream().map(MANIFESTS.resolve("overlays")::resolve))
                .toList();
    }

    static List<String> overlays() {
        return OVERLAYS;
    }

    @ParameterizedTest
    @MethodSource("folders")
    void theKustomizationListsExactlyTheFiles(Path folder) throws IOException {
        List<String> listed = Kustomized.in(folder).files();

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> !name.equals("kustomization.yaml")))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
        assertThat(listed).doesNotHaveDuplicates();
    }

    @Test
    void thereIsAnOverlayForEachCloud() throws IOException {
        try (Stream<Path> folders = Files.list(MANIFESTS.resolve("overlays"))) {
            assertThat(folders.map(folder -> folder.getFileName().toString())).hasSameElementsAs(OVERLAYS);
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyObjectNamesItsNamespaceSoThatNoToolIsNeeded(Path folder) {
        assertThat(Kustomized.in(folder).objects()).hasSizeGreaterThan(8).allSatisfy(object -> {
            boolean clusterWide =
                    object.getKind().startsWith("Cluster") || object instanceof MutatingWebhookConfiguration;
            assertThat(object.getMetadata().getNamespace())
                    .as(object.getKind())
                    .isEqualTo(clusterWide ? null : "kube-system");
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void anOverlayOnlyAddsToTheControllersPod(String cloud) {
        PodSpec before = pod(BASE);
        PodSpec after = pod(overlay(cloud));
        Container container = after.getContainers().getFirst();

        assertThat(after.getContainers()).hasSize(1);
        assertThat(container.getEnv())
                .containsAll(before.getContainers().getFirst().getEnv());
        assertThat(after.getVolumes()).containsAll(before.getVolumes());
        assertThat(container.getVolumeMounts())
                .containsAll(before.getContainers().getFirst().getVolumeMounts());
        assertThat(container.getArgs()).containsExactly("run", "--provider=" + cloud);
        assertThat(container.getSecurityContext())
                .isEqualTo(before.getContainers().getFirst().getSecurityContext());
        assertRestricted(after);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void noKeyIsInAManifest(String cloud) {
        List<HasMetadata> objects = overlay(cloud).objects();

        assertThat(objects).noneMatch(Secret.class::isInstance);
        assertThat(pod(overlay(cloud)).getContainers().getFirst().getEnv()).allSatisfy(variable -> {
            boolean looked =
                    variable.getValueFrom() != null && variable.getValueFrom().getSecretKeyRef() == null;
            boolean tokenFile = variable.getName().endsWith("_TOKEN_FILE");
            assertThat(looked || tokenFile).as(variable.getName()).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void credentialsComeByATokenThatIsRenewed(String cloud) {
        PodSpec pod = pod(overlay(cloud));
        Container container = pod.getContainers().getFirst();
        VolumeMount mount = container.getVolumeMounts().stream()
                .filter(one -> one.getName().equals(cloud + "-token"))
                .findFirst()
                .orElseThrow();
        Volume volume = pod.getVolumes().stream()
                .filter(one -> one.getName().equals(mount.getName()))
                .findFirst()
                .orElseThrow();

        assertThat(mount.getReadOnly()).isTrue();
        assertThat(volume.getProjected().getSources()).singleElement().satisfies(source -> {
            assertThat(source.getServiceAccountToken().getAudience()).startsWith("sts.");
            assertThat(source.getServiceAccountToken().getExpirationSeconds()).isEqualTo(3600);
            assertThat(container.getEnv())
                    .filteredOn(variable -> variable.getName().endsWith("_TOKEN_FILE"))
                    .extracting(EnvVar::getValue)
                    .containsExactly(mount.getMountPath() + "/"
                            + source.getServiceAccountToken().getPath());
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void whatTheConfigMapLacksDoesNotKeepThePodFromSayingSo(String cloud) {
        assertThat(pod(overlay(cloud)).getContainers().getFirst().getEnv())
                .filteredOn(variable -> variable.getValueFrom() != null
                        && variable.getValueFrom().getConfigMapKeyRef() != null)
                .hasSizeGreaterThan(2)
                .allSatisfy(variable -> {
                    assertThat(variable.getValueFrom().getConfigMapKeyRef().getName())
                            .isEqualTo("plumbline-" + cloud);
                    assertThat(variable.getValueFrom().getConfigMapKeyRef().getOptional())
                            .isTrue();
                });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void theLeaseOfThisCloudAloneMayBeWritten(String cloud) {
        List<PolicyRule> leases = overlay(cloud).objects().stream()
                .filter(Role.class::isInstance)
                .flatMap(role -> ((Role) role).getRules().stream())
                .filter(rule -> rule.getResources().contains("leases"))
                .filter(rule -> !rule.getVerbs().equals(List.of("create")))
                .toList();

        assertThat(leases).singleElement().satisfies(rule -> {
            assertThat(rule.getResourceNames()).containsExactly("plumbline-" + cloud);
            assertThat(rule.getVerbs()).containsExactly("get", "patch");
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyPermissionGoesToTheControllerAlone(String cloud) {
        List<HasMetadata> objects = overlay(cloud).objects();
        Stream<String> roles = objects.stream()
                .filter(object -> object instanceof Role || object instanceof ClusterRole)
                .map(object -> object.getKind() + "/" + object.getMetadata().getName());
        Stream<RoleBinding> own =
                objects.stream().filter(RoleBinding.class::isInstance).map(RoleBinding.class::cast);
        Stream<ClusterRoleBinding> clusterWide =
                objects.stream().filter(ClusterRoleBinding.class::isInstance).map(ClusterRoleBinding.class::cast);

        List<Grant> grants = Stream.concat(
                        own.map(binding -> new Grant(binding.getRoleRef(), binding.getSubjects())),
                        clusterWide.map(binding -> new Grant(binding.getRoleRef(), binding.getSubjects())))
                .toList();

        assertThat(grants)
                .extracting(grant -> grant.role().getKind() + "/" + grant.role().getName())
                .containsExactlyInAnyOrderElementsOf(roles.toList());
        assertThat(grants)
                .allSatisfy(grant -> assertThat(grant.to())
                        .singleElement()
                        .isEqualTo(new Subject(null, "ServiceAccount", "plumbline", "kube-system")));
    }

    private record Grant(RoleRef role, List<Subject> to) {}

    @Test
    void theControllerRunsTwiceApartAndRestricted() {
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
    void theImageIsTheOneThatTheBuildMakesAndRunsAsTheSameUser() throws IOException {
        PodSpec pod = pod(BASE);
        String build = Files.readString(Path.of("..", "app", "pom.xml"));

        assertThat(build).contains("<image>" + pod.getContainers().getFirst().getImage() + "</image>");
        assertThat(build)
                .contains("<user>" + pod.getSecurityContext().getRunAsUser() + ":"
                        + pod.getSecurityContext().getRunAsGroup() + "</user>");
    }

    @Test
    void theWebhookIsOptInAndStandsInNobodysWay() {
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
    void theWebhooksServiceLeadsToTheControllersPods() {
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

    @ParameterizedTest
    @MethodSource("folders")
    void permissionsHaveNoWildcardAndSecretsAreReadByNameOnly(Path folder) {
        List<HasMetadata> objects = Kustomized.in(folder).objects();
        List<PolicyRule> clusterWide = objects.stream()
                .filter(ClusterRole.class::isInstance)
                .flatMap(role -> ((ClusterRole) role).getRules().stream())
                .toList();
        List<PolicyRule> own = objects.stream()
                .filter(Role.class::isInstance)
                .flatMap(role -> ((Role) role).getRules().stream())
                .toList();

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
    void theExampleIsTheOneOfTheDocumentation() {
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
        assertThat(pod.getVolumes()).allMatch(volume -> volume.getEmptyDir() != null || volume.getProjected() != null);
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

    private static Kustomized overlay(String cloud) {
        return Kustomized.in(MANIFESTS.resolve("overlays").resolve(cloud));
    }

    private static PodSpec pod(Kustomized kustomized) {
        return only(Deployment.class, kustomized.objects())
                .getSpec()
                .getTemplate()
                .getSpec();
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

    private static List<HasMetadata> baseObjects() {
        return BASE.objects();
    }

    private static List<HasMetadata> example(String file) {
        return Kustomized.documents(
                        MANIFESTS.resolve("examples").resolve("tencent-direct").resolve(file))
                .stream()
                .map(tree -> YAML.unmarshal(tree.toString(), HasMetadata.class))
                .toList();
    }
}
