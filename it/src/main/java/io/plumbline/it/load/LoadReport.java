package io.plumbline.it.load;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What became of a run's requests.
///
/// @param requests sent, each of which has ended
/// @param byCause failed ones by cause
/// @param p50 latency of the answered ones, those that are slow on purpose left out
public record LoadReport(long requests, SortedMap<Failure, Long> byCause, Duration p50, Duration p99, Duration max) {
    public LoadReport {
        byCause = Collections.unmodifiableSortedMap(new TreeMap<>(byCause));
    }

    public long failed() {
        return byCause.values().stream().mapToLong(Long::longValue).sum();
    }
}
