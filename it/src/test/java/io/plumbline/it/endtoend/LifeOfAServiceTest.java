package io.plumbline.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Pod;
import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.ChangeLog.Happened;
import io.plumbline.it.clouds.ChangeLog.Membership;
import io.plumbline.it.cluster.Workloads;
import io.plumbline.it.laboratory.Laboratory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// At every moment as many backends serve as before and as wanted, whichever is fewer.
@Tag("laboratory")
@ExtendWith(OnBench.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LifeOfAServiceTest {
    private static final Logger LOG = LoggerFactory.getLogger(LifeOfAServiceTest.class);
    private static final Duration DOWN = Duration.ofSeconds(14);

    private final Bench bench;
    private final Laboratory laboratory;

    LifeOfAServiceTest(Bench bench) {
        this.bench = bench;
        this.laboratory = bench.laboratory();
    }

    @AfterAll
    void everythingWasAllowed() {
        Permissions permissions = bench.permissions();
        LOG.info("granted, and not used here: {}", permissions.unused());
        assertThat(permissions.refused()).isEmpty();
    }

    @Test
    void exampleAsShippedIsServedByItsPods() throws Exception {
        // When
        Example example = Example.asShipped(laboratory, "shipped");

        // Then
        example.awaitServing(3);
        example.waitFor("condition Ready", () -> example.is("Ready", "True"));
        BalancerView balancer = example.balancer().orElseThrow();
        assertThat(balancer.listeners()).singleElement().satisfies(listener -> {
            assertThat(listener.protocol()).isEqualToIgnoringCase("TCP");
            assertThat(listener.port()).isEqualTo(80);
        });
        LoadBalancerIngress ingress = example.ingress().orElseThrow();
        assertThat(laboratory.vip(ingress)).contains(balancer.vip());
        assertThat(ingress.getIpMode()).isEqualTo(ingress.getIp() == null ? null : "VIP");
        assertThat(example.now().getMetadata().getFinalizers()).contains("plumbline.io/load-balancer");
        assertThat(example.is("Programmed", "True")).isTrue();
        assertThat(example.is("BackendsComplete", "True")).isTrue();
        assertThat(example.pods().stream().map(pod -> pod.getMetadata().getName()))
                .contains(Answers.of(balancer.vip(), 80));
    }

    @Test
    void scalingToFiftyAndBackKeepsThree() {
        // Given
        Example example = Example.gated(laboratory, "scaled");
        example.awaitRolledOut(3);
        Instant begin = Instant.now();

        // When
        example.scale(50);
        example.awaitRolledOut(50);
        example.scale(3);
        example.awaitRolledOut(3);

        // Then
        assertThat(example.history(begin).fewest()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void rollingUpdateNeverServesWithFewer() {
        // Given
        Example example = Example.gated(laboratory, "rolled");
        example.awaitRolledOut(3);
        List<String> old = example.serving();
        Instant begin = Instant.now();

        // When
        example.roll();
        example.awaitRolledOut(3);

        // Then
        assertThat(example.serving()).doesNotContainAnyElementsOf(old);
        assertThat(example.history(begin).fewest()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void onlyACrashedPodIsMissing() {
        // Given
        Example example = Example.gated(laboratory, "crashed");
        example.awaitRolledOut(3);
        Pod pod = example.pods().getFirst();
        String backend = pod.getStatus().getPodIP() + ":80";
        Instant begin = Instant.now();

        // When
        laboratory.cluster().kubelet().crash("crashed", pod.getMetadata().getName(), DOWN);

        // Then
        example.waitFor(
                "the crashed Pod to be missing", () -> !example.serving().contains(backend));
        example.awaitServing(3);
        assertThat(example.history(begin).everMissing()).containsExactly(backend);
        assertThat(example.history(begin).fewest()).isEqualTo(2);
    }

    @Test
    void aReusedAddressIsRegisteredAgainForItsNewPod() {
        // Given
        Example example = Example.gated(laboratory, "reused");
        example.awaitRolledOut(3);
        List<String> before = example.serving();
        Instant begin = Instant.now();

        // When
        laboratory.cluster().kubelet().reuseAddresses();
        example.roll();
        example.awaitRolledOut(3);
        laboratory.cluster().kubelet().freshAddresses();

        // Then
        List<String> reused = new ArrayList<>(example.serving());
        reused.retainAll(before);
        assertThat(reused).isNotEmpty();
        assertThat(reused)
                .allSatisfy(address -> assertThat(comings(example, address))
                        .containsExactly(Happened.ADDED, Happened.REMOVED, Happened.ADDED));
        assertThat(example.history(begin).fewest()).isGreaterThanOrEqualTo(3);
        assertThat(example.pods()).allMatch(pod -> Workloads.isTrue(pod, Example.GATE));
    }

    @Test
    void nothingIsLeftOfADeletedService() {
        // Given
        Example example = Example.gated(laboratory, "deleted");
        example.awaitRolledOut(3);
        String uid = example.uid();

        // When
        example.delete();

        // Then
        example.waitFor("the Service to be gone", () -> example.found().isEmpty());
        assertThat(example.balancers(uid)).isEmpty();
        assertThat(example.pods()).hasSize(3).allMatch(pod -> Workloads.isTrue(pod, "Ready"));
    }

    private List<Happened> comings(Example example, String backend) {
        return laboratory.cloud().log().memberships(example.pool()).stream()
                .filter(entry -> entry.backend().equals(backend) && entry.happened() != Happened.CHANGED)
                .map(Membership::happened)
                .toList();
    }
}
