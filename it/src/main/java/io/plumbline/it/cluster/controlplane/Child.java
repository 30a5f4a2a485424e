package io.plumbline.it.cluster.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// A process of ours that does not survive us: not even a SIGKILL of the JVM (Linux's parent-death signal, where
/// `setpriv` of util-linux is there). An orderly end of the JVM is [ControlPlane]'s to handle.
final class Child {

    /// The parent-death signal follows the thread that started the child, not the process: so that thread never
    /// ends.
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("child-starter").factory());

    private final String name;
    private final Process process;
    private final Path log;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /// Starts `command` with both its outputs appended to `log`.
    static Child start(String name, List<String> command, Path log) {
        List<String> whole = new ArrayList<>(parentDeathSignal());
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            return new Child(name, STARTER.submit(builder::start).get(), log);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot start " + name, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting " + name, e);
        }
    }

    private static List<String> parentDeathSignal() {
        Path setpriv = Path.of("/usr/bin/setpriv");
        return Files.isExecutable(setpriv) ? List.of(setpriv.toString(), "--pdeathsig", "KILL", "--") : List.of();
    }

    long pid() {
        return process.pid();
    }

    /// Throws with the end of its log if the process has ended by itself.
    void mustLive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " ended with " + process.exitValue() + ":\n" + lastLines(log));
        }
    }

    /// SIGTERM, and SIGKILL if it has not ended after `patience`.
    void stop(Duration patience) {
        process.destroy();
        if (!ended(patience)) {
            kill();
        }
    }

    /// SIGKILL.
    void kill() {
        process.destroyForcibly();
        if (!ended(Duration.ofSeconds(30))) {
            throw new IllegalStateException(name + " (" + process.pid() + ") does not end");
        }
    }

    private boolean ended(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String lastLines(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
