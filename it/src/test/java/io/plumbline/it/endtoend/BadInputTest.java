package io.plumbline.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.app.Program;
import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.ChangeLog.Happened;
import io.plumbline.it.demo.Laboratory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever somebody writes into a Service that lives: it is told in words, its Pods are followed all the same, and
/// nothing is lost.
@Tag("laboratory")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputTest {
    private static final String CLOUD = "service.cloud.tencent.com/";
    private static final String QCLOUD = "service.kubernetes.io/qcloud-";
    private static final String CONFIG = CLOUD + "tke-service-config";

    private final Laboratory laboratory = Laboratory.start(1);
    private final Program controller = laboratory.controller();
    private final Example example = Example.asShipped(laboratory, "bad");
    private int replicas = 3;

    /// An annotation, and words that must be told of it.
    record Bad(String key, String value, List<String> words) {
        @Override
        public String toString() {
            return key + "=" + value;
        }
    }

    private static Stream<Bad> annotations() {
        return Stream.of(
                new Bad(CLOUD + "direct-access", "yes", List.of("must be \"true\" or \"false\"", "\"yes\"")),
                new Bad(CLOUD + "enable-grace-shutdown", "1", List.of("must be \"true\" or \"false\"", "\"1\"")),
                new Bad(
                        QCLOUD + "loadbalancer-internet-max-bandwidth-out",
                        "4096",
                        List.of("from 1 to 2048", "\"4096\"")),
                new Bad(QCLOUD + "loadbalancer-internet-max-bandwidth-out", "fast", List.of("\"fast\"")),
                new Bad(
                        QCLOUD + "loadbalancer-internet-charge-type",
                        "FREE",
                        List.of("TRAFFIC_POSTPAID_BY_HOUR", "\"FREE\"")),
                new Bad(CONFIG, "nowhere", List.of("TkeServiceConfig", "nowhere", "does not exist")),
                new Bad(CONFIG, "twice", List.of("names tcp/80 again", "remove one of the two")),
                new Bad(CONFIG, "elsewhere", List.of("names tcp/8443", "does not have")),
                new Bad(CONFIG, "wrong", List.of("healthNum", "intervalTime")),
                new Bad(CLOUD + "direct-acess", "true", List.of("not a known annotation")),
                new Bad(QCLOUD + "loadbalancer-colour", "blue", List.of("not a known annotation")),
                new Bad("plumbline.io/repalce", "allow", List.of("not a known annotation")));
    }

    private static final String CONFIGS = """
            apiVersion: cloud.tencent.com/v1alpha1
            kind: TkeServiceConfig
            metadata: {name: twice, namespace: bad}
            spec:
              loadBalancer:
                l4Listeners:
                  - {protocol: TCP, port: 80, scheduler: WRR}
                  - {protocol: TCP, port: 80, scheduler: LEAST_CONN}
            ---
            apiVersion: cloud.tencent.com/v1alpha1
            kind: TkeServiceConfig
            metadata: {name: elsewhere, namespace: bad}
            spec:
              loadBalancer:
                l4Listeners:
                  - {protocol: TCP, port: 8443}
            ---
            apiVersion: cloud.tencent.com/v1alpha1
            kind: TkeServiceConfig
            metadata: {name: wrong, namespace: bad}
            spec:
              loadBalancer:
                l4Listeners:
                  - protocol: TCP
                    port: 80
                    healthCheck: {enable: true, healthNum: 99, intervalTime: 1}
            """;

    @BeforeAll
    void given() {
        laboratory.cluster().apply(new ByteArrayInputStream(CONFIGS.getBytes(StandardCharsets.UTF_8)));
        example.awaitServing(replicas);
        example.waitFor("condition Ready", () -> example.is("Ready", "True"));
    }

    @AfterAll
    void everythingWasAllowed() {
        controller.close();
        Permissions permissions = Permissions.of(laboratory);
        laboratory.close();
        assertThat(permissions.refused()).isEmpty();
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
        example.waitFor("a condition that names " + bad, () -> isTold(bad));
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
        example.annotate(CLOUD + "direct-acess", "true");

        // Then
        example.waitFor(
                "the wrong key to be told",
                () -> example.condition("Ready")
                        .filter(condition -> condition.getMessage().contains("direct-acess"))
                        .isPresent());
        assertThat(example.condition("Ready").orElseThrow().getMessage()).doesNotContain("topology-mode");
        example.annotateNoMore(CLOUD + "direct-acess");
        example.waitFor("condition Ready", () -> example.is("Ready", "True"));
    }

    private boolean isTold(Bad bad) {
        return example.condition("Ready")
                .filter(condition -> condition.getStatus().equals("False"))
                .filter(condition -> says(bad, condition.getMessage()))
                .isPresent();
    }

    private static boolean says(Bad bad, String message) {
        return bad.words().stream().allMatch(message::contains);
    }

    private void restore(Bad bad, Map<String, String> good) {
        if (good.containsKey(bad.key())) {
            example.annotate(bad.key(), good.get(bad.key()));
        } else {
            example.annotateNoMore(bad.key());
        }
    }
}
