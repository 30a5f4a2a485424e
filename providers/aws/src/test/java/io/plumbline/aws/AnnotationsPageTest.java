package io.plumbline.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.aws.Annotation.Support;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The user guide's page of annotations is printed from the dialect's own table. `-Dgolden=write` writes it anew.
class AnnotationsPageTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "annotations-aws.md");

    @Test
    void thePageIsTheTable() throws IOException {
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page());
        }

        assertThat(PAGE).as("run the tests with -Dgolden=write").hasContent(page());
    }

    @Test
    void noKeyIsListedTwice() {
        assertThat(Annotations.ALL).extracting(Annotation::key).doesNotHaveDuplicates();
    }

    private static String page() {
        return """
                # Annotations of a Service: AWS

                Generated from the table in `providers/aws` (Annotations.java); do not edit.

                Each key is written behind `service.beta.kubernetes.io/` or `service.kubernetes.io/`; where both are
                there the first wins. A value that cannot be read, and a key under `aws-load-balancer-` or
                `plumbline.io/` that is not listed here, is reported by a condition and an event; everything else of
                that Service goes on. An annotation that is removed goes back to what counts without it.

                ## Supported

                | annotation | value | without it | a later change is | meaning |
                |---|---|---|---|---|
                """ + rows() + """

                ## Known, not supported yet

                Whoever sets one of these is told what happens instead.

                | annotation | what happens instead |
                |---|---|
                """ + shortRows(Support.LATER) + """

                ## Of Classic Load Balancers

                They have no effect here; whoever sets one is told what does the same.

                | annotation | here |
                |---|---|
                """ + shortRows(Support.CLASSIC) + """

                ## Written for people, never read

                | annotation | meaning |
                |---|---|
                """
                + shortRows(Support.READ_ONLY);
    }

    private static String rows() {
        return of(Support.SUPPORTED).stream()
                .map(row -> "| `%s` | %s | %s | %s | %s |\n"
                        .formatted(
                                row.key(),
                                row.values(),
                                row.absent(),
                                row.whenChanged().text(),
                                row.meaning()))
                .collect(Collectors.joining());
    }

    private static String shortRows(Support support) {
        return of(support).stream()
                .map(row -> "| `%s` | %s |\n".formatted(row.key(), row.meaning()))
                .collect(Collectors.joining());
    }

    private static List<Annotation> of(Support support) {
        return Annotations.ALL.stream()
                .filter(annotation -> annotation.support() == support)
                .toList();
    }
}
