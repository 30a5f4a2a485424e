package io.plumbline.controller.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.CallGate.Permission;
import io.plumbline.spi.CallGate.Sort;
import io.plumbline.spi.Capabilities.Rate;
import io.plumbline.spi.Provider;
import io.plumbline.spi.Scope;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private int count;
    private final AtomicLong nanos = new AtomicLong();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Budget budget = new Budget(List.of(Rate.each(".*", 20, 20)), 0.5, nanos::get, meters);

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
        Budget slow = new Budget(List.of(Rate.each(".*", 0.5, 1)), 1, nanos::get, meters);

        assertThat(slow.ask("Create", Sort.CREATE)).isInstanceOf(Permission.Go.class);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(slow.ask("Create", Sort.CREATE)).isInstanceOf(Permission.NotNow.class);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(slow.ask("Create", Sort.CREATE)).isInstanceOf(Permission.Go.class);
    }

    @Test
    void whatTheCloudCountsTogetherIsCountedTogether() {
        Budget shared = new Budget(
                List.of(Rate.together("Describe.*", 10, 20), Rate.each(".*", 10, 10)), 1, nanos::get, meters);

        long sent = 0;
        for (int i = 0; i < 30; i++) {
            sent += shared.ask("Describe" + i, Sort.READ) instanceof Permission.Go ? 1 : 0;
        }

        assertThat(sent).isEqualTo(20);
        assertThat(shared.ask("Create", Sort.CREATE)).isInstanceOf(Permission.Go.class);
    }

    @Test
    void whatWasNotUsedIsThereAtOnceLater() {
        Budget saving = new Budget(List.of(Rate.each(".*", 1, 30)), 1, nanos::get, meters);
        for (int i = 0; i < 30; i++) {
            saving.ask("Create", Sort.CREATE);
        }
        assertThat(saving.ask("Create", Sort.CREATE)).isInstanceOf(Permission.NotNow.class);

        nanos.addAndGet(Duration.ofSeconds(12).toNanos());

        assertThat(IntStream.range(0, 20)
                        .filter(any -> saving.ask("Create", Sort.CREATE) instanceof Permission.Go)
                        .count())
                .isEqualTo(12);
    }

    @Test
    void whoOnlyVerifiesLeavesHalfForThoseWhoWillAct() {
        assertThat(sent("Describe", Sort.VERIFY, 50)).isEqualTo(5);

        assertThat(sent("Describe", Sort.READ, 50)).isEqualTo(5);
    }

    @Test
    void aReadingThatHasBegunGoesOn() {
        CallGate first = reading(Sort.READ);
        CallGate second = reading(Sort.READ);

        assertThat(callsOf(first, 40)).isEqualTo(40);
        assertThat(callsOf(second, 1)).isZero();

        nanos.addAndGet(Duration.ofSeconds(5).toNanos());

        assertThat(callsOf(second, 40)).isEqualTo(40);
    }

    @Test
    void readingsThatBeginTogetherTakeNoMoreThanThereIs() {
        learned(4);

        List<CallGate> readings =
                Stream.generate(() -> reading(Sort.READ)).limit(20).toList();
        long begun =
                readings.stream().filter(reading -> callsOf(reading, 4) == 4).count();

        assertThat(begun).isBetween(1L, 3L);
    }

    @Test
    void aReadingThatNobodyWaitsForLeavesRoomForOneThatIsWaitedFor() {
        learned(4);

        List<CallGate> verifying =
                Stream.generate(() -> reading(Sort.VERIFY)).limit(20).toList();
        verifying.forEach(reading -> callsOf(reading, 4));

        assertThat(callsOf(reading(Sort.READ), 4)).isEqualTo(4);
    }

    @Test
    void whoAsksOftenHasOnePlaceOnly() {
        learned(4);
        Stream.generate(() -> reading(Sort.READ)).limit(3).forEach(reading -> callsOf(reading, 4));

        Duration patient = askedToWait(1);
        Duration impatient = askedToWait(20);

        assertThat(impatient).isEqualTo(patient);
    }

    private Duration askedToWait(int times) {
        Provider.ReadRequest one = request("one", Sort.READ);
        Permission last = Permission.GO;
        for (int time = 0; time < times; time++) {
            last = budget.reading(one).ask("Describe", Sort.READ);
        }
        return ((Permission.NotNow) last).retry().after();
    }

    private CallGate reading(Sort urgency) {
        return budget.reading(request("lb-" + count++, urgency));
    }

    private static Provider.ReadRequest request(String id, Sort urgency) {
        Mark mark = new Mark("cluster", ObjectKey.service("web", "shop"), "uid");
        return new Provider.ReadRequest(
                new LoadBalancerKey.Existing("fake", "here", id),
                new Scope.Whole(),
                mark,
                List.of(mark),
                Ids.none(),
                Ids.none(),
                urgency,
                false);
    }

    private void learned(int calls) {
        for (int reading = 0; reading < 100; reading++) {
            nanos.addAndGet(Duration.ofSeconds(10).toNanos());
            callsOf(reading(Sort.READ), calls);
        }
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    }

    private static long callsOf(CallGate reading, int calls) {
        return IntStream.range(0, calls)
                .filter(any -> reading.ask("Describe", Sort.READ) instanceof Permission.Go)
                .count();
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
