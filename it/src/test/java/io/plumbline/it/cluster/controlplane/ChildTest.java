package io.plumbline.it.cluster.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildTest {

    private static final List<String> SLEEP = List.of("/bin/sleep", "600");

    /// A program that starts a child, tells its id and waits.
    static final class Parent {
        private Parent() {}

        public static void main(String[] arguments) throws InterruptedException {
            Child child = Child.start("sleep", SLEEP, Path.of(arguments[0]));
            System.out.println(child.pid());
            Thread.sleep(Duration.ofMinutes(10));
        }
    }

    @Test
    void childDiesWithAParentThatIsKilled(@TempDir Path folder) throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")));

        // Given
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        folder.resolve("log").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.US_ASCII))) {
            long child = Long.parseLong(said.readLine());
            assertThat(ProcessHandle.of(child)).isPresent();

            // When
            parent.destroyForcibly();

            // Then
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> ProcessHandle.of(child)
                            .filter(ProcessHandle::isAlive)
                            .isEmpty());
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void childThatEndedByItselfIsToldWithItsLastWords(@TempDir Path folder) {
        Child child =
                Child.start("broken", List.of("/bin/sh", "-c", "echo no such flag; exit 3"), folder.resolve("log"));
        await().untilAsserted(() -> assertThatThrownBy(child::mustLive)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ended with 3")
                .hasMessageContaining("no such flag"));
    }

    @Test
    void childThatIgnoresTermIsKilled(@TempDir Path folder) {
        Child child = Child.start(
                "stubborn", List.of("/bin/sh", "-c", "trap '' TERM; while :; do sleep 1; done"), folder.resolve("log"));
        child.stop(Duration.ofMillis(100));
        assertThatThrownBy(child::mustLive).isInstanceOf(IllegalStateException.class);
    }
}
