package io.plumbline.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.objects.CustomObject;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What everything costs, counted at the cloud: writes that were accepted, polls and questions apart.
class WriteCountTest {
    static List<String> clouds() {
        return FaultyCloud.all();
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void anIdleHourCostsNoWriteAnywhere(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 3).withService(2).settle();
        int writes = stage.cloud.writes();
        int toCluster = stage.cluster.faults().writes();

        // When
        stage.world.runFor(Duration.ofHours(1));

        // Then
        assertThat(stage.cloud.writes()).isEqualTo(writes);
        assertThat(stage.cluster.faults().writes()).isEqualTo(toCluster);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aPodThatJoinsCostsOneWriteAndNoReading(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withPods(1, 3).withService(2).settle();
        stage.world.runFor(Duration.ofSeconds(1));
        int calls = stage.calls();
        int writes = stage.cloud.writes();

        // When
        stage.withPods(4, 4);
        stage.world.runFor(Duration.ofSeconds(5));

        // Then
        assertThat(stage.cloud.writes() - writes).isEqualTo(stage.cloud.writesForAMemberOf(2));
        assertThat(stage.callsSince(calls)).noneMatch(call -> call.matches("Describe(LoadB|B|List|Targets$).*"));
        stage.hasMembers(2, 1, 2, 3, 4);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aPodThatLeavesWithGraceCostsTwoWritesAndNoReading(String cloud) {
        // Given
        Stage stage = graceful(cloud).withPods(1, 3).settle();
        int calls = stage.calls();
        int writes = stage.cloud.writes();

        // When
        stage.cluster.terminate(ObjectKey.pod("web", "shop-1"));
        stage.world.runFor(Duration.ofSeconds(5));
        stage.hasMembers(2, 2, 3);
        stage.cluster.remove(ObjectKey.pod("web", "shop-1"));
        stage.world.runFor(Duration.ofSeconds(5));

        // Then
        assertThat(stage.cloud.writes() - writes).isEqualTo(2 * stage.cloud.writesForAMemberOf(2));
        assertThat(stage.callsSince(calls)).noneMatch(call -> call.matches("Describe(LoadB|B|List|Targets$).*"));
    }

    @Test
    void onTencentAPodThatLeavesWithoutGraceCostsOneWrite() {
        // Given
        Stage stage = new Stage("tencent")
                .withPods(1, 3)
                .withService(2, Map.of("service.cloud.tencent.com/enable-grace-shutdown", "false"))
                .settle();
        int writes = stage.cloud.writes();

        // When
        stage.endPod(1);
        stage.settle();

        // Then
        assertThat(stage.cloud.writes() - writes)
                .as(stage.cloud.writesTried().toString())
                .isEqualTo(1);
        stage.hasMembers(2, 2, 3);
    }

    /// 1 + one CreateListener for each distinct setting (49 ports each) + ceil(ports x Pods / 500).
    @Test
    void onTencentCreationCostsWhatItMust() {
        // Given
        Stage stage = new Stage("tencent").withPods(1, 60);

        // When
        stage.withService(10).settle();

        // Then
        assertThat(stage.cloud.writes()).isEqualTo(4);
        assertThat(stage.cloud.writesTried()).as("none was refused").hasSize(4);
        assertThat(stage.cloud.members()).hasSize(600);
    }

    /// One call takes 50 ports at most, and one is left for the platform.
    @Test
    void onTencentFiftyPortsAreTwoCallsAndTheirMembersOneForEachFiveHundred() {
        // Given
        Stage stage = new Stage("tencent").withPods(1, 12);

        // When
        stage.withService(50).settle();

        // Then
        assertThat(stage.cloud.writes())
                .as(stage.cloud.writesTried().toString())
                .isEqualTo(5);
        assertThat(stage.cloud.writesTried()).as("none was refused").hasSize(5);
        assertThat(stage.cloud.members()).hasSize(600);
    }

    @Test
    void onTencentPortsOfTwoSettingsAreTwoCalls() {
        // Given
        Stage stage = new Stage("tencent").withPods(1, 3);
        Map<String, Object> second = Map.of("protocol", "TCP", "port", 81, "scheduler", "LEAST_CONN");
        stage.cluster.put(new CustomObject(
                new ObjectKey("TkeServiceConfig", "web", "shop-config"),
                "c0f16000-0000-4000-8000-000000000001",
                Map.of("loadBalancer", Map.of("l4Listeners", List.of(second)))));

        // When
        stage.withService(4, Map.of("service.cloud.tencent.com/tke-service-config", "shop-config"))
                .settle();

        // Then
        assertThat(stage.cloud.writesTried())
                .containsExactly("CreateLoadBalancer", "CreateListener", "CreateListener", "BatchRegisterTargets");
        stage.serves(4, 1, 2, 3);
    }

    /// While one change is a task the next waits its turn; nobody reads in between.
    @ParameterizedTest
    @ValueSource(strings = {"fake with tasks", "tencent"})
    void aPodThatReplacesAnotherCostsNoReading(String cloud) {
        // Given
        Stage stage = graceful(cloud).withPods(1, 3).settle();
        stage.world.runFor(Duration.ofSeconds(1));
        int calls = stage.calls();
        int writes = stage.cloud.writes();

        // When
        stage.withPods(4, 4).cluster.terminate(ObjectKey.pod("web", "shop-1"));
        stage.world.runFor(Duration.ofSeconds(20));

        // Then
        stage.hasMembers(2, 2, 3, 4);
        assertThat(stage.cloud.writes() - writes).isEqualTo(2);
        assertThat(stage.callsSince(calls)).noneMatch(call -> call.matches("Describe(LoadB|B|List|Targets$).*"));
    }

    /// 1 + P x (3 + ceil(max(0, N - 20) / 20)).
    @ParameterizedTest
    @CsvSource({"1, 1, 4", "2, 20, 7", "2, 45, 11"})
    void onAliyunCreationCostsWhatItMust(int ports, int pods, int writes) {
        // Given
        Stage stage = new Stage("aliyun").withPods(1, pods);

        // When
        stage.withService(ports).settle();

        // Then
        assertThat(stage.cloud.members()).hasSize(ports * pods);
        assertThat(stage.cloud.writes())
                .as(stage.cloud.writesTried().toString())
                .isEqualTo(writes);
    }

    /// 1 + 2 for each port + one for each 200 targets of a port, and the security groups: the load balancer's own with
    /// its rules, the shared one, and the rule for each port by which the targets let it in.
    @Test
    void onAwsCreationCostsWhatItMust() {
        // Given
        Stage stage = new Stage("aws").withPods(1, 60);

        // When
        stage.withService(2).settle();

        // Then
        assertThat(stage.cloud.writesTried())
                .filteredOn(action -> !action.contains("Security"))
                .containsExactlyInAnyOrder(
                        "CreateLoadBalancer",
                        "CreateTargetGroup",
                        "CreateTargetGroup",
                        "CreateListener",
                        "CreateListener",
                        "RegisterTargets",
                        "RegisterTargets");
        assertThat(stage.cloud.writesTried())
                .filteredOn(action -> action.contains("Security"))
                .containsExactlyInAnyOrder(
                        "CreateSecurityGroup",
                        "AuthorizeSecurityGroupIngress",
                        "CreateSecurityGroup",
                        "AuthorizeSecurityGroupIngress",
                        "AuthorizeSecurityGroupIngress");
        assertThat(stage.cloud.members()).hasSize(120);
    }

    @Test
    void onTencentFiftyPodsThatComeTogetherCostAFewWrites() {
        // Given
        Stage stage = new Stage("tencent").withPods(1, 3).withService(2).settle();
        int writes = stage.cloud.writes();

        // When
        stage.withPods(4, 50).settle();

        // Then
        assertThat(stage.cloud.writes() - writes).isLessThanOrEqualTo(2);
        assertThat(stage.cloud.members()).hasSize(100);
    }

    private static Stage graceful(String cloud) {
        Stage stage = new Stage(cloud);
        return stage.withService(2, stage.cloud.grace());
    }
}
