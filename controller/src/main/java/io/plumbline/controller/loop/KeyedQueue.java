package io.plumbline.controller.loop;

import io.plumbline.controller.loop.Schedule.Job;
import io.plumbline.controller.loop.Schedule.Urgency;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a [Schedule]: one worker at a time for each key, several keys at once, on virtual threads.
public final class KeyedQueue<K extends Comparable<? super K>> {
    private static final Logger LOG = LoggerFactory.getLogger(KeyedQueue.class);
    private static final Duration LONGEST_NAP = Duration.ofSeconds(1);

    private final Schedule<K> schedule = new Schedule<>(Math::random);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final InstantSource clock;
    private final Function<Job<K>, Visit> work;
    private final int workers;
    private boolean stopped = true;
    private int busy;

    /// @param workers keys that are worked on at the same time
    public KeyedQueue(InstantSource clock, int workers, Function<Job<K>, Visit> work) {
        this.clock = clock;
        this.workers = workers;
        this.work = work;
    }

    /// Something of this key has changed. Keys are collected also while the queue stands still.
    public void wake(K key, Urgency urgency) {
        schedule.wake(key, urgency, clock.instant());
        signal();
    }

    /// These are to be visited in this order, though nothing of them has changed that anybody knows of.
    public void appoint(List<K> keys) {
        Instant now = clock.instant();
        for (int index = 0; index < keys.size(); index++) {
            schedule.appoint(keys.get(index), now.plusNanos(index));
        }
        signal();
    }

    /// Begins to work.
    public void start() {
        lock.lock();
        try {
            if (!stopped) {
                return;
            }
            stopped = false;
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("queue").start(this::dispatch);
    }

    /// Hands out no more keys, and waits for those that are being worked on.
    ///
    /// @return whether all have ended in time
    public boolean stop(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
            while (busy > 0 && deadline - System.nanoTime() > 0) {
                changed.awaitNanos(deadline - System.nanoTime());
            }
            return busy == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /// Keys that are due and wait for a worker.
    public int depth() {
        return schedule.waiting(clock.instant());
    }

    private void dispatch() {
        lock.lock();
        try {
            while (!stopped) {
                Optional<Job<K>> next = busy < workers ? schedule.take(clock.instant()) : Optional.empty();
                if (next.isPresent()) {
                    busy++;
                    Job<K> job = next.get();
                    Thread.ofVirtual().name("reconcile").start(() -> run(job));
                } else {
                    changed.await(napNanos(), TimeUnit.NANOSECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private long napNanos() {
        Duration untilDue = schedule.nextDue()
                .map(at -> Duration.between(clock.instant(), at))
                .filter(wait -> busy < workers && wait.compareTo(LONGEST_NAP) < 0)
                .orElse(LONGEST_NAP);
        return Math.max(untilDue.toNanos(), TimeUnit.MILLISECONDS.toNanos(1));
    }

    private void run(Job<K> job) {
        Visit visit = new Visit.Failed(Duration.ZERO, "the work broke off");
        try {
            visit = work.apply(job);
        } catch (RuntimeException e) {
            LOG.error("{}: a bug; trying again from scratch", job.key(), e);
        } finally {
            schedule.finished(job.key(), visit, clock.instant());
            lock.lock();
            try {
                busy--;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
