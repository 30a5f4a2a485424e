package io.plumbline.it.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.it.Main;
import io.plumbline.it.commandline.Script.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a start costs: a cloud's client library is big, and is loaded by those alone who have chosen that cloud.
class StartTest {
    /// The packages of each cloud's libraries, as the JVM lists the classes that it loads.
    private static final Map<String, List<String>> LIBRARIES = Map.of(
            "aliyun",
            List.of(" com.aliyun."),
            "aws",
            List.of(" software.amazon."),
            "tencent",
            List.of(" com.tencentcloudapi."));

    @TempDir
    private Path folder = Path.of("");

    static Stream<String> clouds() {
        return LIBRARIES.keySet().stream().sorted();
    }

    @Test
    void aProviderWithoutACloudLoadsNoLibraryOfOne() throws IOException {
        assertThat(loaded("fake")).noneMatch(line -> libraries().anyMatch(line::contains));
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aProviderLoadsNoLibraryOfAnotherCloud(String cloud) throws IOException {
        List<String> own = LIBRARIES.getOrDefault(cloud, List.of());

        assertThat(loaded(cloud))
                .noneMatch(line ->
                        libraries().filter(library -> !own.contains(library)).anyMatch(line::contains));
    }

    private static Stream<String> libraries() {
        return LIBRARIES.values().stream().flatMap(List::stream);
    }

    private List<String> loaded(String provider) throws IOException {
        Path log = folder.resolve("classes");
        Ended plan = Script.run(
                Script.checkout(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xlog:class+load:file=" + log,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "plan",
                        "-f",
                        "manifests/examples/tencent-direct",
                        "--provider",
                        provider),
                Map.of());
        assertThat(plan.exitCode()).as(plan.err()).isEqualTo(2);
        List<String> lines = Files.readAllLines(log);
        assertThat(lines).hasSizeGreaterThan(1000).anyMatch(line -> line.contains(" io.plumbline." + provider + "."));
        return lines;
    }
}
