package io.plumbline.controller.apply;

import java.util.LinkedHashMap;
import java.util.Map;

/// How many calls readings have taken of late. One thread at a time.
final class ReadingCosts {
    /// Of what a reading begins with: too high a guess costs a little time, too low a one too many calls at once.
    private static final double FIRST_GUESS = 10;

    /// Older readings count less and less.
    private static final double FADING = 0.95;

    private final Map<Line, Double> calls = new LinkedHashMap<>();
    private double readings = 1;

    /// Of the next reading, which begins with this; at least one of each.
    Map<Line, Long> expected(Line first) {
        calls.putIfAbsent(first, FIRST_GUESS * readings);
        Map<Line, Long> expected = new LinkedHashMap<>();
        calls.forEach((line, all) -> expected.put(line, Math.max(1, Math.round(all / readings))));
        return expected;
    }

    void began() {
        readings = readings * FADING + 1;
        calls.replaceAll((line, all) -> all * FADING);
    }

    void took(Line line) {
        calls.merge(line, 1.0, Double::sum);
    }
}
