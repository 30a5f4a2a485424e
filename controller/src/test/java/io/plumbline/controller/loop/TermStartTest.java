package io.plumbline.controller.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TermStartTest {
    private final AtomicBoolean held = new AtomicBoolean();
    private final CountDownLatch looks = new CountDownLatch(3);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final AtomicInteger beginnings = new AtomicInteger();

    private final TermStart start = new TermStart(
            () -> {
                looks.countDown();
                return held.get();
            },
            () -> {
                beginnings.incrementAndGet();
                begun.countDown();
            });

    @Test
    void aRenewalThatComesLateDelaysTheBeginningAndDoesNotPreventIt() throws InterruptedException {
        start.won();
        assertThat(looks.await(1, TimeUnit.MINUTES)).isTrue();
        held.set(true);

        assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void whoHasLostTheLeaseBeginsNothing() throws InterruptedException {
        start.won();
        assertThat(looks.await(1, TimeUnit.MINUTES)).isTrue();
        start.lost();
        held.set(true);

        assertThat(beginnings).hasValue(0);
    }

    @Test
    void whoWinsAgainBeginsAgain() throws InterruptedException {
        start.won();
        start.lost();
        held.set(true);
        start.won();

        assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void whatIsClosedBeginsNoMore() {
        held.set(true);
        start.close();
        start.won();
        start.lost();

        assertThat(beginnings).hasValue(0);
    }
}
