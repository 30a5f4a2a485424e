package io.plumbline.it.scenario;

import io.plumbline.controller.apply.Applier.Result;
import io.plumbline.controller.plan.History;
import io.plumbline.controller.plan.History.PartlyEvidenced;
import io.plumbline.controller.plan.History.Registration;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Verb;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Actual.FoundPool;
import io.plumbline.spi.model.Actual.Member;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Candidate;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What the controller remembers of its members: at first what the scenario says, then what it did.
final class Memories {
    private final SortedMap<BackendKey, Registration> registrations = new TreeMap<>();

    /// Takes in members that are new to it.
    void see(Actual actual, Facts facts, Cluster cluster) {
        for (FoundPool pool : actual.pools()) {
            for (Member member : pool.members()) {
                registrations.computeIfAbsent(member.key(), key -> initially(key, facts.memory(), cluster));
            }
        }
    }

    void did(List<Result> results, Desired desired, Instant now) {
        for (Result result : results) {
            if (result.outcome() instanceof Outcome.Done && result.change().key() instanceof BackendKey key) {
                did(result.change(), key, desired, now);
            }
        }
    }

    private void did(Change change, BackendKey key, Desired desired, Instant now) {
        if (change.verb() == Verb.REMOVE) {
            registrations.remove(key);
        } else if (change instanceof Change.Create create && create.desired() instanceof Backend backend) {
            registrations.put(
                    key, new Registration(object(desired, key), backend.registrant(), now, pods(desired, key)));
        }
    }

    History history(Facts facts, Actual actual) {
        SortedMap<PoolKey, Integer> highest = new TreeMap<>();
        List<PartlyEvidenced> removals = new ArrayList<>();
        for (FoundPool found : actual.pools()) {
            PoolKey pool = found.pool().resource().value().key();
            facts.memory().highest().ifPresent(size -> highest.put(pool, size));
            facts.memory().notReadyRemovals().forEach(at -> removals.add(new PartlyEvidenced(pool, at)));
        }
        return new History(facts.termStarted(), registrations, highest, removals, new TreeMap<>(), Optional.empty());
    }

    private static Registration initially(BackendKey key, Facts.Memory memory, Cluster cluster) {
        String namespace = key.pool().object().namespace();
        Optional<String> told = Optional.ofNullable(memory.remembered().get(key.endpoint()));
        if (key.address() instanceof Address.Instance machine) {
            return ofMachine(machine, told, memory.registeredAt(), namespace, cluster);
        }
        if (told.isPresent()) {
            String[] parts = told.get().split("/", -1);
            return new Registration(
                    Optional.of(ObjectKey.pod(namespace, parts[0])), Optional.of(parts[1]), memory.registeredAt());
        }
        if (memory.forgotten().contains(key.endpoint()) || !(key.address() instanceof Address.Ip(String ip))) {
            return new Registration(Optional.empty(), Optional.empty(), memory.registeredAt());
        }
        return cluster.pod(ip)
                .map(pod -> new Registration(Optional.of(pod.key()), Optional.of(pod.uid()), memory.registeredAt()))
                .orElse(new Registration(Optional.empty(), Optional.empty(), memory.registeredAt()));
    }

    private static Registration ofMachine(
            Address.Instance machine, Optional<String> told, Instant at, String namespace, Cluster cluster) {
        String[] parts = told.orElse("/").split("/", -1);
        Optional<ObjectKey> node = parts[0].isEmpty() ? cluster.node(machine) : Optional.of(ObjectKey.node(parts[0]));
        List<ObjectKey> pods = Stream.of(parts[1].split(" ", -1))
                .filter(name -> !name.isEmpty())
                .map(name -> ObjectKey.pod(namespace, name))
                .toList();
        return new Registration(node, Optional.empty(), at, pods);
    }

    private static List<ObjectKey> pods(Desired desired, BackendKey key) {
        return candidates(desired, key)
                .map(candidate -> candidate.place().pods())
                .findFirst()
                .orElse(List.of());
    }

    private static Optional<ObjectKey> object(Desired desired, BackendKey key) {
        return candidates(desired, key)
                .map(Candidate::object)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Stream<Candidate> candidates(Desired desired, BackendKey key) {
        return desired.pools().stream()
                .flatMap(pool -> pool.candidates().stream())
                .filter(candidate -> candidate.backend().key().equals(key));
    }
}
