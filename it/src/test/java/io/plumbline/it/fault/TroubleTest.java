package io.plumbline.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.controller.snapshot.ClusterObjects;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What goes wrong in clouds and clusters, one kind at a time, on virtual time.
class TroubleTest {
    static List<String> clouds() {
        return FaultyCloud.all();
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void throttledWritesAreTriedAgainUntilTheyPass(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 3);
        stage.cloud.throttleWrites(5);

        // When
        stage.withService(2).settle();

        // Then
        stage.serves(2, 1, 2, 3);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aBusyLoadBalancerIsLeftInPeaceForAWhile(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 3).withService(2).settle();
        int before = stage.cloud.writesTried().size();
        stage.cloud.busy(4);

        // When
        stage.withPods(4, 4);
        stage.world.runFor(Duration.ofMinutes(1));

        // Then
        stage.serves(2, 1, 2, 3, 4);
        int needed = stage.cloud.writesForAMemberOf(2);
        assertThat(stage.cloud.writesTried().size() - before)
                .as("4 refused, those needed, and what is refused between them")
                .isBetween(4 + needed, 4 + needed + needed - 1);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aFailedTaskOfTheCreationIsFollowedByAnotherAttempt(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 3);
        stage.cloud.failTask();

        // When
        stage.withService(2).settle();

        // Then
        assertThat(stage.cloud.balancers()).hasSize(1);
        stage.hasMembers(2, 1, 2, 3);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aFailedTaskOfAListenerIsTriedAgain(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 3).withService(1).settle();
        stage.cloud.failTask();

        // When
        stage.withService(2).settle();

        // Then
        stage.serves(2, 1, 2, 3);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void ofABatchThatWasDoneInPartTheRestIsDone(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 3);
        stage.cloud.registerPartly();

        // When
        stage.withService(2).settle();

        // Then
        stage.serves(2, 1, 2, 3);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void refusedCredentialsFreezeEverythingAndItGoesOnByItself(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 3).withService(2).settle();
        int tried = stage.cloud.writesTried().size();
        stage.cloud.refuseCredentials(true);

        // When
        stage.withPods(4, 4);
        stage.world.runFor(Duration.ofMinutes(1));

        // Then
        assertThat(stage.cloud.writesTried().size() - tried).isLessThanOrEqualTo(1);
        stage.hasMembers(2, 1, 2, 3);
        assertThat(stage.condition("Ready")).startsWith("False");

        // When
        stage.cloud.refuseCredentials(false);
        stage.world.runFor(Duration.ofMinutes(1));

        // Then
        stage.serves(2, 1, 2, 3, 4);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aServiceThatIsDeletedWhileCredentialsAreRefusedIsKept(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 3).withService(2).settle();
        stage.cloud.refuseCredentials(true);

        // When
        stage.cluster.delete(Stage.SHOP);
        stage.settle();

        // Then
        assertThat(stage.cluster.held(Stage.SHOP)).isTrue();

        // When
        stage.cloud.refuseCredentials(false);
        stage.settle();

        // Then
        stage.isGone();
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aLoadBalancerDeletedByHandIsMadeAgain(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 3).withService(2).settle();

        // When
        stage.cloud.deleteByHand();
        stage.settle();

        // Then
        assertThat(stage.cloud.balancers()).hasSize(1);
        assertThat(stage.cloud.everMade()).isEqualTo(2);
        stage.hasMembers(2, 1, 2, 3);
        assertThat(stage.condition("Ready")).startsWith("True");
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void oneDeletedByHandIsMadeAgainByAnotherProcessToo(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 3).withService(2).settle();

        // When
        stage.cloud.deleteByHand();
        stage.world.restart();
        stage.settle();

        // Then
        assertThat(stage.cloud.balancers()).hasSize(1);
        stage.hasMembers(2, 1, 2, 3);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aStrangersListenerIsLeftAloneAndKeepsTheLoadBalancer(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 3).withService(2).settle();
        stage.cloud.makeStrangersListener(8443);

        // When
        stage.settle();

        // Then
        assertThat(stage.cloud.listeners()).containsExactly(80, 81, 8443);

        // When
        stage.cluster.delete(Stage.SHOP);
        stage.settle();

        // Then
        assertThat(stage.cloud.balancers()).hasSize(1);
        assertThat(stage.cloud.listeners()).containsExactly(8443);
        assertThat(stage.cluster.service(Stage.SHOP)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aStrangersListenerOnOurPortIsToldAndAllElseGoesOn(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 3).withService(2).settle();
        stage.cloud.makeStrangersListener(82);

        // When
        stage.withService(3).settle();
        stage.withPods(4, 4);
        stage.endPod(1);
        stage.settle();

        // Then
        assertThat(stage.cloud.listeners()).containsExactly(80, 81, 82);
        assertThat(stage.cloud.members())
                .containsExactlyInAnyOrder(
                        "80/10.0.3.2:80",
                        "80/10.0.3.3:80",
                        "80/10.0.3.4:80",
                        "81/10.0.3.2:81",
                        "81/10.0.3.3:81",
                        "81/10.0.3.4:81");
        assertThat(stage.condition("Ready")).startsWith("False ");
        assertThat(stage.cluster.events())
                .anySatisfy(event -> assertThat(event.message())
                        .contains("port tcp/82 is already taken by a listener that is not ours; use another"));
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void cachesThatShowNoPodsRemoveNobody(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 3).withService(2).settle();
        int writes = stage.cloud.writes();

        // When
        stage.cluster.lens(all -> new ClusterObjects(
                all.servicesByKey(),
                new TreeMap<>(),
                new TreeMap<>(),
                all.nodesByKey(),
                all.customByKey(),
                all.kindsKnown()));
        stage.settle();

        // Then
        assertThat(stage.cloud.writes()).isEqualTo(writes);
        stage.hasMembers(2, 1, 2, 3);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void cachesThatShowThePastRemoveNobody(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 2).withService(2).settle();
        ClusterObjects past = stage.cluster.objects();
        stage.withPods(3, 4).settle();
        int writes = stage.cloud.writes();

        // When
        stage.cluster.lens(all -> past);
        stage.settle();

        // Then
        assertThat(stage.cloud.writes()).isEqualTo(writes);
        stage.hasMembers(2, 1, 2, 3, 4);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aNewProcessWithCachesThatShowNoPodsRemovesNobody(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 3).withService(2).settle();
        stage.cluster.lens(all -> new ClusterObjects(
                all.servicesByKey(),
                new TreeMap<>(),
                new TreeMap<>(),
                all.nodesByKey(),
                all.customByKey(),
                all.kindsKnown()));

        // When
        stage.world.restart();
        stage.settle();

        // Then
        stage.hasMembers(2, 1, 2, 3);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aScaleToZeroThatIsTrueIsFollowed(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 2).withService(1).settle();

        // When
        stage.endPod(1);
        stage.endPod(2);
        stage.settle();

        // Then
        assertThat(stage.cloud.members()).isEmpty();
        assertThat(stage.cloud.listeners()).containsExactly(80);
        assertThat(stage.cluster.held(Stage.SHOP)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aServiceOfTheSameNameMadeLaterGetsItsOwnLoadBalancer(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 2).withService(1).settle();
        stage.cluster.delete(Stage.SHOP);
        stage.settle();

        // When
        stage.withService(1).settle();

        // Then
        assertThat(stage.cloud.balancers()).hasSize(1);
        stage.hasMembers(1, 1, 2);
        assertThat(stage.cluster.objects().pod(ObjectKey.pod("web", "shop-1"))).isPresent();
    }
}
