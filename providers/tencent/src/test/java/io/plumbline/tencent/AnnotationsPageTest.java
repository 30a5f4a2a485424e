package io.plumbline.tencent;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.tencent.Annotation.Support;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The user guide's page of annotations is printed from the dialect's own table. `-Dgolden=write` writes it anew.
class AnnotationsPageTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "annotations-tencent.md");

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
                # Annotations of a Service: Tencent Cloud

                Generated from the table in `providers/tencent` (Annotations.java); do not edit.

                A value that cannot be read, and a key under `service.cloud.tencent.com/`,
                `service.kubernetes.io/qcloud-` or `plumbline.io/` that is not listed here, is reported by a condition
                and an event; everything else of that Service goes on.

                ## Supported

                | annotation | value | a later change is | meaning |
                |---|---|---|---|
                """
                + rows(Support.SUPPORTED)
                + """

                ## Known, not supported yet

                Whoever sets one of these is told what happens instead.

                | annotation | what happens instead |
                |---|---|
                """
                + shortRows(Support.LATER)
                + """

                ## Written for people, never read

                | annotation | meaning |
                |---|---|
                """
                + shortRows(Support.READ_ONLY)
                + CONFIG;
    }

    private static final String CONFIG = """

            ## TkeServiceConfig

            `spec.loadBalancer` of the TkeServiceConfig (`cloud.tencent.com/v1alpha1`) that the Service names. An entry of
            `l4Listeners` is matched to a port of the Service by protocol and port. What is not written stays as it is
            at the cloud; a new listener gets the cloud's default.

            | field | value |
            |---|---|
            | `internetMaxBandwidthOut` | 0 to 2048 Mbit/s, public load balancers only |
            | `l4Listeners[].protocol` | `TCP` or `UDP`, needed |
            | `l4Listeners[].port` | a port of the Service, needed |
            | `l4Listeners[].listenerName` | 1 to 33 characters, put behind our mark in the listener's name |
            | `l4Listeners[].scheduler` | `WRR` or `LEAST_CONN` |
            | `l4Listeners[].session.enable` | boolean, needed |
            | `l4Listeners[].session.sessionExpireTime` | 30 to 3600 s |
            | `l4Listeners[].healthCheck.enable` | boolean, needed |
            | `l4Listeners[].healthCheck.intervalTime` | 5 to 300 s |
            | `l4Listeners[].healthCheck.timeout` | 2 to 60 s, less than `intervalTime` |
            | `l4Listeners[].healthCheck.healthNum`, `unHealthNum` | 2 to 10 probes |
            | `l4Listeners[].healthCheck.checkType` | `TCP` or `HTTP`; `PING` for UDP |
            | `l4Listeners[].healthCheck.checkPort` | 1 to 65535 |
            | `l4Listeners[].healthCheck.sourceIpType` | 0: the load balancer's address, 1: 100.64.0.0/10 |
            | `l4Listeners[].healthCheck.httpCheckDomain`, `httpCheckPath`, `httpCheckMethod`, `httpCode` | for `HTTP`; the domain is needed |
            """;

    private static String rows(Support support) {
        return of(support).stream()
                .map(row -> "| `%s` | %s | %s | %s |\n"
                        .formatted(row.key(), row.values(), row.whenChanged().text(), row.meaning()))
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
