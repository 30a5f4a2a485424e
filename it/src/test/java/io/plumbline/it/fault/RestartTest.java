package io.plumbline.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.it.virtual.Samples;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A new process in a cluster of many Services: it changes nothing, and acts at once where something has changed, long
/// before it has read what is unchanged. Under the rates that the clouds document, half of which is ours.
class RestartTest {
    private static final int SERVICES = 200;
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    /// Until everything is read again under the slowest cloud's rates.
    private static final Duration ALL_READ = Duration.ofMinutes(10);

    static List<String> clouds() {
        return FaultyCloud.all();
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void twoHundredUnchangedServicesCostNoWriteAndHoldUpNoChange(String cloud) {
        // Given
        Stage stage = new Stage(cloud).withServices(SERVICES);
        assertThat(stage.cloud.members()).hasSize(SERVICES);
        int writes = stage.cloud.writes();
        int toCluster = stage.cluster.faults().writes();

        // When
        stage.cluster.put(Samples.soleMember(17, 2));
        stage.world.restart();
        int calls = stage.calls();

        // Then
        acts(stage, "on what has changed while nobody looked");
        assertThat(stage.calls() - calls).as("calls until then").isLessThanOrEqualTo(2 * readingOfOne(cloud));

        // When
        stage.world.runFor(Duration.ofSeconds(1));
        stage.cluster.put(Samples.soleMember(137, 2));

        // Then
        acts(stage, "on what changes while everything is read");

        // When
        stage.world.runFor(ALL_READ);

        // Then
        assertThat(stage.cloud.writes() - writes)
                .as(stage.cloud.writesTried().toString())
                .isEqualTo(2 * stage.cloud.writesForAMemberOf(1));
        assertThat(stage.cluster.faults().writes()).isEqualTo(toCluster);
        assertThat(stage.cloud.members()).hasSize(SERVICES + 2);
    }

    private static void acts(Stage stage, String when) {
        int writes = stage.cloud.writes();
        assertThat(stage.world.runUntil(() -> stage.cloud.writes() > writes, AT_ONCE))
                .as(when)
                .isTrue();
    }

    /// Calls that it takes to read one load balancer.
    private static int readingOfOne(String cloud) {
        Stage one = new Stage(cloud).withServices(1);
        one.world.restart();
        int calls = one.calls();
        one.world.runFor(AT_ONCE);
        return one.calls() - calls;
    }
}
