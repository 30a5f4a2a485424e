package io.plumbline.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.it.virtual.Samples;
import io.plumbline.spi.CoreAnnotations;
import io.plumbline.spi.objects.Metadata;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.ServiceView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Services that want no load balancer any more, or another one.
class LettingGoTest {
    private static final String GROUP = "fake.plumbline.io/group";
    private static final ObjectKey OTHER = ObjectKey.service("web", "other");

    static List<String> clouds() {
        return FaultyCloud.all();
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void whatIsOfAnotherTypeNowLosesItsLoadBalancerAndGoesOn(String cloud) {
        for (String type : List.of("ClusterIP", "NodePort")) {
            // Given
            Stage stage = new Stage(cloud).withPods(1, 3).withService(2).settle();

            // When
            stage.cluster.put(like(stage.service(), type, stage.service().loadBalancerClass()));
            stage.settle();

            // Then
            goesOnWithoutUs(stage);
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void whatIsOfAnotherClassNowLosesItsLoadBalancerAndGoesOn(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 3).withService(2).settle();

        // When
        stage.cluster.put(like(stage.service(), "LoadBalancer", Optional.of("somebody.else/balancer")));
        stage.settle();

        // Then
        goesOnWithoutUs(stage);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void whatComesBackGetsALoadBalancerAgain(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 3).withService(2).settle();
        ServiceView wanted = stage.service();
        stage.cluster.put(like(wanted, "ClusterIP", wanted.loadBalancerClass()));
        stage.settle();

        // When
        stage.cluster.put(like(stage.service(), "LoadBalancer", wanted.loadBalancerClass()));
        stage.settle();

        // Then
        assertThat(stage.cloud.balancers()).hasSize(1);
        stage.hasMembers(2, 1, 2, 3);
        assertThat(stage.condition("Ready")).startsWith("True");
    }

    /// Sooner than a creation of unknown outcome is given up: this one has been seen.
    @ParameterizedTest
    @MethodSource("clouds")
    void whatIsGivenUpAsSoonAsItWasMadeIsLetGoWithoutDelay(String cloud) {
        for (boolean restarted : List.of(false, true)) {
            // Given
            Stage stage = new Stage(cloud).withPods(1, 3).withService(1);
            stage.world.runUntil(() -> !stage.cloud.balancers().isEmpty(), Duration.ofMinutes(3));
            stage.cluster.put(like(stage.service(), "ClusterIP", stage.service().loadBalancerClass()));

            // When
            if (restarted) {
                stage.world.restart();
            }
            stage.world.runFor(Duration.ofSeconds(40));

            // Then
            goesOnWithoutUs(stage);
            assertThat(stage.cloud.beside()).isEmpty();
        }
    }

    @Test
    void whatIsSkippedAndDeletedIsLetGoAndItsLoadBalancerStays() {
        // Given
        Stage stage = new Stage("tencent").withPods(1, 3).withService(2).settle();
        stage.withService(2, Map.of("service.cloud.tencent.com/mode", "skip")).settle();
        int calls = stage.calls();

        // When
        stage.cluster.delete(Stage.SHOP);
        stage.settle();

        // Then
        assertThat(stage.cluster.service(Stage.SHOP)).isEmpty();
        assertThat(stage.cloud.balancers()).hasSize(1);
        stage.hasMembers(2, 1, 2, 3);
        assertThat(stage.calls()).isEqualTo(calls);
    }

    @Test
    void whatIsSkippedIsLeftInPeace() {
        // Given
        Stage stage = new Stage("tencent").withPods(1, 3).withService(2).settle();

        // When
        stage.withService(3, Map.of("service.cloud.tencent.com/mode", "skip"));
        stage.world.runFor(Duration.ofMinutes(1));
        int calls = stage.calls();
        stage.withPods(4, 4).settle();

        // Then
        assertThat(stage.calls()).isEqualTo(calls);
        stage.hasMembers(2, 1, 2, 3);
    }

    /// About when it is sure that it has no load balancer of its own from before: which says nothing of this one.
    @ParameterizedTest
    @ValueSource(strings = {"fake at once", "fake with tasks"})
    void whatSoonLeavesASharedLoadBalancerLeavesNothingThere(String cloud) {
        for (int tenths = 40; tenths <= 60; tenths++) {
            // Given
            Stage stage = new Stage(cloud).withPods(1, 3);
            stage.cluster.put(other(stage));
            stage.settle();
            stage.withService(2, Map.of(GROUP, "public"));
            stage.world.runFor(Duration.ofMillis(100L * tenths));

            // When
            stage.cluster.delete(Stage.SHOP);
            stage.settle();

            // Then
            assertThat(stage.cluster.service(Stage.SHOP)).isEmpty();
            assertThat(stage.cloud.listeners())
                    .as("deleted after " + tenths + " tenths")
                    .containsExactly(90);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fake at once", "fake with tasks"})
    void aMemberOfASharedLoadBalancerIsLetGoAloneAndTheOtherServesOn(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 3);
        stage.cluster.put(other(stage));
        stage.withService(2, Map.of(GROUP, "public")).settle();
        assertThat(stage.cloud.listeners()).containsExactly(80, 81, 90);

        // When
        stage.cluster.delete(Stage.SHOP);
        stage.settle();

        // Then
        assertThat(stage.cluster.service(Stage.SHOP))
                .as("the Service that goes")
                .isEmpty();
        assertThat(stage.cluster.held(OTHER)).isTrue();
        assertThat(stage.cloud.balancers()).hasSize(1);
        assertThat(stage.cloud.listeners()).containsExactly(90);
        assertThat(stage.cloud.members()).containsExactly("90/10.0.3.1:90", "90/10.0.3.2:90", "90/10.0.3.3:90");

        // When
        stage.cluster.delete(OTHER);
        stage.settle();

        // Then
        assertThat(stage.cluster.service(OTHER)).isEmpty();
        assertThat(stage.cloud.balancers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fake at once", "fake with tasks"})
    void whatMovesToASharedLoadBalancerLosesItsOwnAndKeepsItsFinalizer(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 3).withService(2).settle();

        // When
        stage.withService(2, Map.of(GROUP, "public")).settle();

        // Then
        assertThat(stage.cloud.balancers()).hasSize(1);
        assertThat(stage.cloud.everMade()).isEqualTo(2);
        stage.hasMembers(2, 1, 2, 3);
        assertThat(stage.cluster.held(Stage.SHOP)).isTrue();
        assertThat(stage.condition("Ready")).startsWith("True");

        // When
        stage.cluster.delete(Stage.SHOP);
        stage.settle();

        // Then
        stage.isGone();
    }

    private static void goesOnWithoutUs(Stage stage) {
        assertThat(stage.cloud.balancers()).isEmpty();
        ServiceView service = stage.service();
        assertThat(service.metadata().finalizers()).isEmpty();
        assertThat(service.metadata().annotations())
                .doesNotContainKeys(CoreAnnotations.INTENT, "service.kubernetes.io/loadbalance-id");
        assertThat(service.addresses()).isEmpty();
        assertThat(service.conditions()).isEmpty();
    }

    private static ServiceView like(ServiceView old, String type, Optional<String> loadBalancerClass) {
        return new ServiceView(
                old.metadata(),
                type,
                loadBalancerClass,
                old.selector(),
                old.ports(),
                old.traffic(),
                old.ipFamilies(),
                old.addresses(),
                old.conditions());
    }

    /// An older Service of the same Pods, at port 90, in the same group.
    private static ServiceView other(Stage stage) {
        ServiceView shop = Samples.service(stage.cloud.name(), 11, Map.of(GROUP, "public"));
        Metadata old = shop.metadata();
        SortedMap<String, String> annotations = new TreeMap<>(old.annotations());
        Metadata metadata = new Metadata(
                OTHER,
                "07e40000-0000-4000-8000-000000000001",
                "1",
                1,
                old.created().minusSeconds(60),
                false,
                old.labels(),
                annotations,
                List.of());
        return new ServiceView(
                metadata,
                shop.type(),
                shop.loadBalancerClass(),
                shop.selector(),
                List.of(shop.ports().getLast()),
                shop.traffic(),
                shop.ipFamilies(),
                List.of(),
                List.of());
    }
}
