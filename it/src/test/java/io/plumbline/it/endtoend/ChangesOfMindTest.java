package io.plumbline.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServiceFluent;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.BalancerView.ListenerView;
import io.plumbline.it.laboratory.Laboratory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What else users do to a Service that lives, and what happens to a cluster meanwhile. Permissions are looked at
/// elsewhere: an API server that begins anew refuses everybody until it has read its roles.
@Tag("laboratory")
@ExtendWith(OnBench.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ChangesOfMindTest {
    private final Bench bench;
    private final Laboratory laboratory;

    ChangesOfMindTest(Bench bench) {
        this.bench = bench;
        this.laboratory = bench.laboratory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ClusterIP", "NodePort"})
    void aServiceOfAnotherTypeLosesItsBalancerAndGetsOneAgain(String another) {
        // Given
        Example example = Example.asShipped(laboratory, "retyped-" + another.toLowerCase(Locale.ROOT));
        example.awaitBound(3);
        String uid = example.uid();
        String first = example.balancer().map(BalancerView::id).orElseThrow();

        // When
        type(example, another);

        // Then
        example.waitFor("the balancer to be gone", () -> example.balancers(uid).isEmpty());
        example.waitFor(
                "the finalizer to be gone",
                () -> example.now().getMetadata().getFinalizers().isEmpty());
        example.waitFor(
                "no condition to be left", () -> example.condition("Programmed").isEmpty());
        assertThat(example.ingress()).isEmpty();

        // When
        type(example, "LoadBalancer");

        // Then
        example.awaitBound(3);
        assertThat(example.balancer().map(BalancerView::id)).isPresent().isNotEqualTo(Optional.of(first));
        assertThat(laboratory
                        .cloud()
                        .log()
                        .count(call -> call.action().equals(bench.cloud().creation())
                                && call.code().isPresent()))
                .isZero();
    }

    @Test
    void nothingIsLeftOfADeletedNamespace() {
        // Given
        Example example = Example.gated(laboratory, "leaving");
        example.awaitBound(3);
        String uid = example.uid();

        // When
        laboratory.cluster().client().namespaces().withName("leaving").delete();

        // Then
        example.waitFor(
                "the namespace to be gone",
                () -> laboratory
                                .cluster()
                                .client()
                                .namespaces()
                                .withName("leaving")
                                .get()
                        == null);
        assertThat(example.balancers(uid)).isEmpty();
    }

    @Test
    void whatWasDeletedWhileNobodyLookedIsRemovedLater() {
        // Given
        Example example = Example.asShipped(laboratory, "unseen");
        example.awaitBound(3);
        String uid = example.uid();
        bench.stopController();
        example.delete();

        // When
        bench.startController();

        // Then
        example.waitFor("the Service to be gone", () -> example.found().isEmpty());
        assertThat(example.balancers(uid)).isEmpty();
    }

    @Test
    void aRestartedApiServerChangesNothing() {
        // Given
        Example example = Example.asShipped(laboratory, "restarted");
        example.awaitBound(3);
        List<String> before = example.bound();

        // When
        laboratory.cluster().restartApiServer();

        // Then
        assertThat(example.bound()).isEqualTo(before);
        example.scale(4);
        example.awaitBound(4);
        assertThat(example.bound()).containsAll(before);
    }

    @Test
    void listenersFollowThePorts() {
        // Given
        Example example = Example.asShipped(laboratory, "ports");
        example.awaitBound(3);
        ServicePort http = example.now().getSpec().getPorts().getFirst();

        // When
        ports(example, List.of(http, port("admin", 8080, 8080)));

        // Then
        example.waitFor(
                "two listeners with all Pods", () -> listeners(example).equals(List.of("80 with 3", "8080 with 3")));

        // When
        ports(example, List.of(http, port("admin", 8080, 80)));

        // Then
        if (bench.cloud().targetsOnce()) {
            example.waitFor("the conflict to be told", () -> example.isTold(List.of("8080")));
        } else {
            example.waitFor(
                    "both to lead to the same port",
                    () -> listeners(example).equals(List.of("80 with 3", "8080 with 3"))
                            && example.is("Ready", "True"));
        }
        assertThat(example.bound()).hasSize(3);

        // When
        ports(example, List.of(http));

        // Then
        example.waitFor("one listener", () -> listeners(example).equals(List.of("80 with 3")));
        example.waitFor("condition Ready", () -> example.is("Ready", "True"));
    }

    private static List<String> listeners(Example example) {
        return example.balancer().stream()
                .flatMap(balancer -> balancer.listeners().stream())
                .map(ChangesOfMindTest::text)
                .sorted()
                .toList();
    }

    private static String text(ListenerView listener) {
        return listener.port() + " with " + listener.targets().size();
    }

    private static ServicePort port(String name, int port, int target) {
        return new ServicePortBuilder()
                .withName(name)
                .withProtocol("TCP")
                .withPort(port)
                .withNewTargetPort(target)
                .build();
    }

    private static void ports(Example example, List<ServicePort> ports) {
        edit(example, spec -> spec.withPorts(ports));
    }

    private static void type(Example example, String type) {
        edit(example, spec -> spec.withType(type));
    }

    private interface Change {
        ServiceFluent<ServiceBuilder>.SpecNested<ServiceBuilder> of(
                ServiceFluent<ServiceBuilder>.SpecNested<ServiceBuilder> spec);
    }

    private static void edit(Example example, Change change) {
        example.edit(found ->
                change.of(new ServiceBuilder(found).editSpec()).endSpec().build());
    }
}
