package io.plumbline.it.commandline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Calls a program and keeps what it says.
final class Script {
    private static final long PATIENCE_SECONDS = 120;

    /// What begins so is for a cloud.
    private static final List<String> CLOUDS = List.of("TENCENTCLOUD_", "TKE_", "ALIBABA_CLOUD_", "AWS_");

    private Script() {}

    /// What a call brought.
    record Ended(int exitCode, String out, String err) {}

    /// The clone that this test runs in.
    static Path checkout() {
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .filter(folder -> Files.isExecutable(folder.resolve("bin/plumbline")))
                .findFirst()
                .orElseThrow();
    }

    /// A process that finds this test's JDK.
    static ProcessBuilder process(Path folder, List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeIf(name -> CLOUDS.stream().anyMatch(name::startsWith));
        builder.environment().putAll(environment);
        return builder;
    }

    static Ended run(Path folder, List<String> command, Map<String, String> environment) {
        try {
            Path out = Files.createTempFile("out", "");
            Path err = Files.createTempFile("err", "");
            Process process = process(folder, command, environment)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            Ended result = new Ended(ended ? process.exitValue() : -1, Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
