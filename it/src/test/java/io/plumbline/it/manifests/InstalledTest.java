package io.plumbline.it.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodReadinessGate;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.plumbline.app.Program;
import io.plumbline.it.laboratory.Laboratory;
import io.plumbline.it.laboratory.LaboratoryClouds;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The shipped manifests in a real API server, with the webhook behind the shipped configuration.
class InstalledTest {
    private static final Path MANIFESTS = Path.of("..", "manifests");
    private static final Map<String, String> OPTED_IN = Map.of("plumbline.io/readiness-gate", "enabled");
    private static final Map<String, String> SLEEP = Map.of("plumbline.io/pre-stop-sleep-seconds", "5");

    private static Laboratory laboratory;
    private static Program controller;

    @BeforeAll
    static void start() {
        laboratory = Laboratory.start(LaboratoryClouds.named("tencent"), 1);
        controller = laboratory.controller();
    }

    @AfterAll
    static void stop() {
        controller.close();
        laboratory.close();
    }

    @Test
    void theApiServerHasTakenEveryFile() {
        List<HasMetadata> objects =
                Kustomized.in(MANIFESTS.resolve("overlays/tencent")).objects();

        assertThat(objects)
                .hasSize(13)
                .allSatisfy(object -> assertThat(
                                laboratory.cluster().client().resource(object).get())
                        .isNotNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/aliyun", "overlays/aws", "overlays/tencent"})
    void theControllersPodIsAdmittedWhereRestrictedIsEnforced(String folder) {
        namespace("restricted", Map.of("pod-security.kubernetes.io/enforce", "restricted"), Map.of());
        PodTemplateSpec template = Kustomized.in(MANIFESTS.resolve(folder)).objects().stream()
                .filter(Deployment.class::isInstance)
                .map(Deployment.class::cast)
                .findFirst()
                .orElseThrow()
                .getSpec()
                .getTemplate();
        // Its priority class may be used in kube-system only, and its ServiceAccount is there.
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("plumbline")
                .withNamespace("restricted")
                .endMetadata()
                .withSpec(template.getSpec()
                        .edit()
                        .withPriorityClassName(null)
                        .withServiceAccountName(null)
                        .build())
                .build();

        assertThat(dryRun(pod).getSpec().getContainers()).hasSize(1);
    }

    @Test
    void aPodThatComesRightAfterItsServiceGetsGateAndSleep() {
        namespace("gated", OPTED_IN, SLEEP);
        laboratory.apply("/manifests/examples/tencent-direct/1-service.yaml", "gated");

        Pod pod = dryRun(examplePod("gated"));

        assertThat(pod.getSpec().getReadinessGates())
                .extracting(PodReadinessGate::getConditionType)
                .containsExactly("plumbline.io/load-balancer-ready");
        assertThat(pod.getSpec()
                        .getContainers()
                        .getFirst()
                        .getLifecycle()
                        .getPreStop()
                        .getSleep()
                        .getSeconds())
                .isEqualTo(5L);
        assertThat(pod.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(35L);
    }

    @Test
    void aPodThatNoServiceSelectsStaysAsItIs() {
        namespace("unselected", OPTED_IN, SLEEP);

        assertUntouched(dryRun(examplePod("unselected")));
    }

    @Test
    void aPodInANamespaceThatDidNotOptInStaysAsItIs() {
        namespace("opted-out", Map.of(), SLEEP);
        laboratory.apply("/manifests/examples/tencent-direct/1-service.yaml", "opted-out");

        assertUntouched(dryRun(examplePod("opted-out")));
    }

    private static void assertUntouched(Pod pod) {
        assertThat(pod.getSpec().getReadinessGates()).isEmpty();
        assertThat(pod.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(30L);
    }

    private static void namespace(String name, Map<String, String> labels, Map<String, String> annotations) {
        Namespace namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .withAnnotations(annotations)
                .endMetadata()
                .build();
        laboratory.cluster().apply(namespace);
    }

    private static Pod examplePod(String namespace) {
        PodTemplateSpec template =
                laboratory.objects("/manifests/examples/tencent-direct/2-deployment.yaml", namespace).stream()
                        .map(Deployment.class::cast)
                        .findFirst()
                        .orElseThrow()
                        .getSpec()
                        .getTemplate();
        return new PodBuilder()
                .withNewMetadataLike(template.getMetadata())
                .withName("web-1")
                .withNamespace(namespace)
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
    }

    private static Pod dryRun(Pod pod) {
        return laboratory.cluster().client().resource(pod).dryRun(true).create();
    }
}
