package io.plumbline.controller.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.controller.loop.Schedule.Urgency;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeyedQueueTest {
    private static final int PATIENCE_SECONDS = 30;

    @Test
    void keysAreWorkedOnAtTheSameTimeButEachByOneOnly() throws Exception {
        // Given
        ConcurrentHashMap<String, AtomicInteger> inside = new ConcurrentHashMap<>();
        AtomicInteger tooMany = new AtomicInteger();
        CountDownLatch both = new CountDownLatch(2);
        Semaphore go = new Semaphore(0);
        KeyedQueue<String> queue = new KeyedQueue<>(InstantSource.system(), 4, job -> {
            AtomicInteger here = inside.computeIfAbsent(job.key(), key -> new AtomicInteger());
            tooMany.addAndGet(here.incrementAndGet() - 1);
            both.countDown();
            go.acquireUninterruptibly();
            here.decrementAndGet();
            return new Visit.Finished();
        });
        queue.wake("a", Urgency.URGENT);
        queue.wake("b", Urgency.URGENT);

        // When
        queue.start();
        assertThat(both.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        queue.wake("a", Urgency.URGENT);
        go.release(10);

        // Then
        assertThat(queue.stop(Duration.ofSeconds(PATIENCE_SECONDS))).isTrue();
        assertThat(tooMany).hasValue(0);
    }

    @Test
    void aBugIsTriedAgainFromScratch() throws Exception {
        // Given
        AtomicInteger visits = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(1);
        KeyedQueue<String> queue = new KeyedQueue<>(InstantSource.system(), 1, job -> {
            if (visits.incrementAndGet() == 1) {
                throw new IllegalStateException("a bug");
            }
            done.countDown();
            return new Visit.Finished();
        });

        // When
        queue.wake("a", Urgency.NORMAL);
        queue.start();

        // Then
        assertThat(done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(queue.stop(Duration.ofSeconds(PATIENCE_SECONDS))).isTrue();
    }

    @Test
    void aStoppedQueueKeepsWhatItIsToldForLater() throws Exception {
        // Given
        CountDownLatch done = new CountDownLatch(1);
        KeyedQueue<String> queue = new KeyedQueue<>(InstantSource.system(), 1, job -> {
            done.countDown();
            return new Visit.Finished();
        });
        queue.wake("a", Urgency.NORMAL);
        assertThat(queue.depth()).isEqualTo(1);

        // When
        queue.start();

        // Then
        assertThat(done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(queue.stop(Duration.ofSeconds(PATIENCE_SECONDS))).isTrue();
    }
}
