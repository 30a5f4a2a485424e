package io.plumbline.controller.apply;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Capabilities.Rate;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Provider.ReadRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/// How many calls we make, counted as the cloud counts them.
///
/// Nobody sleeps here: who finds no permission is told when to come again and is remembered by how
/// urgent he is, so a register never takes the place of a deregister.
///
/// A reading is let pass as a whole, since it is of no use in parts: it pays at its beginning what
/// readings have taken of late, and what it takes beyond that is paid for before the next one begins.
public final class Budget implements CallGate {
    private final List<Rate> rates;
    private final double share;
    private final LongSupplier nanoTime;
    private final MeterRegistry meters;
    private final SortedMap<String, Line> lines = new TreeMap<>();
    private final ReadingCosts costs = new ReadingCosts();

    /// @param rates what the cloud documents; one of them covers every action
    /// @param share of it that we allow ourselves: others use the account too
    /// @param nanoTime the time that calls are counted in
    public Budget(List<Rate> rates, double share, LongSupplier nanoTime, MeterRegistry meters) {
        this.rates = List.copyOf(rates);
        this.share = share;
        this.nanoTime = nanoTime;
        this.meters = meters;
    }

    @Override
    public synchronized Permission ask(String action, Sort sort) {
        Line line = line(action);
        Optional<Duration> wait = line.ask(sort, 1, Optional.empty());
        if (wait.isEmpty()) {
            line.take(1);
        }
        return answered(action, wait);
    }

    @Override
    public CallGate reading(ReadRequest request) {
        return new Reading(request);
    }

    private Permission answered(String action, Optional<Duration> wait) {
        meters.counter("plumbline.cloud.calls", "action", action, "answer", wait.isEmpty() ? "sent" : "deferred")
                .increment();
        return wait.<Permission>map(after -> new Permission.NotNow(
                        new Outcome.Retry(after, Outcome.Why.THROTTLED, "our own budget for this call is used up")))
                .orElse(Permission.GO);
    }

    private Line line(String action) {
        Rate rate = rate(action);
        return lines.computeIfAbsent(
                rate.bucket(action),
                name -> new Line(rate.perSecond() * share, Math.max(1, (long) (rate.atOnce() * share)), nanoTime));
    }

    private Rate rate(String action) {
        return rates.stream()
                .filter(rate -> rate.covers(action))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no rate covers " + action));
    }

    /// The calls of one reading.
    private final class Reading implements CallGate {
        private final ReadRequest request;
        private final Map<Line, Long> paid = new HashMap<>();
        private boolean begun;

        private Reading(ReadRequest request) {
            this.request = request;
        }

        @Override
        public Permission ask(String action, Sort sort) {
            synchronized (Budget.this) {
                Line line = line(action);
                Optional<Duration> wait = begun ? Optional.empty() : begin(line);
                if (wait.isEmpty()) {
                    take(line);
                }
                return answered(action, wait);
            }
        }

        private Optional<Duration> begin(Line first) {
            Map<Line, Long> expected = costs.expected(first);
            for (Map.Entry<Line, Long> cost : expected.entrySet()) {
                Optional<Duration> wait =
                        cost.getKey().ask(request.urgency(), cost.getValue(), Optional.of(request.key()));
                if (wait.isPresent()) {
                    return wait;
                }
            }
            begun = true;
            costs.began();
            expected.forEach(Line::take);
            paid.putAll(expected);
            return Optional.empty();
        }

        private void take(Line line) {
            costs.took(line);
            long left = paid.getOrDefault(line, 0L);
            paid.put(line, left - 1);
            if (left <= 0) {
                line.take(1);
            }
        }
    }
}
