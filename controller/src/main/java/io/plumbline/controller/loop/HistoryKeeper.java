package io.plumbline.controller.loop;

import io.plumbline.controller.apply.Applier.Result;
import io.plumbline.controller.plan.History;
import io.plumbline.controller.plan.History.PartlyEvidenced;
import io.plumbline.controller.plan.History.Registration;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Candidate;
import io.plumbline.spi.model.Key;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Keeps the history of one load balancer for one lease term. One thread at a time.
final class HistoryKeeper {
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private final Instant termStarted;
    private final SortedMap<BackendKey, Registration> registrations = new TreeMap<>();
    private final SortedMap<PoolKey, List<Size>> sizes = new TreeMap<>();
    private final List<PartlyEvidenced> partlyEvidenced = new ArrayList<>();
    private final SortedMap<Key, Instant> since = new TreeMap<>();
    private Optional<String> published = Optional.empty();
    private Optional<Instant> statusMoved = Optional.empty();

    HistoryKeeper(Instant termStarted) {
        this.termStarted = termStarted;
    }

    private record Size(Instant at, int members) {}

    /// As guards and planner want it.
    History history(Instant now) {
        SortedMap<PoolKey, Integer> highest = new TreeMap<>();
        sizes.forEach((pool, seen) ->
                highest.put(pool, seen.stream().mapToInt(Size::members).max().orElse(0)));
        partlyEvidenced.removeIf(removal -> removal.at().isBefore(now.minus(WINDOW)));
        return new History(termStarted, registrations, highest, partlyEvidenced, since, statusMoved);
    }

    /// Takes over what a load balancer looks like: members that nobody remembers count from now on.
    void saw(Actual actual, Desired desired, Instant now) {
        SortedMap<BackendKey, Candidate> candidates = candidates(desired);
        registrations.keySet().retainAll(members(actual).toList());
        members(actual)
                .filter(member -> !registrations.containsKey(member))
                .forEach(member -> registrations.put(member, foundOnly(candidates, member, now)));
        actual.pools()
                .forEach(pool -> size(
                        pool.pool().resource().value().key(), pool.members().size(), now));
        actual.loadBalancer().ifPresent(found -> published(found.id(), now));
    }

    /// Takes over what became of changes.
    void did(List<Result> results, Desired desired, Instant now) {
        SortedMap<BackendKey, Candidate> candidates = candidates(desired);
        results.stream()
                .filter(result -> result.outcome() instanceof Outcome.Done)
                .forEach(result -> did(result.change(), candidates, now));
    }

    /// Notes since when something is waited for or held back.
    void planned(Plan plan, Instant now) {
        List<Key> waits = plan.changes().stream()
                .filter(HistoryKeeper::waits)
                .map(Change::key)
                .toList();
        since.keySet().retainAll(waits);
        waits.forEach(key -> since.putIfAbsent(key, now));
    }

    /// A member that the planner takes for this Pod's own: from now on that is remembered. So is which Pods are on
    /// a node.
    void adopted(Desired desired, Plan plan) {
        List<Key> changing = plan.changes().stream().map(Change::key).toList();
        candidates(desired).forEach((key, candidate) -> {
            registrations.computeIfPresent(key, (member, known) -> known.knowing(candidate.place()));
            Registration known = registrations.get(key);
            if (known != null
                    && known.uid().isEmpty()
                    && candidate.intent() == Desired.Intent.REGISTER
                    && !changing.contains(key)) {
                registrations.put(
                        key,
                        new Registration(
                                candidate.object(), candidate.backend().registrant(), known.at(), known.pods()));
            }
        });
    }

    private void did(Change change, SortedMap<BackendKey, Candidate> candidates, Instant now) {
        switch (change) {
            case Change.Create create
            when create.desired() instanceof Backend backend ->
                registrations.put(backend.key(), registered(candidates, backend, now));
            case Change.Remove remove
            when remove.was().value() instanceof Backend backend -> {
                registrations.remove(backend.key());
                if (remove.reason().code().equals(Reason.NOT_READY)) {
                    partlyEvidenced.add(new PartlyEvidenced(backend.key().pool(), now));
                }
            }
            case Change.Drain drain
            when drain.reason().code().equals(Reason.NOT_READY) ->
                partlyEvidenced.add(
                        new PartlyEvidenced(drain.was().value().key().pool(), now));
            case Change.Create create -> {}
            case Change.Update update -> {}
            case Change.Replace replace -> {}
            case Change.Drain drain -> {}
            case Change.Remove remove -> {}
            case Change.Await await -> {}
            case Change.Leave leave -> {}
        }
    }

    private static boolean waits(Change change) {
        return switch (change) {
            case Change.Await await -> true;
            case Change.Leave leave -> leave.reason().code().equals(Reason.HELD_BACK);
            case Change.Create create -> false;
            case Change.Update update -> false;
            case Change.Replace replace -> false;
            case Change.Drain drain -> false;
            case Change.Remove remove -> false;
        };
    }

    private static Registration registered(SortedMap<BackendKey, Candidate> candidates, Backend backend, Instant now) {
        Optional<Candidate> candidate = Optional.ofNullable(candidates.get(backend.key()));
        return new Registration(candidate.flatMap(Candidate::object), backend.registrant(), now, pods(candidate));
    }

    private static Registration foundOnly(SortedMap<BackendKey, Candidate> candidates, BackendKey member, Instant now) {
        Optional<Candidate> candidate = Optional.ofNullable(candidates.get(member));
        return new Registration(candidate.flatMap(Candidate::object), Optional.empty(), now, pods(candidate));
    }

    private static List<ObjectKey> pods(Optional<Candidate> candidate) {
        return candidate.map(known -> known.place().pods()).orElse(List.of());
    }

    private void size(PoolKey pool, int members, Instant now) {
        List<Size> seen = sizes.computeIfAbsent(pool, absent -> new ArrayList<>());
        if (seen.isEmpty() || seen.getLast().members() != members) {
            seen.add(new Size(now, members));
        }
        // The one before the oldest within the window was in force when the window began.
        while (seen.size() > 1 && seen.get(1).at().isBefore(now.minus(WINDOW))) {
            seen.removeFirst();
        }
    }

    private void published(String id, Instant now) {
        if (published.isPresent() && !published.get().equals(id)) {
            statusMoved = Optional.of(now);
        }
        published = Optional.of(id);
    }

    private static Stream<BackendKey> members(Actual actual) {
        return actual.pools().stream()
                .flatMap(pool -> pool.members().stream())
                .map(member -> member.backend().value().key());
    }

    private static SortedMap<BackendKey, Candidate> candidates(Desired desired) {
        SortedMap<BackendKey, Candidate> candidates = new TreeMap<>();
        desired.pools()
                .forEach(pool -> pool.candidates()
                        .forEach(candidate -> candidates.put(candidate.backend().key(), candidate)));
        return candidates;
    }
}
