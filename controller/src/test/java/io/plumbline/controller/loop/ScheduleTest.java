package io.plumbline.controller.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.controller.loop.Schedule.Job;
import io.plumbline.controller.loop.Schedule.Urgency;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private final Schedule<String> schedule = new Schedule<>(() -> 0.5);

    @Test
    void theFirstEventIsDueAtOnce() {
        schedule.wake("a", Urgency.NORMAL, T0);

        assertThat(schedule.take(T0)).contains(new Job<>("a", Optional.of(T0)));
        assertThat(schedule.take(T0)).isEmpty();
    }

    @Test
    void laterEventsAreCollectedForAMoment() {
        visit("a", new Visit.Again(Duration.ofMinutes(10)));

        schedule.wake("a", Urgency.NORMAL, T0.plusMillis(20));
        schedule.wake("a", Urgency.NORMAL, T0.plusMillis(90));

        assertThat(schedule.take(T0.plusMillis(199))).isEmpty();
        assertThat(schedule.take(T0.plusMillis(200))).contains(new Job<>("a", Optional.of(T0.plusMillis(20))));
    }

    @Test
    void whatMustLeaveServiceIsCollectedWithNothing() {
        visit("a", new Visit.Again(Duration.ofMinutes(10)));

        schedule.wake("a", Urgency.URGENT, T0.plusMillis(20));

        assertThat(schedule.take(T0.plusMillis(20))).isPresent();
    }

    @Test
    void aKeyIsNeverHandedOutTwiceAtATime() {
        schedule.wake("a", Urgency.NORMAL, T0);
        schedule.take(T0);

        schedule.wake("a", Urgency.URGENT, T0.plusMillis(1));

        assertThat(schedule.take(T0.plusSeconds(60))).isEmpty();
        assertThat(schedule.running()).isEqualTo(1);
    }

    @Test
    void anEventDuringTheWorkIsNotLost() {
        schedule.wake("a", Urgency.NORMAL, T0);
        schedule.take(T0);
        schedule.wake("a", Urgency.URGENT, T0.plusMillis(1));

        schedule.finished("a", new Visit.Finished(), T0.plusMillis(5));

        assertThat(schedule.take(T0.plusMillis(5))).isPresent();
    }

    @Test
    void failuresInARowWaitTwiceAsLongEachTime() {
        visit("a", new Visit.Failed(Duration.ZERO, "no"));
        assertThat(schedule.nextDue()).contains(T0.plusMillis(200));

        schedule.take(T0.plusMillis(200));
        schedule.finished("a", new Visit.Failed(Duration.ZERO, "no"), T0.plusMillis(200));

        assertThat(schedule.nextDue()).contains(T0.plusMillis(600));
    }

    @Test
    void successEndsTheRowOfFailures() {
        visit("a", new Visit.Failed(Duration.ZERO, "no"));
        schedule.take(T0.plusSeconds(1));
        schedule.finished("a", new Visit.Again(Duration.ZERO), T0.plusSeconds(1));
        schedule.take(T0.plusSeconds(1));

        schedule.finished("a", new Visit.Failed(Duration.ZERO, "no"), T0.plusSeconds(1));

        assertThat(schedule.nextDue()).contains(T0.plusMillis(1200));
    }

    @Test
    void eventsDoNotCutShortWhatTheOtherSideAskedFor() {
        visit("a", new Visit.Failed(Duration.ofSeconds(8), "busy"));

        schedule.wake("a", Urgency.NORMAL, T0.plusSeconds(1));

        assertThat(schedule.nextDue()).contains(T0.plusSeconds(8));
    }

    @Test
    void aFinishedKeyIsForgotten() {
        visit("a", new Visit.Finished());

        assertThat(schedule.nextDue()).isEmpty();
        assertThat(schedule.waiting(T0.plusSeconds(60))).isZero();
    }

    @Test
    void waitsAreBoundedAndJittered() {
        assertThat(Backoff.after(30, Duration.ZERO, 0.5)).isEqualTo(Backoff.LONGEST);
        assertThat(Backoff.after(1, Duration.ZERO, 0)).isEqualTo(Duration.ofMillis(160));
        assertThat(Backoff.after(1, Duration.ZERO, 1)).isEqualTo(Duration.ofMillis(240));
        assertThat(Backoff.after(1, Duration.ofSeconds(3), 0.5)).isEqualTo(Duration.ofSeconds(3));
    }

    private void visit(String key, Visit visit) {
        schedule.wake(key, Urgency.NORMAL, T0);
        schedule.take(T0);
        schedule.finished(key, visit, T0);
    }
}
