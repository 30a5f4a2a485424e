package io.plumbline.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.it.laboratory.Laboratory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// UDP beside TCP: Pods are rolled and scaled, and no flow that begins goes unanswered.
@Tag("laboratory")
@ExtendWith(OnBench.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DatagramsTest {
    private static final int REPLICAS = 3;

    private final Bench bench;
    private final Laboratory laboratory;

    DatagramsTest(Bench bench) {
        this.bench = bench;
        this.laboratory = bench.laboratory();
    }

    @AfterAll
    void everythingWasAllowed() {
        assertThat(bench.permissions().refused()).isEmpty();
    }

    @Test
    void newFlowsAreAnsweredWhilePodsAreReplaced() {
        // Given
        Example example = Example.withDatagrams(laboratory, "datagrams");
        example.awaitRolledOut(REPLICAS);
        String vip = example.balancer().orElseThrow().vip();

        try (Datagrams datagrams = Datagrams.to(vip, Example.DATAGRAMS)) {
            // When
            example.roll();
            example.awaitRolledOut(REPLICAS);

            // Then
            datagrams.flowOn();

            // When
            example.scale(REPLICAS + 2);
            example.awaitRolledOut(REPLICAS + 2);
            example.scale(REPLICAS);
            example.awaitRolledOut(REPLICAS);

            // Then
            datagrams.flowOn();
        }
    }
}
