package io.plumbline.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.ChangeLog.Happened;
import io.plumbline.it.laboratory.Laboratory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever somebody writes into a Service that lives: it is told in words, its Pods are followed all the same, and
/// nothing is lost.
@Tag("laboratory")
@ExtendWith(OnBench.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputTest {
    private final Laboratory laboratory;
    private final Bench bench;
    private final Example example;
    private int replicas = 3;

    BadInputTest(Bench bench) {
        this.bench = bench;
        this.laboratory = bench.laboratory();
        this.example = Example.asShipped(laboratory, "bad");
    }

    private List<Bad> annotations() {
        return bench.cloud().badInput();
    }

    @BeforeAll
    void given() {
        bench.cloud()
                .badInputObjects()
                .forEach(yaml ->
                        laboratory.cluster().apply(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))));
        example.awaitServing(replicas);
        example.waitFor("condition Ready", () -> example.is("Ready", "True"));
    }

    @AfterAll
    void everythingWasAllowed() {
        assertThat(bench.permissions().refused()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("annotations")
    void isToldInWordsWhilePodsAreFollowed(Bad bad) {
        // Given
        Map<String, String> good = example.now().getMetadata().getAnnotations();
        BalancerView before = example.balancer().orElseThrow();
        int mark = laboratory.cloud().log().size();

        // When
        example.annotate(bad.key(), bad.value());

        // Then
        example.waitFor("a condition that names " + bad, () -> example.isTold(bad.words()));
        example.waitFor(
                "events that name " + bad,
                () -> bad.words().stream()
                        .allMatch(word -> example.events().stream()
                                .anyMatch(event -> event.getMessage().contains(word))));
        assertThat(example.is("Programmed", "True")).isTrue();

        // When
        replicas = replicas == 3 ? 4 : 3;
        example.scale(replicas);

        // Then
        example.awaitBound(replicas);
        assertThat(example.balancer().orElseThrow().vip()).isEqualTo(before.vip());
        assertThat(laboratory.cloud().log().memberships(example.pool()).stream()
                        .filter(entry -> entry.happened() == Happened.REMOVED)
                        .filter(entry -> example.bound().contains(entry.backend())))
                .isEmpty();
        assertThat(laboratory.cloud().log().size()).isGreaterThan(mark);

        // When
        restore(bad, good);

        // Then
        example.waitFor("condition Ready", () -> example.is("Ready", "True"));
    }

    @Test
    void keysOfKubernetesItselfAreNobodysMistake() {
        // When
        example.annotate("service.kubernetes.io/topology-mode", "Auto");
        example.annotate(bench.cloud().misspeltKey(), "true");

        // Then
        example.waitFor(
                "the wrong key to be told",
                () -> example.condition("Ready")
                        .filter(condition ->
                                condition.getMessage().contains(bench.cloud().misspeltKey()))
                        .isPresent());
        assertThat(example.condition("Ready").orElseThrow().getMessage()).doesNotContain("topology-mode");
        example.annotateNoMore(bench.cloud().misspeltKey());
        example.waitFor("condition Ready", () -> example.is("Ready", "True"));
    }

    private void restore(Bad bad, Map<String, String> good) {
        if (good.containsKey(bad.key())) {
            example.annotate(bad.key(), good.get(bad.key()));
        } else {
            example.annotateNoMore(bad.key());
        }
    }
}
