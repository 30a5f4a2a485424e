package io.plumbline.controller.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.spi.CallGate.Permission;
import io.plumbline.spi.CallGate.Sort;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private final AtomicLong nanos = new AtomicLong();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Budget budget = new Budget(new Budget.Rates(20, 20).share(0.5), nanos::get, meters);

    @Test
    void atMostTheShareOfOneActionIsSentInASecond() {
        assertThat(sent("Register", Sort.REGISTER, 50)).isEqualTo(10);

        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(sent("Register", Sort.REGISTER, 50)).isEqualTo(10);
    }

    @Test
    void eachActionHasItsOwn() {
        sent("Register", Sort.REGISTER, 50);

        assertThat(sent("Deregister", Sort.DEREGISTER, 50)).isEqualTo(10);
    }

    @Test
    void whoeverIsDeferredIsToldWhenToComeAgain() {
        sent("Register", Sort.REGISTER, 10);

        Permission permission = budget.ask("Register", Sort.REGISTER);

        assertThat(permission)
                .isInstanceOfSatisfying(
                        Permission.NotNow.class,
                        later -> assertThat(later.retry().after())
                                .isPositive()
                                .isLessThanOrEqualTo(Duration.ofMillis(1001)));
    }

    @Test
    void theMoreUrgentComesFirstWhenThereIsRoomAgain() {
        // Given
        sent("Change", Sort.CREATE, 10);
        for (int urgent = 0; urgent < 10; urgent++) {
            budget.ask("Change", Sort.DEREGISTER);
        }
        budget.ask("Change", Sort.CREATE);

        // When
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        // Then
        assertThat(budget.ask("Change", Sort.CREATE)).isInstanceOf(Permission.NotNow.class);
        assertThat(sent("Change", Sort.DEREGISTER, 10)).isEqualTo(10);
    }

    @Test
    void nobodyWaitsForSomebodyWhoNeverCameBack() {
        // Given
        sent("Change", Sort.CREATE, 10);
        for (int urgent = 0; urgent < 10; urgent++) {
            budget.ask("Change", Sort.DEREGISTER);
        }

        // When
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());

        // Then
        assertThat(budget.ask("Change", Sort.CREATE)).isInstanceOf(Permission.Go.class);
    }

    @Test
    void aRateBelowOneASecondIsKeptToo() {
        Budget slow = new Budget(new Budget.Rates(0.5, 0.5), nanos::get, meters);

        assertThat(slow.ask("Create", Sort.CREATE)).isInstanceOf(Permission.Go.class);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(slow.ask("Create", Sort.CREATE)).isInstanceOf(Permission.NotNow.class);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(slow.ask("Create", Sort.CREATE)).isInstanceOf(Permission.Go.class);
    }

    @Test
    void everyAnswerIsCounted() {
        sent("Register", Sort.REGISTER, 12);

        assertThat(meters.counter("plumbline.cloud.calls", "action", "Register", "answer", "sent")
                        .count())
                .isEqualTo(10);
        assertThat(meters.counter("plumbline.cloud.calls", "action", "Register", "answer", "deferred")
                        .count())
                .isEqualTo(2);
    }

    private long sent(String action, Sort sort, int times) {
        long sent = 0;
        for (int i = 0; i < times; i++) {
            sent += budget.ask(action, sort) instanceof Permission.Go ? 1 : 0;
        }
        return sent;
    }
}
