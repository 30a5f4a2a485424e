package io.plumbline.it.simulate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/// `simulate` as a process of its own.
final class SimulateProcess implements AutoCloseable {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    final String firstLine;
    private final Process process;

    private SimulateProcess(Process process, String firstLine) {
        this.process = process;
        this.firstLine = firstLine;
    }

    /// What the process runs.
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Simulate()).execute(arguments));
    }

    static SimulateProcess start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SimulateProcess.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String firstLine =
                Optional.ofNullable(out.readLine()).orElseThrow(() -> new IOException("simulate ended without a line"));
        return new SimulateProcess(process, firstLine);
    }

    /// Stops it by SIGTERM.
    ///
    /// @throws IllegalStateException when it does not stop in time
    @Override
    public void close() {
        process.destroy();
        try {
            process.onExit()
                    .orTimeout(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException late) {
            process.destroyForcibly();
            throw new IllegalStateException("simulate did not stop within " + LONGEST_STOP, late);
        }
    }
}
