package io.plumbline.fake;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/// What the cloud held and since when: as much of it as a stale read can still show.
final class Versions {
    private final Deque<Version> newestFirst = new ArrayDeque<>();

    private record Version(Instant since, FakeState state) {}

    Versions(FakeState first) {
        restart(first);
    }

    void restart(FakeState first) {
        newestFirst.clear();
        newestFirst.add(new Version(Instant.MIN, first));
    }

    FakeState current() {
        return newestFirst.getFirst().state();
    }

    FakeState asOf(Instant then) {
        return newestFirst.stream()
                .filter(version -> !version.since().isAfter(then))
                .findFirst()
                .orElseGet(newestFirst::getLast)
                .state();
    }

    /// Holds `state` from `at` on, and drops what nobody asks for after `oldest`.
    void add(Instant at, FakeState state, Instant oldest) {
        newestFirst.addFirst(new Version(at, state));
        boolean enough = false;
        for (Iterator<Version> all = newestFirst.iterator(); all.hasNext(); ) {
            Version version = all.next();
            if (enough) {
                all.remove();
            }
            enough |= !version.since().isAfter(oldest);
        }
    }
}
