package io.plumbline.it.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.it.commandline.Script.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When `bin/plumbline` builds. In a clone of its own, with a space in its path, in which `mvn` only says that it
/// was called and writes the class path, which is this test's.
class StaleBuildTest {
    private static final Instant CHECKED_OUT = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> SOURCES =
            List.of("pom.xml", "app/src/main/java/A.java", "manifests/base/a.yaml", "it/controlplane/main.go");
    private static final List<String> OTHERS =
            List.of("README.md", "app/src/test/java/ATest.java", "app/target/pom.xml");

    @TempDir
    private Path folder = Path.of("");

    private Path clone = Path.of("");

    @BeforeEach
    void clonedAndBuiltInOneInstant() throws IOException {
        clone = folder.resolve("a clone");
        for (String script : List.of("bin/plumbline", "bin/jdk")) {
            executable(clone.resolve(script), Files.readString(Script.checkout().resolve(script)));
        }
        executable(
                folder.resolve("tools/mvn"),
                "#!/bin/sh\necho mvn was called\nprintf %s \"$CLASS_PATH\" > it/target/runtime-classpath\n");
        for (String file : SOURCES) {
            written(file);
        }
        for (String file : OTHERS) {
            written(file);
        }
        Files.writeString(written("it/target/runtime-classpath"), System.getProperty("java.class.path"));
        touch("it/target/runtime-classpath", CHECKED_OUT);
    }

    @Test
    void whatIsAsOldAsItsSourcesIsNotBuilt() {
        Ended ended = version();

        assertThat(ended).isEqualTo(new Ended(0, "plumbline 0.1.0\n", ""));
    }

    @Test
    void whatIsOlderThanASourceIsBuiltOnce() throws IOException {
        for (String source : SOURCES) {
            touch(source, Instant.now());
            touch("it/target/runtime-classpath", CHECKED_OUT);

            Ended first = version();
            Ended second = version();

            assertThat(first.exitCode()).isZero();
            assertThat(first.out()).isEqualTo("plumbline 0.1.0\n");
            assertThat(first.err()).as(source).contains("plumbline: building it", "mvn was called");
            assertThat(second.err()).as(source).isEmpty();
            touch(source, CHECKED_OUT);
        }
    }

    @Test
    void testsDocumentsAndWhatIsBuiltAreNoSources() throws IOException {
        for (String file : OTHERS) {
            touch(file, Instant.now());
        }

        assertThat(version().err()).isEmpty();
    }

    @Test
    void whatIsMissingIsBuilt() throws IOException {
        Files.delete(clone.resolve("it/target/runtime-classpath"));

        Ended ended = version();

        assertThat(ended.out()).isEqualTo("plumbline 0.1.0\n");
        assertThat(ended.err()).contains("plumbline: building it");
    }

    @Test
    void aFailedBuildIsToldAndNothingRuns() throws IOException {
        touch("pom.xml", Instant.now());
        executable(folder.resolve("tools/mvn"), "#!/bin/sh\necho it does not compile\nexit 1\n");

        Ended ended = version();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("it does not compile", "could not be built");
    }

    @Test
    void missingMavenIsNamed() throws IOException {
        touch("pom.xml", Instant.now());
        Files.delete(folder.resolve("tools/mvn"));
        for (String tool : List.of("dirname", "find", "head", "grep", "readlink", "cat", "mkdir", "flock")) {
            Path there = Path.of("/usr/bin", tool);
            Files.createSymbolicLink(
                    folder.resolve("tools").resolve(tool), Files.exists(there) ? there : Path.of("/bin", tool));
        }

        Ended ended = version(folder.resolve("tools").toString());

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("Maven", "not on the PATH");
    }

    private Ended version() {
        return version(folder.resolve("tools") + ":" + System.getenv("PATH"));
    }

    private Ended version(String path) {
        return Script.run(
                folder,
                List.of("/bin/sh", clone.resolve("bin/plumbline").toString(), "--version"),
                Map.of("PATH", path, "CLASS_PATH", System.getProperty("java.class.path")));
    }

    private Path written(String file) throws IOException {
        Path path = clone.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "");
        touch(file, CHECKED_OUT);
        return path;
    }

    private void touch(String file, Instant at) throws IOException {
        Files.setLastModifiedTime(clone.resolve(file), FileTime.from(at));
    }

    private static void executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
