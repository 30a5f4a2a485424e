package io.plumbline.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.it.clouds.ChangeLog;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PoolHistoryTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private final ChangeLog log = new ChangeLog();

    @Test
    void whatWasInForceAtTheBeginningCounts() {
        serving(-2, "a", "b", "c");
        serving(-1, "a");
        serving(1, "a", "b");

        assertThat(PoolHistory.since(BEGIN, log, "pool").states()).containsExactly(List.of("a"), List.of("a", "b"));
        assertThat(PoolHistory.since(BEGIN, log, "pool").fewest()).isEqualTo(1);
    }

    @Test
    void aMomentOfTooFewIsSeen() {
        serving(-1, "a", "b", "c");
        serving(1, "b", "c");
        serving(2, "b", "c", "d");
        serving(3, "a", "b", "c");

        assertThat(PoolHistory.since(BEGIN, log, "pool").fewest()).isEqualTo(2);
        assertThat(PoolHistory.since(BEGIN, log, "pool").everMissing()).containsExactly("a");
    }

    @Test
    void aPoolThatNeverServedHadNobody() {
        assertThat(PoolHistory.since(BEGIN, log, "pool").fewest()).isZero();
    }

    private void serving(int second, String... healthy) {
        log.add(new ChangeLog.Serving(BEGIN.plusSeconds(second), "pool", healthy.length, List.of(healthy)));
    }
}
