package io.plumbline.it.clouds;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Everything that happened in one cloud, in its order. Thread-safe; only the cloud writes.
///
/// A pool is named `<balancer>/<listener>`, a backend `<address>:<port>`.
public final class ChangeLog {
    private final List<Entry> entries = new ArrayList<>();

    /// One thing that happened.
    public sealed interface Entry {
        /// When, by the simulation's clock.
        Instant at();
    }

    /// An API call, whether it was done or refused.
    ///
    /// @param resource the balancer that it names; empty where it names none
    /// @param code the error code; empty when it was accepted
    public record Call(Instant at, String action, CallKind kind, String resource, Optional<String> code)
            implements Entry {}

    /// What a call is for, when calls are counted.
    public enum CallKind {
        /// Changes something.
        WRITE,
        /// Asks for state.
        READ,
        /// Asks how a task stands.
        POLL
    }

    /// A balancer or listener came, changed or went in the control plane.
    ///
    /// @param what `balancer`, `listener` or `task`
    public record Lifecycle(Instant at, String what, String id, Happened happened) implements Entry {}

    /// A backend came, changed its weight, or went in the control plane.
    public record Membership(Instant at, String pool, String backend, Happened happened, int weight) implements Entry {}

    /// What happened to a thing.
    public enum Happened {
        ADDED,
        CHANGED,
        REMOVED,
        FAILED
    }

    /// The health check's verdict about a backend changed.
    public record Verdict(Instant at, String pool, String backend, boolean healthy) implements Entry {}

    /// The set of backends that get new connections by right changed in the data plane: healthy (or unchecked) and
    /// of a weight above 0.
    ///
    /// @param members how many backends the data plane knows
    /// @param healthy those that serve, sorted
    public record Serving(Instant at, String pool, int members, List<String> healthy) implements Entry {
        public Serving {
            healthy = List.copyOf(healthy);
        }
    }

    /// Appends an entry.
    public synchronized void add(Entry entry) {
        entries.add(entry);
    }

    /// All entries so far, oldest first.
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /// How many entries there are: a mark to give to `since`.
    public synchronized int size() {
        return entries.size();
    }

    /// The entries after a mark; none when it lies ahead.
    public synchronized List<Entry> since(int mark) {
        return List.copyOf(entries.subList(Math.min(mark, entries.size()), entries.size()));
    }

    /// The API calls, oldest first.
    public List<Call> calls() {
        return all(Call.class).toList();
    }

    /// The calls that changed something and were accepted, polls and reads apart.
    public List<Call> writes() {
        return calls().stream()
                .filter(call -> call.kind() == CallKind.WRITE && call.code().isEmpty())
                .toList();
    }

    /// How many calls match.
    public long count(Predicate<Call> matching) {
        return calls().stream().filter(matching).count();
    }

    /// What a pool served with over time.
    ///
    /// @param pool `<balancer>/<listener>`
    public List<Serving> serving(String pool) {
        return all(Serving.class).filter(entry -> entry.pool().equals(pool)).toList();
    }

    /// The pools that ever served, in the order in which they first did.
    public List<String> pools() {
        return all(Serving.class).map(Serving::pool).distinct().toList();
    }

    /// Who was in a pool by the control plane, over time.
    public List<Membership> memberships(String pool) {
        return all(Membership.class).filter(entry -> entry.pool().equals(pool)).toList();
    }

    private <T extends Entry> Stream<T> all(Class<T> kind) {
        return entries().stream().filter(kind::isInstance).map(kind::cast);
    }
}
