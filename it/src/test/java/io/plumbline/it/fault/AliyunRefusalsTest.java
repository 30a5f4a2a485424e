package io.plumbline.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.objects.ServiceView.Condition;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What CLB refuses for good, or until somebody else has done something: it is told, everything else goes on, nothing
/// is asked again and again, and it is done once it can be.
class AliyunRefusalsTest {
    private static final int ROOM = 200;
    private static final int PODS = 120;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(31);
    private static final String SECOND_POOL = "tcp/81";

    private final Stage stage = new Stage("aliyun");
    private final AliyunFaultyCloud cloud = (AliyunFaultyCloud) stage.cloud;

    @Test
    void moreBackendsThanALoadBalancerHoldsAreSpreadOverItsPortsAndTold() {
        stage.withPods(1, PODS).withService(2).settle();

        assertThat(cloud.members()).hasSize(ROOM);
        assertThat(membersOf(80)).isEqualTo(ROOM / 2);
        assertThat(stage.condition("BackendsComplete")).isEqualTo("False Truncated");
        assertThat(message("BackendsComplete")).contains("200 of 240 backends").contains("raise it");
        assertThat(stage.condition("Programmed")).startsWith("True");
        rests();
    }

    @Test
    void aBackendThatGoesMakesRoomForAnother() {
        // Given
        stage.withPods(1, PODS).withService(2).settle();

        // When
        stage.endPod(1);
        stage.world.runFor(Duration.ofMinutes(1));

        // Then
        assertThat(cloud.members()).hasSize(ROOM).noneMatch(member -> member.contains("10.0.3.1:"));
        assertThat(message("BackendsComplete")).contains("200 of 238 backends");
    }

    @Test
    void whereTheCloudHasLessRoomThanItDocumentsItEndsAlike() {
        // Given
        cloud.room(30);

        // When
        stage.withPods(1, 20).withService(2).settle();

        // Then
        assertThat(cloud.members()).hasSize(30);
        assertThat(stage.condition("BackendsComplete")).isEqualTo("False Truncated");
        assertThat(message("BackendsComplete")).contains("30 of 40 backends");
        rests();

        // When
        cloud.room(40);
        stage.world.runFor(LONGEST_WAIT);

        // Then
        stage.hasMembers(2, pods(20));
        assertThat(stage.condition("Ready")).startsWith("True");
    }

    @Test
    void roomThatOurOwnBackendsLeaveIsUsedAtOnce() {
        // Given
        cloud.room(30);
        stage.withPods(1, 20).withService(2).settle();

        // When
        stage.endPod(1);
        stage.world.runFor(Duration.ofMinutes(1));

        // Then
        assertThat(cloud.members()).hasSize(30).noneMatch(member -> member.contains("10.0.3.1:"));
    }

    @Test
    void aGroupThatIsSaidToBeInUseALittleLongerGoesAllTheSame() {
        // Given
        stage.withPods(1, 2).withService(2).settle();
        cloud.refuseOnce("DeleteVServerGroup", "RspoolVipExist");

        // When
        stage.withService(1).settle();

        // Then
        stage.serves(1, 1, 2);
        assertThat(cloud.groups()).hasSize(1);
    }

    @Test
    void aGroupThatAStrangersListenerLeadsToStaysAsLongAsThat() {
        // Given
        stage.withPods(1, 2).withService(2).settle();
        cloud.makeStrangersListener(90, SECOND_POOL);

        // When
        stage.withService(1).settle();

        // Then
        assertThat(cloud.groups()).hasSize(2);
        assertThat(stage.condition("Ready")).isEqualTo("False Conflict");
        rests();

        // When
        cloud.removeListener(90);
        stage.world.runFor(LONGEST_WAIT);

        // Then
        assertThat(cloud.groups()).hasSize(1);
        assertThat(stage.condition("Ready")).startsWith("True");
    }

    @ParameterizedTest
    @CsvSource({
        "CreateLoadBalancer, VSwitchAvailableIpNotExist, QuotaExceeded",
        "CreateLoadBalancer, OverQuota, QuotaExceeded",
        "CreateLoadBalancer, InvalidParameter, Rejected",
        "CreateVServerGroup, OverQuota, QuotaExceeded",
        "CreateLoadBalancerTCPListener, InvalidParameter, Rejected",
        "StartLoadBalancerListener, Forbidden.RAM, Denied",
        "CreateVServerGroup, InvalidParameter, Rejected"
    })
    void whatIsRefusedIsToldAndDoneOnceItCanBe(String action, String code, String reason) {
        // Given
        cloud.refuseAlways(action, code);

        // When
        stage.withPods(1, 2).withService(1).settle();

        // Then
        assertThat(stage.condition("Ready")).isEqualTo("False " + reason);
        rests();

        // When
        cloud.relent();
        stage.world.runFor(LONGEST_WAIT);

        // Then
        stage.serves(1, 1, 2);
    }

    /// Its own verification, and refused things now and then.
    private void rests() {
        int calls = stage.calls();
        stage.world.runFor(Duration.ofMinutes(10));
        assertThat(stage.callsSince(calls)).as("in ten minutes of rest").hasSizeLessThan(40);
    }

    private long membersOf(int port) {
        return cloud.members().stream()
                .filter(member -> member.startsWith(port + "/"))
                .count();
    }

    private static int[] pods(int count) {
        return java.util.stream.IntStream.rangeClosed(1, count).toArray();
    }

    private String message(String type) {
        return stage.service().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .map(Condition::message)
                .findFirst()
                .orElse("");
    }
}
