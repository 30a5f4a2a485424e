package io.plumbline.controller.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.controller.desired.ProblemReasons;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Desired.Problem;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The reasons and their documentation.
class ReasonsTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "conditions.md");

    /// Reasons of changes that only a plan shows.
    private static final Set<String> OF_PLANS_ONLY = Set.of(
            Reason.DESIRED,
            Reason.DIFFERS,
            Reason.UNWANTED,
            Reason.TERMINATING,
            Reason.NOT_READY,
            Reason.REGISTERED_FOR_ANOTHER,
            Reason.MOVED);

    @Test
    void everyReasonIsDocumentedAndNoOther() throws IOException {
        Set<String> reasons = Stream.of(
                        constants(Reasons.class),
                        constants(ProblemReasons.class),
                        constants(Reason.class).filter(code -> !OF_PLANS_ONLY.contains(code)),
                        Stream.of(Problem.INVALID))
                .flatMap(stream -> stream)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented()).containsExactlyInAnyOrderElementsOf(reasons);
    }

    @Test
    void reasonsHaveTheFormThatKubernetesAsksFor() {
        assertThat(Stream.concat(constants(Reasons.class), constants(ProblemReasons.class)))
                .allSatisfy(reason -> assertThat(reason).matches("[A-Z][A-Za-z]+"));
    }

    private static List<String> documented() throws IOException {
        return Pattern.compile("(?m)^\\| `([A-Za-z]+)` \\|")
                .matcher(Files.readString(DOCUMENT))
                .results()
                .map(match -> match.group(1))
                .sorted()
                .distinct()
                .toList();
    }

    private static Stream<String> constants(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
                .map(ReasonsTest::value);
    }

    private static String value(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
