package io.plumbline.controller.report;

import io.plumbline.spi.model.Desired.Problem;
import java.util.List;

/// Sentences put together: at most ten, and how many more.
final class Lists {
    private static final int SHOWN = 10;

    private Lists() {}

    static String sentences(List<String> sentences) {
        List<String> distinct = sentences.stream().distinct().toList();
        String shown = String.join("; ", distinct.subList(0, Math.min(SHOWN, distinct.size())));
        return distinct.size() <= SHOWN ? shown : shown + "; and " + (distinct.size() - SHOWN) + " more";
    }

    /// `spec.ports[1].targetPort: ...`.
    static String text(Problem problem) {
        return problem.field().isEmpty() ? problem.message() : problem.field() + ": " + problem.message();
    }
}
