package io.plumbline.tencent;

import static io.plumbline.tencent.Examples.metadata;
import static io.plumbline.tencent.Examples.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.Dialect.Backends;
import io.plumbline.spi.Dialect.Interpretation;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Pool.Targets;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which nodes are targets, by TKE's annotations.
class NodePortDialectTest {
    private final TencentDialect dialect = new TencentDialect("ap-guangzhou");

    @Test
    void withoutAnnotationsAllNodesAreTargetsUnderEitherPolicy() {
        Backends backends = backends(Map.of());

        assertThat(backends.targets()).isEqualTo(Targets.NODES);
        assertThat(backends.nodeSelector()).isEmpty();
        assertThat(backends.allNodesWhenLocal()).isTrue();
        assertThat(backends.weighByPods()).isFalse();
        assertThat(backends.excludeUnschedulable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "role=edge",
                "role==edge, zone in (a, b)",
                "zone notin (a)",
                "role!=db,!spare",
                "node-role.kubernetes.io/ingress=true",
                "node-role.kubernetes.io/ingress=",
                "spot"
            })
    void aSelectorIsKubernetesOwn(String selector) {
        assertThat(backends(Map.of(Annotations.NODE_SELECTOR, selector)).nodeSelector())
                .isEqualTo(selector);
    }

    @ParameterizedTest
    @ValueSource(strings = {"role is edge", "role in edge", "role=a=b", "a,,b", "zone in (a", "-x=1", ","})
    void oneThatCannotBeReadIsTold(String selector) {
        Interpretation reading = interpret(Map.of(Annotations.NODE_SELECTOR, selector));

        assertThat(reading.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.field()).isEqualTo(Annotations.NODE_SELECTOR));
    }

    @Test
    void onlyNodesWithPodsAndTheirWeights() {
        Backends backends = backends(Map.of(Annotations.ONLY_WITH_POD, "true", Annotations.WEIGH_BY_PODS, "true"));

        assertThat(backends.allNodesWhenLocal()).isFalse();
        assertThat(backends.weighByPods()).isTrue();
    }

    @Test
    void weightsAloneAreAContradiction() {
        Interpretation reading = interpret(Map.of(Annotations.WEIGH_BY_PODS, "true"));

        assertThat(reading.backends().weighByPods()).isFalse();
        assertThat(reading.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .isEqualTo("has an effect only together with " + Annotations.ONLY_WITH_POD
                                + ": \"true\": set that too, or remove this one"));
    }

    @Test
    void aMachineIsKnownByTheProviderIdOfThisCloudOnly() {
        assertThat(dialect.instance(node("qcloud:///100003/ins-1a2b3c4d", Map.of())))
                .contains(new Address.Instance("ins-1a2b3c4d"));
        Stream.of("qcloud:///100003/", "aws:///us-east-1a/i-0123456789abcdef0", "ins-1a2b3c4d", "")
                .forEach(other -> assertThat(dialect.instance(node(other, Map.of())))
                        .as(other)
                        .isEmpty());
    }

    @Test
    void mastersAreNoTargets() {
        assertThat(dialect.excluded(node("qcloud:///1/ins-1", Map.of()))).isEmpty();
        assertThat(dialect.excluded(node("qcloud:///1/ins-1", Map.of("node-role.kubernetes.io/master", ""))))
                .contains("the node carries the label node-role.kubernetes.io/master");
        assertThat(dialect.excluded(node("qcloud:///1/ins-1", Map.of("node-role.kubernetes.io/control-plane", ""))))
                .isPresent();
    }

    private Backends backends(Map<String, String> annotations) {
        Interpretation reading = interpret(annotations);
        assertThat(reading.problems()).isEmpty();
        return reading.backends();
    }

    private Interpretation interpret(Map<String, String> annotations) {
        return dialect.interpret(service(annotations), List.of(), true);
    }

    private static NodeView node(String providerId, Map<String, String> labels) {
        return new NodeView(
                metadata(ObjectKey.node("node-1"), labels, Map.of()),
                "True",
                false,
                List.of(),
                Optional.of(providerId),
                List.of());
    }
}
