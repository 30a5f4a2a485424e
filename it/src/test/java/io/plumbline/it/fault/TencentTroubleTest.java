package io.plumbline.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// What goes wrong at Tencent Cloud in particular, on virtual time and through its own SDK.
class TencentTroubleTest {
    private final Stage stage =
            new Stage("tencent").withPods(1, 3).withService(2).settle();
    private final TencentFaultyCloud cloud = (TencentFaultyCloud) stage.cloud;

    @Test
    void whatIsDeniedHoldsBackOnlyItselfAndIsDoneOnceItIsAllowed() {
        // Given
        cloud.refuseAlways("BatchRegisterTargets", "UnauthorizedOperation");

        // When
        stage.withPods(4, 4);
        stage.endPod(1);
        stage.world.runFor(Duration.ofMinutes(1));

        // Then
        stage.hasMembers(2, 2, 3);
        assertThat(stage.condition("BackendsComplete")).isEqualTo("False Denied");
        assertThat(stage.cluster.events())
                .anySatisfy(event -> assertThat(event.message()).contains("UnauthorizedOperation"));

        // When
        cloud.relent();
        stage.settle();

        // Then
        stage.serves(2, 2, 3, 4);
    }

    @Test
    void aReadingThatIsDeniedForAMinuteIsNeverTakenAsEmpty() {
        // Given
        cloud.refuseAlways("DescribeLoadBalancers", "UnauthorizedOperation");
        cloud.refuseAlways("DescribeListeners", "UnauthorizedOperation");
        cloud.refuseAlways("DescribeTargets", "UnauthorizedOperation");
        int writes = cloud.writes();
        stage.world.restart();

        // When
        stage.world.runFor(Duration.ofMinutes(1));

        // Then
        assertThat(cloud.writes()).isEqualTo(writes);
        assertThat(stage.condition("Ready")).isEqualTo("False Denied");

        // When
        cloud.relent();
        stage.settle();

        // Then
        stage.serves(2, 1, 2, 3);
        assertThat(cloud.writes()).isEqualTo(writes);
    }

    @Test
    void absenceCountsWhenSeenTwiceFiveSecondsApart() {
        // Given
        cloud.deleteByHand();
        int mark = stage.calls();
        stage.withPods(4, 4);

        // When
        stage.world.runUntil(() -> stage.callsSince(mark).contains("DescribeLoadBalancers"), Duration.ofMinutes(1));
        Instant first = stage.clock.instant();
        stage.world.runUntil(() -> stage.callsSince(mark).contains("CreateLoadBalancer"), Duration.ofMinutes(1));

        // Then
        assertThat(stage.callsSince(mark))
                .filteredOn("DescribeLoadBalancers"::equals)
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(Duration.between(first, stage.clock.instant()))
                .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(30));
    }

    @Test
    void aStormOfRequestLimitExceededDelaysAndLosesNothing() {
        // Given
        cloud.throttleWrites(20);

        // When
        stage.withPods(4, 6);
        stage.endPod(1);
        stage.settle();

        // Then
        stage.serves(2, 2, 3, 4, 5, 6);
    }

    @Test
    void theLastThatServesLeavesAsSoonAsItsSuccessorIsHealthy() {
        // Given
        Stage alone = new Stage("tencent").withPods(1, 1).withService(1).settle();
        alone.cluster.terminate(ObjectKey.pod("web", "shop-1"));
        alone.world.runFor(Duration.ofSeconds(30));
        alone.hasMembers(1, 1);

        // When
        alone.withPods(2, 2);
        Instant start = alone.clock.instant();
        alone.world.runUntil(
                () -> alone.cloud.members().equals(new TreeSet<>(List.of("80/10.0.3.2:80"))), Duration.ofMinutes(2));

        // Then: 2 or 3 probes 5 s apart, and the time of a task
        assertThat(Duration.between(start, alone.clock.instant())).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void noSecretIsSeenAnywhereWhenTheyAreRefused() {
        // Given
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        root.setLevel(Level.TRACE);
        root.addAppender(log);
        log.start();
        List<String> said = new ArrayList<>();
        try {
            // When
            cloud.refuseCredentials(true);
            stage.withPods(4, 4);
            stage.world.runFor(Duration.ofMinutes(5));
            stage.world.restart();
            stage.world.runFor(Duration.ofMinutes(5));
            stage.service().conditions().forEach(condition -> said.add(condition.message()));
            cloud.refuseCredentials(false);
            stage.settle();
        } finally {
            root.detachAppender(log);
            root.setLevel(before);
        }

        // Then
        List.copyOf(log.list)
                .forEach(event -> said.add(event.getFormattedMessage()
                        + event.getMDCPropertyMap()
                        + event.getKeyValuePairs()
                        + trace(event)));
        stage.cluster.events().forEach(event -> said.add(event.message()));
        assertThat(said).anyMatch(line -> line.contains("AuthFailure"));
        for (String secret : cloud.secrets()) {
            assertThat(said).noneMatch(line -> line.contains(secret));
        }
        assertThat(said).noneMatch(line -> line.contains("TC3-HMAC-SHA256 Credential"));
    }

    private static String trace(ILoggingEvent event) {
        return event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
    }
}
