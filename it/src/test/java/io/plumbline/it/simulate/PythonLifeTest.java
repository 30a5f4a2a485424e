package io.plumbline.it.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The clouds' own Python SDKs, in a virtual environment made here, live a whole life against `simulate`, and are
/// refused where the real API refuses.
class PythonLifeTest {
    private static final Path SOURCES = Path.of("src", "test", "python").toAbsolutePath();
    private static final Path ENVIRONMENT = Path.of("target", "python").toAbsolutePath();

    @ParameterizedTest
    @CsvSource({"tencent, tencent_life", "aliyun, aliyun_life", "aliyun, aliyun_older_life", "aws, aws_life"})
    void pythonLivesAWholeLifeAgainstSimulate(String cloud, String story) throws Exception {
        makeEnvironment();
        try (SimulateProcess simulate = SimulateProcess.start("--clouds", cloud)) {
            Path output = ENVIRONMENT.resolve(story + ".log");
            Process life = new ProcessBuilder(
                            python(), "-u", SOURCES.resolve(story + ".py").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            life.outputWriter(StandardCharsets.UTF_8)
                    .append(simulate.firstLine + "\n")
                    .close();
            boolean ended = life.waitFor(5, TimeUnit.MINUTES);
            life.destroyForcibly();

            assertThat(Files.readString(output)).endsWith("a whole life\n");
            assertThat(ended).isTrue();
            assertThat(life.exitValue()).isZero();
        }
    }

    @Test
    void theFirstLineNamesTheEndpointTheKeysAndWhatExists() throws Exception {
        try (SimulateProcess simulate =
                SimulateProcess.start("--clouds", "tencent", "--turn-off", "requests-per-second")) {
            JsonNode tencent = new ObjectMapper().readTree(simulate.firstLine).path("tencent");

            assertThat(tencent.properties().stream().map(Map.Entry::getKey))
                    .containsExactly(
                            "endpoint",
                            "region",
                            "secretId",
                            "secretKey",
                            "vpcId",
                            "identityProvider",
                            "roleArn",
                            "subnetIds",
                            "securityGroupIds",
                            "instanceIds");
            assertThat(tencent.path("endpoint").asText()).startsWith("http://127.0.0.1:");
            for (String plural : List.of("subnetIds", "securityGroupIds", "instanceIds")) {
                assertThat(tencent.path(plural)).hasSizeGreaterThanOrEqualTo(2);
            }
        }
    }

    @Test
    void oneProcessServesThreeClouds() throws Exception {
        try (SimulateProcess simulate = SimulateProcess.start(
                "--clouds",
                "aliyun,tencent,aws",
                "--turn-off",
                "requests-per-second,deregistered-still-serves-millis")) {
            JsonNode clouds = new ObjectMapper().readTree(simulate.firstLine);

            assertThat(clouds.properties().stream().map(Map.Entry::getKey)).containsExactly("aliyun", "tencent", "aws");
            for (JsonNode cloud : clouds) {
                assertThat(cloud.path("endpoint").asText()).startsWith("http://127.0.0.1:");
                for (String plural : List.of("subnetIds", "securityGroupIds", "instanceIds")) {
                    assertThat(cloud.path(plural)).hasSizeGreaterThanOrEqualTo(2);
                }
            }
        }
    }

    private static String python() {
        return ENVIRONMENT.resolve("bin").resolve("python").toString();
    }

    /// Once per set of pinned versions.
    private static void makeEnvironment() throws IOException, InterruptedException {
        Path wanted = SOURCES.resolve("requirements.txt");
        Path made = ENVIRONMENT.resolve("made-of.txt");
        if (Files.exists(made) && Files.mismatch(wanted, made) < 0) {
            return;
        }
        run("python3", "-m", "venv", "--clear", ENVIRONMENT.toString());
        run(python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", wanted.toString());
        Files.copy(wanted, made);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "python-environment.log").toFile())
                .start();
        boolean ended = process.waitFor(10, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0)
                .as(String.join(" ", command))
                .isTrue();
    }
}
