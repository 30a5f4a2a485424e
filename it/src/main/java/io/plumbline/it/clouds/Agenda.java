package io.plumbline.it.clouds;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.PriorityQueue;

/// What a simulated cloud has to do later, done in the order of its times. Not thread-safe: the cloud's lock
/// guards it.
///
/// While something is being done, `now` is the time at which it was due, so that a leap of the clock changes no
/// order and no interval.
public final class Agenda {
    private final SimulationClock clock;
    private final PriorityQueue<Due> dues = new PriorityQueue<>();
    private Optional<Instant> doing = Optional.empty();
    private Instant latest = Instant.MIN;
    private long added;

    private record Due(Instant at, long order, Runnable work) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /// An empty agenda.
    public Agenda(SimulationClock clock) {
        this.clock = clock;
    }

    /// The time; it never goes back.
    public Instant now() {
        Instant present = doing.orElseGet(clock::instant);
        latest = present.isAfter(latest) ? present : latest;
        return latest;
    }

    /// Does the work once the delay has passed.
    public void after(Duration delay, Runnable work) {
        added++;
        dues.add(new Due(now().plus(delay), added, work));
    }

    /// Does everything that is due.
    public void run() {
        Instant until = clock.instant();
        try {
            for (Due next = dues.peek(); next != null && !next.at().isAfter(until); next = dues.peek()) {
                dues.remove();
                doing = Optional.of(next.at());
                next.work().run();
            }
        } finally {
            doing = Optional.empty();
        }
    }
}
