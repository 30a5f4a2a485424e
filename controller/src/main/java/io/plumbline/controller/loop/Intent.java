package io.plumbline.controller.loop;

import io.plumbline.spi.CoreAnnotations;
import io.plumbline.spi.Dialect.WrittenAnnotation;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.objects.Metadata;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The annotation that says which creation is under way, so that a process that comes after a crash
/// repeats the same attempt instead of beginning another. It shows what may exist and is trusted for
/// nothing else. Pure.
final class Intent {
    private static final Pattern ATTEMPT =
            Pattern.compile("attempt=(\\d{1,6})(?: incarnation=(\\d{1,6}))?(?: token=\\S*)?");
    private static final int MOST_ATTEMPTS = 1000;

    private Intent() {}

    static String text(Mark mark, int attempt, int incarnation) {
        String replacement = incarnation == 0 ? "" : " incarnation=" + incarnation;
        return "attempt=" + attempt + replacement + " token=" + mark.token(attempt, incarnation);
    }

    /// The attempt under way for an incarnation, if one is.
    static Optional<Integer> underWay(Metadata metadata, int incarnation) {
        return Optional.ofNullable(metadata.annotations().get(CoreAnnotations.INTENT))
                .map(ATTEMPT::matcher)
                .filter(Matcher::matches)
                .filter(matcher -> number(matcher.group(2)) == incarnation)
                .map(matcher -> Integer.parseInt(matcher.group(1)));
    }

    /// The attempt whose token the object shows as that of its load balancer, if one is shown.
    static Optional<Integer> shown(Metadata metadata, Mark mark, int incarnation) {
        for (int attempt = 1; attempt <= MOST_ATTEMPTS && carriesToken(metadata); attempt++) {
            if (metadata.annotations().containsValue(mark.token(attempt, incarnation))) {
                return Optional.of(attempt);
            }
        }
        return Optional.empty();
    }

    /// The first attempt that the object does not show as used.
    static int next(Metadata metadata, Mark mark, int incarnation) {
        return underWay(metadata, incarnation)
                .orElseGet(() -> shown(metadata, mark, incarnation).orElse(0) + 1);
    }

    private static int number(@Nullable String text) {
        return text == null ? 0 : Integer.parseInt(text);
    }

    /// Whether the object already says all of this.
    static boolean written(Metadata metadata, List<WrittenAnnotation> wanted) {
        return !metadata.annotations().containsKey(CoreAnnotations.INTENT)
                && wanted.stream()
                        .allMatch(
                                one -> one.value().equals(metadata.annotations().get(one.key())));
    }

    private static boolean carriesToken(Metadata metadata) {
        return metadata.annotations().values().stream().anyMatch(value -> value.startsWith("plumbline-"));
    }
}
