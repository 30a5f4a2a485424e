package io.plumbline.controller.loop;

import io.plumbline.controller.desired.Settings;
import io.plumbline.spi.Dialect.WrittenAnnotation;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.objects.Metadata;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The annotation that says which creation is under way, so that a process that comes after a crash
/// repeats the same attempt instead of beginning another. It shows what may exist and is trusted for
/// nothing else. Pure.
final class Intent {
    private static final Pattern ATTEMPT = Pattern.compile("attempt=(\\d{1,6})\\b.*");
    private static final int MOST_ATTEMPTS = 1000;

    private Intent() {}

    static String text(Mark mark, int attempt) {
        return "attempt=" + attempt + " token=" + mark.token(attempt);
    }

    /// The attempt under way, if one is.
    static Optional<Integer> underWay(Metadata metadata) {
        return Optional.ofNullable(metadata.annotations().get(Settings.INTENT_ANNOTATION))
                .map(ATTEMPT::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Integer.parseInt(matcher.group(1)));
    }

    /// The attempt whose token the object shows as that of its load balancer, if one is shown.
    static Optional<Integer> shown(Metadata metadata, Mark mark) {
        for (int attempt = 1; attempt <= MOST_ATTEMPTS && carriesToken(metadata); attempt++) {
            if (metadata.annotations().containsValue(mark.token(attempt))) {
                return Optional.of(attempt);
            }
        }
        return Optional.empty();
    }

    /// The first attempt that the object does not show as used.
    static int next(Metadata metadata, Mark mark) {
        return underWay(metadata).orElseGet(() -> shown(metadata, mark).orElse(0) + 1);
    }

    /// Whether the object already says all of this.
    static boolean written(Metadata metadata, List<WrittenAnnotation> wanted) {
        return !metadata.annotations().containsKey(Settings.INTENT_ANNOTATION)
                && wanted.stream()
                        .allMatch(
                                one -> one.value().equals(metadata.annotations().get(one.key())));
    }

    private static boolean carriesToken(Metadata metadata) {
        return metadata.annotations().values().stream().anyMatch(value -> value.startsWith("plumbline-"));
    }
}
