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
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How many members a pool may have, and all pools of a load balancer together. What goes, goes; what is bound stays;
/// new members come into the pool that has the fewest, from the zone that has the fewest there, in the order of their
/// keys, so that the same ones are left out each time.
final class Quota {
    private Quota() {}

    /// The verdicts of one pool without those that it has no room for.
    static List<Verdict> apply(PoolWork work, List<Verdict> verdicts, Situation situation) {
        long leaving = verdicts.stream().filter(Quota::frees).count();
        long room = Math.max(0, perPool(situation) - work.members().size() + leaving);
        return within(new Judged(work, verdicts), (int) room).verdicts();
    }

    /// The verdicts of all pools without those that the load balancer has no room for. Members of pools that are to go
    /// take room as long as they are there.
    static List<Judged> together(List<Judged> all, Situation situation) {
        OptionalInt most = situation.capabilities().limits().backendsPerLoadBalancer();
        if (most.isEmpty()) {
            return all;
        }
        long bound = bound(situation);
        long leaving = all.stream()
                .flatMap(judged -> judged.verdicts().stream())
                .filter(Quota::frees)
                .count();
        int[] shares = shares(all, Math.max(0, most.getAsInt() - bound + leaving));
        return IntStream.range(0, all.size())
                .mapToObj(pool -> within(all.get(pool), shares[pool]))
                .toList();
    }

    /// What several share is one pool at the cloud.
    private static long bound(Situation situation) {
        return situation.actual().pools().stream()
                .collect(Collectors.toMap(
                        found -> found.pool().id(), found -> found.members().size(), Math::max))
                .values()
                .stream()
                .mapToLong(Integer::longValue)
                .sum();
    }

    /// How many each pool may add.
    private static int[] shares(List<Judged> all, long room) {
        int[] waiting = all.stream().mapToInt(judged -> adds(judged).size()).toArray();
        long[] sizes = all.stream().mapToLong(Quota::staying).toArray();
        int[] shares = new int[waiting.length];
        for (long left = Math.min(room, IntStream.of(waiting).sum()); left > 0; left--) {
            IntStream.range(0, waiting.length)
                    .filter(pool -> shares[pool] < waiting[pool])
                    .boxed()
                    .min(Comparator.comparingLong((Integer pool) -> sizes[pool] + shares[pool]))
                    .ifPresent(pool -> shares[pool]++);
        }
        return shares;
    }

    private static long staying(Judged judged) {
        return judged.verdicts().stream().filter(Verdict::stays).count()
                - adds(judged).size();
    }

    private static List<Verdict> adds(Judged judged) {
        return judged.verdicts().stream()
                .filter(verdict -> verdict instanceof Add
                        && judged.work().member(verdict.key()).isEmpty())
                .toList();
    }

    private static Judged within(Judged judged, int room) {
        List<Verdict> adds = adds(judged);
        if (adds.size() <= room) {
            return judged;
        }
        Set<BackendKey> chosen = spread(judged, adds, room);
        return new Judged(
                judged.work(),
                judged.verdicts().stream()
                        .filter(verdict -> !adds.contains(verdict) || chosen.contains(verdict.key()))
                        .toList());
    }

    private static Set<BackendKey> spread(Judged judged, List<Verdict> adds, int room) {
        SortedMap<String, Deque<BackendKey>> waiting = new TreeMap<>();
        SortedMap<String, Integer> sizes = new TreeMap<>();
        for (Verdict add : adds) {
            waiting.computeIfAbsent(zone(judged.work(), add.key()), absent -> new ArrayDeque<>())
                    .add(add.key());
        }
        judged.verdicts().stream()
                .filter(verdict -> verdict.stays() && !adds.contains(verdict))
                .forEach(verdict -> sizes.merge(zone(judged.work(), verdict.key()), 1, Integer::sum));
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
        Reason reason = new Reason(Reason.TRUNCATED, "no room: " + full(judged, situation));
        return judged.work().desired().candidates().stream()
                .filter(candidate -> candidate.intent() == Intent.REGISTER)
                .map(candidate -> candidate.backend().key())
                .distinct()
                .filter(key -> judged.verdicts().stream()
                        .noneMatch(verdict -> verdict.key().equals(key)))
                .<Change>map(key -> new Change.Leave(key, reason))
                .toList();
    }

    private static String full(Judged judged, Situation situation) {
        OptionalInt together = situation.capabilities().limits().backendsPerLoadBalancer();
        long here =
                judged.verdicts().stream().filter(verdict -> !frees(verdict)).count();
        return together.isPresent() && here < perPool(situation)
                ? "a load balancer holds " + together.getAsInt() + " backends in all its pools"
                : "a pool holds " + perPool(situation) + " backends";
    }

    private static boolean frees(Verdict verdict) {
        return verdict instanceof Verdict.Depart depart && !depart.replaced();
    }

    private static int perPool(Situation situation) {
        return situation.capabilities().limits().backendsPerPool();
    }
}
