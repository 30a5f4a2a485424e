package io.plumbline.controller.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.DoubleSupplier;

/// Which key is due when: each key at most once, and never while it is being worked on. It has no thread
/// and no clock.
///
/// The first event of a key makes it due at once; later ones wait until the previous visit is [#COALESCE] old, so
/// that a burst costs two visits. An urgent one (something must be taken out of service) waits for nothing.
public final class Schedule<K extends Comparable<? super K>> {
    /// How long after the start of a visit events are collected.
    public static final Duration COALESCE = Duration.ofMillis(200);

    private final Map<K, Entry> entries = new HashMap<>();
    private final TreeSet<Due<K>> due =
            new TreeSet<>(Comparator.comparing(Due<K>::at).thenComparing(Due<K>::key));
    private final DoubleSupplier chance;

    /// @param chance numbers between 0 and 1, for the jitter
    public Schedule(DoubleSupplier chance) {
        this.chance = chance;
    }

    /// How much an event hurries.
    public enum Urgency {
        /// May be collected with others.
        NORMAL,
        /// Something serves, or will be sent traffic, that must not.
        URGENT
    }

    /// Something of this key has changed.
    public synchronized void wake(K key, Urgency urgency, Instant now) {
        Entry entry = entries.computeIfAbsent(key, absent -> new Entry());
        entry.wokenAt = entry.wokenAt.or(() -> Optional.of(now));
        Instant at = switch (urgency) {
            case URGENT -> now;
            case NORMAL -> latest(now, entry.lastStarted.plus(COALESCE), entry.notBefore);
        };
        soonest(key, entry, at);
    }

    /// This key is to be visited then, unless it is sooner; nothing has changed that anybody knows of.
    public synchronized void appoint(K key, Instant at) {
        soonest(key, entries.computeIfAbsent(key, absent -> new Entry()), at);
    }

    /// A key that is to be worked on.
    ///
    /// @param wokenAt when the first event came that nobody has looked at yet; empty where none has
    public record Job<K>(K key, Optional<Instant> wokenAt) {}

    /// The next key that is due; it is being worked on until [#finished] is called.
    public synchronized Optional<Job<K>> take(Instant now) {
        if (due.isEmpty() || due.first().at().isAfter(now)) {
            return Optional.empty();
        }
        K key = due.first().key();
        Entry entry = entry(key);
        moveTo(key, entry, Optional.empty());
        entry.running = true;
        entry.lastStarted = now;
        Optional<Instant> wokenAt = entry.wokenAt;
        entry.wokenAt = Optional.empty();
        return Optional.of(new Job<>(key, wokenAt));
    }

    /// The work on a key has ended. An event that came meanwhile is not lost: its key is due again.
    public synchronized void finished(K key, Visit visit, Instant now) {
        Entry entry = entry(key);
        entry.running = false;
        Optional<Instant> woken = entry.at;
        Optional<Instant> wished = switch (visit) {
            case Visit.Again(Duration after) -> Optional.of(succeeded(entry, after, now));
            case Visit.Failed(Duration atLeast, String why) -> Optional.of(failed(entry, atLeast, now));
            case Visit.Finished() -> Optional.empty();
        };
        if (woken.isEmpty() && wished.isEmpty()) {
            entries.remove(key);
            return;
        }
        entry.at = Optional.empty();
        moveTo(key, entry, Optional.of(earliest(woken, wished)));
    }

    /// When the next key is due, of those that nobody works on.
    public synchronized Optional<Instant> nextDue() {
        return due.isEmpty() ? Optional.empty() : Optional.of(due.first().at());
    }

    /// Keys that are due and wait for a worker.
    public synchronized int waiting(Instant now) {
        return (int) due.stream().takeWhile(next -> !next.at().isAfter(now)).count();
    }

    /// Keys that are being worked on.
    public synchronized int running() {
        return (int) entries.values().stream().filter(entry -> entry.running).count();
    }

    private Entry entry(K key) {
        Entry entry = entries.get(key);
        if (entry == null) {
            throw new IllegalStateException("nobody works on " + key);
        }
        return entry;
    }

    private static Instant succeeded(Entry entry, Duration after, Instant now) {
        entry.failures = 0;
        entry.notBefore = Instant.MIN;
        return now.plus(after);
    }

    private Instant failed(Entry entry, Duration atLeast, Instant now) {
        entry.failures++;
        entry.notBefore = now.plus(atLeast);
        return now.plus(Backoff.after(entry.failures, atLeast, chance.getAsDouble()));
    }

    private void soonest(K key, Entry entry, Instant at) {
        if (entry.at.isEmpty() || at.isBefore(entry.at.get())) {
            moveTo(key, entry, Optional.of(at));
        }
    }

    private void moveTo(K key, Entry entry, Optional<Instant> at) {
        entry.at.ifPresent(old -> due.remove(new Due<>(old, key)));
        entry.at = at;
        if (!entry.running) {
            at.ifPresent(next -> due.add(new Due<>(next, key)));
        }
    }

    private static Instant latest(Instant one, Instant other, Instant third) {
        Instant later = one.isAfter(other) ? one : other;
        return later.isAfter(third) ? later : third;
    }

    private static Instant earliest(Optional<Instant> one, Optional<Instant> other) {
        Instant first = one.orElse(Instant.MAX);
        Instant second = other.orElse(Instant.MAX);
        return first.isBefore(second) ? first : second;
    }

    private record Due<K>(Instant at, K key) {}

    private static final class Entry {
        private Optional<Instant> at = Optional.empty();
        private Optional<Instant> wokenAt = Optional.empty();
        private boolean running;
        private Instant lastStarted = Instant.EPOCH;
        private Instant notBefore = Instant.MIN;
        private int failures;
    }
}
