package io.plumbline.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.controller.plan.Mode;
import io.plumbline.it.virtual.Samples;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What Services and Pods go through when nothing is wrong with anything, on virtual time.
class LivesTest {
    static List<String> clouds() {
        return FaultyCloud.all();
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aDeploymentIsScaledUpAndDown(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 3).withService(1).settle();

        // When
        stage.withPods(4, 50).settle();

        // Then
        stage.serves(1, IntStream.rangeClosed(1, 50).toArray());

        // When
        for (int pod = 4; pod <= 50; pod++) {
            stage.cluster.terminate(ObjectKey.pod("web", "shop-" + pod));
        }
        stage.world.runFor(Duration.ofSeconds(10));
        for (int pod = 4; pod <= 50; pod++) {
            stage.cluster.remove(ObjectKey.pod("web", "shop-" + pod));
        }
        stage.settle();

        // Then
        stage.serves(1, 1, 2, 3);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aPodWhoseContainersFailLeavesAndComesBack(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 3).withService(1).settle();

        // When
        stage.cluster.put(containersReady(Samples.pod(2, Map.of()), false));
        stage.world.runFor(Duration.ofSeconds(30));

        // Then
        stage.hasMembers(1, 1, 3);

        // When
        stage.cluster.put(Samples.pod(2, Map.of()));
        stage.settle();

        // Then
        stage.serves(1, 1, 2, 3);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void anAddressThatAnotherPodGetsIsRegisteredAnew(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 3).withService(1).settle();
        int tried = stage.cloud.writesTried().size();

        // When
        stage.cluster.remove(ObjectKey.pod("web", "shop-1"));
        stage.cluster.put(Samples.pod("shop-next", "next", stage.cloud.address(1), Map.of()));
        stage.settle();

        // Then
        stage.serves(1, 1, 2, 3);
        List<String> writes = stage.cloud.writesTried();
        assertThat(writes.subList(tried, writes.size()))
                .anyMatch(action -> action.matches(".*(Deregister|RemoveMembers|RemoveVServerGroup).*"))
                .anyMatch(action -> action.matches(".*(Register|AddMembers|AddVServerGroup).*"));
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aServiceThatWantsNoLoadBalancerForAWhileGetsAnotherOneAtOnce(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 3).withService(1).settle();

        // When
        stage.cluster.put(ofType("ClusterIP", stage.service()));
        stage.settle();

        // Then
        assertThat(stage.cloud.balancers()).isEmpty();
        assertThat(stage.service().metadata().finalizers()).isEmpty();

        // When
        stage.world.restart();
        stage.cluster.put(ofType("LoadBalancer", stage.service()));
        stage.world.runFor(stage.cloud.anew());

        // Then
        stage.hasMembers(1, 1, 2, 3);
        assertThat(stage.cloud.everMade()).isEqualTo(2);
    }

    private static ServiceView ofType(String type, ServiceView service) {
        return new ServiceView(
                service.metadata(),
                type,
                service.loadBalancerClass(),
                service.selector(),
                service.ports(),
                service.traffic(),
                service.ipFamilies(),
                service.addresses(),
                service.conditions());
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void anObserverTouchesNothing(String cloud) {
        // Given
        Stage stage = new Stage(cloud, Mode.OBSERVE).withPods(1, 3);

        // When
        stage.withService(2).settle();
        stage.cluster.delete(Stage.SHOP);
        stage.settle();

        // Then
        assertThat(stage.cloud.writesTried()).isEmpty();
        assertThat(stage.cluster.faults().writes()).isZero();
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void upsertOnlyKeepsTheLoadBalancerOfADeletedServiceAndTheService(String cloud) {
        // Given
        Stage stage =
                new Stage(cloud, Mode.UPSERT_ONLY).withPods(1, 3).withService(2).settle();

        // When
        stage.cluster.delete(Stage.SHOP);
        stage.settle();

        // Then
        assertThat(stage.cloud.balancers()).hasSize(1);
        assertThat(stage.cluster.held(Stage.SHOP)).isTrue();
    }

    @Test
    void aServiceThatShallBeLeftAloneCostsNoCallAtAll() {
        // Given
        Stage stage = new Stage("fake at once").withPods(1, 3);

        // When
        stage.withService(2, Map.of("fake.plumbline.io/skip", "true")).settle();

        // Then
        assertThat(stage.calls()).isZero();
        assertThat(stage.service().metadata().finalizers()).isEmpty();
    }

    @Test
    void oneThatIsLeftAloneAfterwardsKeepsItsLoadBalancerEvenWhenItIsDeleted() {
        // Given
        Stage stage = new Stage("fake at once").withPods(1, 3).withService(2).settle();
        stage.withService(2, Map.of("fake.plumbline.io/skip", "true")).settle();

        // When
        stage.cluster.delete(Stage.SHOP);
        stage.settle();

        // Then
        assertThat(stage.cloud.balancers()).hasSize(1);
        assertThat(stage.cluster.service(Stage.SHOP)).isEmpty();
    }

    @Test
    void readsThatLagBehindOurWritesAreNotBelieved() {
        // Given
        Stage stage = new Stage("fake at once").withPods(1, 3);
        ((FakeFaultyCloud) stage.cloud).readsAreStale();

        // When
        stage.withService(2).settle();
        stage.withPods(4, 4).settle();

        // Then
        stage.serves(2, 1, 2, 3, 4);

        // When
        stage.cluster.delete(Stage.SHOP);
        stage.settle();

        // Then
        stage.isGone();
        assertThat(stage.cloud.everMade()).isEqualTo(1);
    }

    private static PodView containersReady(PodView pod, boolean ready) {
        return new PodView(
                pod.metadata(),
                pod.phase(),
                pod.ips(),
                pod.nodeName(),
                pod.hostNetwork(),
                ready,
                pod.readinessGates(),
                pod.namedPorts(),
                pod.resources(),
                pod.disruption());
    }
}
