package io.plumbline.it.clouds;

import io.plumbline.it.clouds.Pool.Member;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/// Chooses a backend for each new connection of one listener. Thread-safe.
final class Rotation {
    private final Map<String, Integer> current = new TreeMap<>();
    private final Map<String, Stay> stays = new HashMap<>();

    private record Stay(String backend, long untilNanos) {}

    /// @param client the client's address, for affinity
    /// @param connections how many connections a backend, by name, has now
    synchronized Optional<Member> choose(Pool pool, String client, ToIntFunction<String> connections) {
        List<Member> candidates = pool.candidates();
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        if (pool.affinity().isZero()) {
            return Optional.of(next(pool, candidates, connections));
        }
        Member member = stayed(client, candidates).orElseGet(() -> next(pool, candidates, connections));
        stays.put(
                client,
                new Stay(member.name(), System.nanoTime() + pool.affinity().toNanos()));
        return Optional.of(member);
    }

    private Optional<Member> stayed(String client, List<Member> candidates) {
        return Optional.ofNullable(stays.get(client))
                .filter(stay -> stay.untilNanos() - System.nanoTime() > 0)
                .flatMap(stay -> candidates.stream()
                        .filter(member -> member.name().equals(stay.backend()))
                        .findFirst());
    }

    private Member next(Pool pool, List<Member> candidates, ToIntFunction<String> connections) {
        return switch (pool.choice()) {
            case WEIGHTED_ROUND_ROBIN -> inTurn(candidates);
            case LEAST_CONNECTIONS ->
                candidates.stream()
                        .min(Comparator.comparingDouble(
                                member -> (double) connections.applyAsInt(member.name()) / member.weight()))
                        .orElseThrow();
        };
    }

    /// Smooth weighted round robin: all gain their weight, the richest is chosen and pays the total.
    private Member inTurn(List<Member> candidates) {
        current.keySet().retainAll(candidates.stream().map(Member::name).toList());
        int total = 0;
        Member richest = candidates.getFirst();
        for (Member member : candidates) {
            total += member.weight();
            current.merge(member.name(), member.weight(), Integer::sum);
            if (wealth(member) > wealth(richest)) {
                richest = member;
            }
        }
        current.merge(richest.name(), -total, Integer::sum);
        return richest;
    }

    private int wealth(Member member) {
        return current.getOrDefault(member.name(), 0);
    }
}
