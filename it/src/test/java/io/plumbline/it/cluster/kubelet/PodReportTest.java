package io.plumbline.it.cluster.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PodReportTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.5Z");
    private static final String BEFORE = "2026-11-20T09:00:00Z";

    private final Pod pod = pod();
    private final PodFacts facts = PodFacts.of(pod);
    private final PodReport running = new PodReport(new ContainerState.Running(NOW), true, 0);

    @Test
    void specIsRead() {
        assertThat(facts.ports())
                .containsExactly(new PodPort(PodPort.Protocol.TCP, 80), new PodPort(PodPort.Protocol.UDP, 53));
        assertThat(facts.preStop()).isEqualTo(Duration.ofSeconds(15));
        assertThat(facts.readinessDelay()).isEqualTo(Duration.ofSeconds(4));
        assertThat(facts.gates()).containsExactly("example.org/gate");
    }

    @Test
    void readyNeedsEveryGate() {
        assertThat(running.ready(facts, pod)).isFalse();
        assertThat(running.ready(facts, with(pod, "example.org/gate", "True"))).isTrue();
        assertThat(running.ready(facts, with(pod, "example.org/gate", "False"))).isFalse();
    }

    @Test
    void gateThatFlipsMakesTheReportNews() {
        Pod said = with(with(pod, "ContainersReady", "True"), "Ready", "False");
        assertThat(running.isSaidBy(facts, said)).isTrue();
        assertThat(running.isSaidBy(facts, with(said, "example.org/gate", "True")))
                .isFalse();
    }

    @Test
    void statusCarriesTheUidAndKeepsTheTimeOfWhatStays() {
        Pod said = with(pod, "ContainersReady", "True");
        assertThat(running.status(facts, said, NOW))
                .contains("\"uid\":\"u-1\"")
                .contains("{\"type\":\"ContainersReady\",\"status\":\"True\",\"lastTransitionTime\":\"" + BEFORE)
                .contains("{\"type\":\"Ready\",\"status\":\"False\",\"lastTransitionTime\":\"2026-11-20T10:00:00Z\","
                        + "\"reason\":\"ReadinessGatesNotReady\"}")
                .doesNotContain("podIPs");
    }

    @Test
    void endedContainersMakeThePodTerminal() {
        PodReport killed = new PodReport(new ContainerState.Terminated(137, "Error", NOW), false, 0);
        assertThat(killed.status(facts, pod, NOW))
                .contains("\"phase\":\"Failed\"")
                .contains("\"exitCode\":137");
    }

    @Test
    void crashedPodKeepsRunningAsAPhase() {
        PodReport crashed = new PodReport(new ContainerState.Waiting("CrashLoopBackOff"), false, 1);
        assertThat(crashed.status(facts, pod, NOW))
                .contains("\"phase\":\"Running\"")
                .contains("CrashLoopBackOff");
    }

    private static Pod with(Pod pod, String type, String status) {
        return new PodBuilder(pod)
                .editStatus()
                .addNewCondition()
                .withType(type)
                .withStatus(status)
                .withLastTransitionTime(BEFORE)
                .endCondition()
                .endStatus()
                .build();
    }

    private static Pod pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("web")
                .withName("shop-1")
                .withUid("u-1")
                .endMetadata()
                .withNewSpec()
                .withNodeName("node-1")
                .addNewReadinessGate("example.org/gate")
                .addNewContainer()
                .withName("server")
                .withImage("server:1")
                .addNewPort()
                .withContainerPort(80)
                .endPort()
                .addNewPort()
                .withContainerPort(53)
                .withProtocol("UDP")
                .endPort()
                .withNewReadinessProbe()
                .withInitialDelaySeconds(4)
                .endReadinessProbe()
                .withNewLifecycle()
                .withNewPreStop()
                .withNewExec()
                .withCommand("sh", "-c", "sleep 15")
                .endExec()
                .endPreStop()
                .endLifecycle()
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .endStatus()
                .build();
    }
}
