package io.plumbline.controller.plan;

import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.change.Verb;
import io.plumbline.spi.model.AccessList;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Actual.Found;
import io.plumbline.spi.model.Actual.FoundPool;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.Certificate;
import io.plumbline.spi.model.Desired.DesiredPool;
import io.plumbline.spi.model.Key;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.Ownership.Borrowed;
import io.plumbline.spi.model.Ownership.Foreign;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Resource;
import io.plumbline.spi.model.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is there and not wanted.
///
/// @param pools where they live on their own; inline ones go with what holds them
/// @param lent members of ours in pools of users
/// @param shared access lists and certificates
record Leftovers(
        Actual actual,
        List<Owned<Rule>> rules,
        List<Owned<Listener>> listeners,
        List<Owned<Pool>> pools,
        List<Owned<Backend>> lent,
        List<Owned<? extends Resource>> shared) {
    private static final Reason UNWANTED = new Reason(Reason.UNWANTED, "no longer wanted");

    static Leftovers of(Situation situation, Ports ports, List<Rule> rules, List<DesiredPool> pools) {
        Actual actual = situation.actual();
        List<Key> wanted = new ArrayList<>();
        rules.forEach(rule -> wanted.add(rule.key()));
        pools.forEach(pool -> wanted.add(pool.pool().key()));
        situation.desired().accessLists().stream().map(AccessList::key).forEach(wanted::add);
        situation.desired().certificates().stream().map(Certificate::key).forEach(wanted::add);
        List<Key> going = new ArrayList<>();
        ports.unwanted().forEach(listener -> going.add(listener.value().key()));
        List<Owned<Rule>> rulesLeft = owned(actual.rules(), wanted).stream()
                .filter(rule -> !going.contains(rule.value().key().listener()))
                .toList();
        return new Leftovers(
                actual,
                rulesLeft,
                ports.unwanted(),
                situation.inline() ? List.of() : owned(pools(actual), wanted),
                lent(actual, wanted),
                shared(actual, wanted));
    }

    private static List<Owned<Backend>> lent(Actual actual, List<Key> wanted) {
        return actual.pools().stream()
                .filter(found ->
                        found.pool().resource() instanceof Borrowed<Pool>(Pool pool) && !wanted.contains(pool.key()))
                .flatMap(found -> found.members().stream())
                .flatMap(member ->
                        member.backend() instanceof Owned<Backend> ours ? Stream.of(ours) : Stream.<Owned<Backend>>of())
                .toList();
    }

    /// Everything of ours, for a load balancer that goes.
    static Leftovers all(Situation situation) {
        return of(situation, new Ports(List.of(), listeners(situation.actual()), List.of()), List.of(), List.of());
    }

    static ChangeName removalOf(Owned<? extends Resource> gone) {
        return new ChangeName(Verb.REMOVE, gone.value().key());
    }

    /// Rules and listeners first, then pools that nothing leads to any more, then what they shared.
    List<Change> removals(Draft draft) {
        List<Change> removals = new ArrayList<>();
        rules.forEach(rule -> removals.add(new Change.Remove(rule, UNWANTED, List.of())));
        listeners.forEach(listener -> removals.add(new Change.Remove(listener, UNWANTED, List.of())));
        List<ChangeName> released =
                new ArrayList<>(removals.stream().map(Change::name).toList());
        for (Owned<Pool> pool : pools) {
            List<Key> holders = holders(pool.value().key());
            List<ChangeName> needs = new ArrayList<>(draft.namesOf(holders));
            needs.addAll(draft.leaving(pool.value().key()));
            released.stream().filter(name -> holders.contains(name.key())).forEach(needs::add);
            removals.add(new Change.Remove(pool, UNWANTED, needs));
        }
        for (Owned<Backend> member : lent) {
            List<Key> holders = holders(member.value().key().pool());
            removals.add(new Change.Remove(
                    member,
                    UNWANTED,
                    released.stream()
                            .filter(name -> holders.contains(name.key()))
                            .toList()));
        }
        released.addAll(draft.namesOf(actual.listeners().stream()
                .map(found -> found.resource().value().key())
                .toList()));
        shared.forEach(one -> removals.add(new Change.Remove(one, UNWANTED, List.copyOf(released))));
        return removals;
    }

    /// Listeners and rules that belong to somebody else, each with the reason why it is left alone.
    List<Change> strangers() {
        List<Change> left = new ArrayList<>();
        actual.listeners().forEach(found -> stranger(found).ifPresent(left::add));
        actual.rules().forEach(found -> stranger(found).ifPresent(left::add));
        return left;
    }

    /// What takes the pool away, where it goes as a whole.
    Optional<ChangeName> taking(PoolKey pool) {
        Optional<ChangeName> itself = pools.stream()
                .filter(one -> one.value().key().equals(pool))
                .map(Leftovers::removalOf)
                .findFirst();
        return itself.or(() -> listeners.stream()
                .filter(one -> one.value().pools().contains(pool))
                .map(Leftovers::removalOf)
                .findFirst());
    }

    private List<Key> holders(PoolKey pool) {
        List<Key> holders = new ArrayList<>();
        actual.listeners().stream()
                .map(found -> found.resource().value())
                .filter(listener ->
                        listener.pools().contains(pool) || listener.standby().equals(Optional.of(pool)))
                .forEach(listener -> holders.add(listener.key()));
        actual.rules().stream()
                .map(found -> found.resource().value())
                .filter(rule -> rule.action().pools().contains(pool))
                .forEach(rule -> holders.add(rule.key()));
        return holders;
    }

    private static Optional<Change> stranger(Found<? extends Resource> found) {
        return found.resource() instanceof Foreign<? extends Resource>(Resource value, String why)
                ? Optional.of(new Change.Leave(value.key(), new Reason(Reason.FOREIGN, "not ours: " + why)))
                : Optional.empty();
    }

    private static List<Owned<? extends Resource>> shared(Actual actual, List<Key> wanted) {
        List<Owned<? extends Resource>> shared = new ArrayList<>(owned(actual.accessLists(), wanted));
        shared.addAll(owned(actual.certificates(), wanted));
        return shared;
    }

    private static List<Found<Pool>> pools(Actual actual) {
        return actual.pools().stream().map(FoundPool::pool).toList();
    }

    private static List<Owned<Listener>> listeners(Actual actual) {
        return owned(actual.listeners(), List.of());
    }

    private static <T extends Resource> List<Owned<T>> owned(List<Found<T>> found, List<Key> wanted) {
        List<Owned<T>> owned = new ArrayList<>();
        for (Found<T> one : found) {
            if (one.resource() instanceof Owned<T> ours
                    && !wanted.contains(ours.value().key())) {
                owned.add(ours);
            }
        }
        return owned;
    }
}
