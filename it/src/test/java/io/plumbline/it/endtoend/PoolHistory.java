package io.plumbline.it.endtoend;

import io.plumbline.it.clouds.ChangeLog;
import io.plumbline.it.clouds.ChangeLog.Serving;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The backends that got new connections by right, at every moment of a time.
///
/// @param states what was in force at its beginning, and every change since, oldest first; never empty
record PoolHistory(List<List<String>> states) {
    PoolHistory {
        states = List.copyOf(states);
    }

    /// Of the pool from `begin` until now.
    static PoolHistory since(Instant begin, ChangeLog log, String pool) {
        List<Serving> all = log.serving(pool);
        List<List<String>> states = new ArrayList<>();
        states.add(all.stream()
                .filter(entry -> entry.at().isBefore(begin))
                .reduce((earlier, later) -> later)
                .map(Serving::healthy)
                .orElseGet(List::of));
        all.stream()
                .filter(entry -> !entry.at().isBefore(begin))
                .map(Serving::healthy)
                .forEach(states::add);
        return new PoolHistory(states);
    }

    /// The fewest that served at any moment.
    int fewest() {
        return states.stream().mapToInt(List::size).min().orElseThrow();
    }

    /// Who served at the beginning and was missing at some moment.
    Set<String> everMissing() {
        Set<String> missing = new TreeSet<>();
        states.forEach(state -> states.getFirst().stream()
                .filter(backend -> !state.contains(backend))
                .forEach(missing::add));
        return missing;
    }
}
