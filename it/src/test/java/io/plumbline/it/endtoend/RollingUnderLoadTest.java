package io.plumbline.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.it.cluster.Waiting;
import io.plumbline.it.cluster.kubelet.Loopback;
import io.plumbline.it.laboratory.Laboratory;
import io.plumbline.it.laboratory.LaboratoryCloud.Wish;
import io.plumbline.it.load.LoadReport;
import io.plumbline.it.load.LoadSettings;
import io.plumbline.it.load.OpenLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// What all of this is for.
@Tag("laboratory")
@ExtendWith(OnBench.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RollingUnderLoadTest {
    private static final int REQUESTS_PER_SECOND = 200;
    private static final int SLOW_EVERY = 50;
    private static final int WARM = 500;

    private final Bench bench;
    private final Laboratory laboratory;

    RollingUnderLoadTest(Bench bench) {
        this.bench = bench;
        this.laboratory = bench.laboratory();
    }

    @AfterAll
    void everythingWasAllowed() {
        assertThat(bench.permissions().refused()).isEmpty();
    }

    @Test
    void aRollingUpdateLosesNotOneRequest() throws InterruptedException {
        // Given
        Example example =
                Example.gated(laboratory, "loaded", Map.of("plumbline.io/pre-stop-sleep-seconds", "5"), Wish.DRAIN);
        example.awaitRolledOut(3);
        OpenLoop load = OpenLoop.start(
                new LoadSettings(
                        Loopback.place(example.balancer().orElseThrow().vip(), 80)
                                .orElseThrow(),
                        REQUESTS_PER_SECOND,
                        SLOW_EVERY),
                Duration.ofMinutes(5));
        Waiting.until("the load to flow", Example.LIMIT, () -> load.sent() > WARM);
        Instant begin = Instant.now();

        // When
        example.roll();
        example.awaitRolledOut(3);

        // Then
        long sent = load.sent();
        Waiting.until("the load to flow on", Example.LIMIT, () -> load.sent() > sent + WARM);
        LoadReport report = load.stop();
        assertThat(report.byCause()).isEmpty();
        assertThat(report.failed()).isZero();
        assertThat(example.history(begin).fewest()).isGreaterThanOrEqualTo(3);
    }
}
