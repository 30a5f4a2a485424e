package io.plumbline.controller.plan;

import io.plumbline.controller.plan.Members.Judged;
import io.plumbline.controller.plan.Members.PoolWork;
import io.plumbline.controller.plan.Verdict.Add;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired.Intent;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// How many members a pool may have. What goes, goes; what is bound stays; new members come from the zone that has the
/// fewest, there in the order of their keys, so that the same ones are left out each time.
final class Quota {
    private Quota() {}

    /// The verdicts without those that there is no room for.
    static List<Verdict> apply(PoolWork work, List<Verdict> verdicts, Situation situation) {
        long leaving = verdicts.stream().filter(Quota::frees).count();
        long room = Math.max(0, limit(situation) - work.members().size() + leaving);
        List<Verdict> adds = verdicts.stream()
                .filter(verdict ->
                        verdict instanceof Add && work.member(verdict.key()).isEmpty())
                .toList();
        if (adds.size() <= room) {
            return verdicts;
        }
        Set<BackendKey> chosen = spread(work, verdicts, adds, (int) room);
        return verdicts.stream()
                .filter(verdict -> !adds.contains(verdict) || chosen.contains(verdict.key()))
                .toList();
    }

    private static Set<BackendKey> spread(PoolWork work, List<Verdict> verdicts, List<Verdict> adds, int room) {
        SortedMap<String, Deque<BackendKey>> waiting = new TreeMap<>();
        SortedMap<String, Integer> sizes = new TreeMap<>();
        for (Verdict add : adds) {
            waiting.computeIfAbsent(zone(work, add.key()), absent -> new ArrayDeque<>())
                    .add(add.key());
        }
        verdicts.stream()
                .filter(verdict -> verdict.stays() && !adds.contains(verdict))
                .forEach(verdict -> sizes.merge(zone(work, verdict.key()), 1, Integer::sum));
        Set<BackendKey> chosen = new LinkedHashSet<>();
        while (chosen.size() < room) {
            String zone = waiting.keySet().stream()
                    .min(Comparator.comparingInt((String name) -> sizes.getOrDefault(name, 0))
                            .thenComparing(Comparator.naturalOrder()))
                    .orElseThrow();
            chosen.add(waiting.getOrDefault(zone, new ArrayDeque<>()).removeFirst());
            sizes.merge(zone, 1, Integer::sum);
            waiting.values().removeIf(Deque::isEmpty);
        }
        return chosen;
    }

    private static String zone(PoolWork work, BackendKey key) {
        return work.candidates(key).stream()
                .map(candidate -> candidate.place().zone())
                .findFirst()
                .orElse("");
    }

    /// Who was left out.
    static List<Change> truncated(Judged judged, Situation situation) {
        Reason reason = new Reason(Reason.TRUNCATED, "no room: a pool holds " + limit(situation) + " backends");
        return judged.work().desired().candidates().stream()
                .filter(candidate -> candidate.intent() == Intent.REGISTER)
                .map(candidate -> candidate.backend().key())
                .distinct()
                .filter(key -> judged.verdicts().stream()
                        .noneMatch(verdict -> verdict.key().equals(key)))
                .<Change>map(key -> new Change.Leave(key, reason))
                .toList();
    }

    private static boolean frees(Verdict verdict) {
        return verdict instanceof Verdict.Depart depart && !depart.replaced();
    }

    private static int limit(Situation situation) {
        return situation.capabilities().limits().backendsPerPool();
    }
}
