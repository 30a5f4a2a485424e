package io.plumbline.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.Fault;
import io.plumbline.it.cluster.Waiting;
import io.plumbline.it.laboratory.Laboratory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// The controller as a process of its own, killed in the middle of what it does; another one goes on.
@Tag("laboratory")
@ExtendWith(OnBench.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ControllerKilledTest {
    private static final Duration LATE = Duration.ofSeconds(8);
    private static final Duration STOPPING = Duration.ofSeconds(10);

    private final Bench bench;
    private final Laboratory laboratory;

    ControllerKilledTest(Bench bench) {
        bench.stopController();
        this.bench = bench;
        this.laboratory = bench.laboratory();
    }

    @AfterEach
    void noFaultIsLeft() {
        laboratory.cloud().faults().clear();
    }

    @AfterAll
    void everythingWasAllowed() {
        assertThat(bench.permissions().refused()).isEmpty();
    }

    @Test
    void killedInTheMiddleOfACreateItLeavesNoDuplicateAndNoOrphan() {
        try (ControllerProcess first = ControllerProcess.start(laboratory, "first");
                ControllerProcess second = leaderAndThen(first, "second")) {
            // Given
            long before = calls(bench.cloud().creation());
            answerLate(bench.cloud().creation());
            Example example = Example.asShipped(laboratory, "create");
            awaitCall(bench.cloud().creation(), before);

            // When
            first.kill();

            // Then
            second.awaitLeading(laboratory);
            example.awaitServing(3);
            assertThat(example.balancers(example.uid())).hasSize(1);

            // When
            example.delete();

            // Then
            example.waitFor("the Service to be gone", () -> example.found().isEmpty());
            assertThat(orphans()).isEmpty();
        }
    }

    @Test
    void killedInTheMiddleOfARollingUpdateItIsTakenOver() {
        try (ControllerProcess first = ControllerProcess.start(laboratory, "third");
                ControllerProcess second = leaderAndThen(first, "fourth")) {
            // Given
            Example example = Example.gatedInTemplate(laboratory, "roll");
            example.awaitRolledOut(3);
            Instant begin = Instant.now();
            long registrations = calls(bench.cloud().registration());
            answerLate(bench.cloud().registration());
            example.roll();
            awaitCall(bench.cloud().registration(), registrations);

            // When
            first.kill();

            // Then
            second.awaitLeading(laboratory);
            example.awaitRolledOut(3);
            assertThat(example.history(begin).fewest()).isGreaterThanOrEqualTo(3);
            assertThat(example.balancers(example.uid())).hasSize(1);

            // When
            example.delete();

            // Then
            example.waitFor("the Service to be gone", () -> example.found().isEmpty());
            assertThat(orphans()).isEmpty();
        }
    }

    @Test
    void toldToStopInTheMiddleOfACreateItHandsTheLeaseOver() {
        try (ControllerProcess first = ControllerProcess.start(laboratory, "fifth")) {
            // Given
            first.awaitLeading(laboratory);
            long before = calls(bench.cloud().creation());
            answerLate(bench.cloud().creation());
            Example example = Example.asShipped(laboratory, "stopped");
            awaitCall(bench.cloud().creation(), before);

            // When
            boolean gone = first.stop(STOPPING);

            // Then
            assertThat(gone).isTrue();
            assertThat(ControllerProcess.holder(laboratory)).isEmpty();

            // When
            try (ControllerProcess second = ControllerProcess.start(laboratory, "sixth")) {
                second.awaitLeading(laboratory);

                // Then
                example.awaitBound(3);
                assertThat(example.balancers(example.uid())).hasSize(1);
                assertThat(orphans()).isEmpty();
                assertThat(second.stop(STOPPING)).isTrue();
                assertThat(example.bound()).hasSize(3);
            }
        }
    }

    /// Our balancers that no Service stands behind.
    private List<BalancerView> orphans() {
        List<String> uids = laboratory.cluster().client().services().inAnyNamespace().list().getItems().stream()
                .map(service -> service.getMetadata().getUid())
                .toList();
        return laboratory.made().stream()
                .filter(balancer -> uids.stream().noneMatch(balancer.tags()::containsValue))
                .toList();
    }

    private ControllerProcess leaderAndThen(ControllerProcess first, String name) {
        first.awaitLeading(laboratory);
        return ControllerProcess.start(laboratory, name);
    }

    /// Done as ever, answered so late that there is time to kill who asked.
    private void answerLate(String action) {
        laboratory
                .cloud()
                .faults()
                .set(List.of(new Fault(action, OptionalInt.of(1), Fault.Kind.DELAY, Optional.empty(), LATE)));
    }

    private void awaitCall(String action, long before) {
        Waiting.until("a call of " + action, Example.LIMIT, () -> calls(action) > before);
    }

    private long calls(String action) {
        return laboratory.cloud().log().count(call -> call.action().equals(action));
    }
}
