package io.plumbline.controller.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.controller.loop.Existence.Verdict;
import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExistenceTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Capabilities.Timing TIMING = new Capabilities.Timing(
            Duration.ofMinutes(1), Duration.ofSeconds(2), Duration.ofSeconds(5), 2, Duration.ZERO);

    private final Existence existence = new Existence();

    @Test
    void whatWasNeverBegunIsAbsentAtTheFirstLook() {
        assertThat(existence.missed(false, TIMING, T0)).isEqualTo(new Verdict.Absent());
    }

    @Test
    void whatHasExistedIsAbsentAtTheSecondLookFiveSecondsLater() {
        assertThat(existence.missed(true, TIMING, T0)).isEqualTo(new Verdict.Unsure(T0.plusSeconds(5)));
        assertThat(existence.missed(true, TIMING, T0.plusSeconds(4))).isInstanceOf(Verdict.Unsure.class);
        assertThat(existence.missed(true, TIMING, T0.plusSeconds(5))).isEqualTo(new Verdict.Absent());
    }

    @Test
    void aLookBetweenWhichItWasSeenDoesNotCount() {
        existence.missed(true, TIMING, T0);
        existence.found();

        assertThat(existence.missed(true, TIMING, T0.plusSeconds(9))).isInstanceOf(Verdict.Unsure.class);
    }

    @Test
    void afterATriedCreationLooksCountOnlyOnceItsTimeIsOver() {
        existence.trying(T0);

        assertThat(existence.missed(true, TIMING, T0.plusSeconds(20)))
                .isEqualTo(new Verdict.Unsure(T0.plusSeconds(60)));
        assertThat(existence.missed(true, TIMING, T0.plusSeconds(60)))
                .isEqualTo(new Verdict.Unsure(T0.plusSeconds(65)));
        assertThat(existence.missed(true, TIMING, T0.plusSeconds(65))).isEqualTo(new Verdict.Absent());
    }

    @Test
    void aLostReplyIsFollowedByTheSameAttempt() {
        existence.recall(1, false, T0);
        existence.trying(T0);
        existence.answered(new Outcome.Retry(Duration.ZERO, Outcome.Why.UNREACHABLE, "lost"));

        assertThat(existence.mayRepeat()).isTrue();
        assertThat(existence.attempt()).isEqualTo(1);
    }

    @Test
    void aSpentAttemptIsFollowedByAnotherOnceItIsSureThatNothingCameOfIt() {
        existence.recall(1, false, T0);
        existence.trying(T0);
        existence.answered(new Outcome.Done());
        assertThat(existence.mayRepeat()).isFalse();

        existence.missed(true, TIMING, T0.plusSeconds(60));
        existence.missed(true, TIMING, T0.plusSeconds(65));

        assertThat(existence.attempt()).isEqualTo(2);
    }

    @Test
    void whatAnEarlierProcessHadBegunIsTriedAgainAsItWas() {
        existence.recall(3, true, T0);

        assertThat(existence.attempt()).isEqualTo(3);
        assertThat(existence.mayRepeat()).isTrue();
        assertThat(existence.missed(true, TIMING, T0)).isInstanceOf(Verdict.Unsure.class);
    }

    @Test
    void whatWasSeenIsNoCreationUnderWayThoughTheObjectSaysSoStill() {
        existence.found();
        existence.recall(1, true, T0);

        assertThat(existence.missed(true, TIMING, T0)).isEqualTo(new Verdict.Unsure(T0.plusSeconds(5)));
    }

    @Test
    void whatAnEarlierProcessHadBegunIsWaitedForOnce() {
        existence.recall(1, true, T0);
        existence.missed(true, TIMING, T0.plusSeconds(60));
        existence.missed(true, TIMING, T0.plusSeconds(65));

        existence.recall(1, true, T0.plusSeconds(66));

        assertThat(existence.missed(true, TIMING, T0.plusSeconds(66))).isEqualTo(new Verdict.Absent());
    }
}
