package io.plumbline.it.endtoend;

import io.plumbline.app.Program;
import io.plumbline.it.Main;
import io.plumbline.it.cluster.Waiting;
import io.plumbline.it.laboratory.Laboratory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// `plumbline run` as a process of its own, with the shipped ServiceAccount's token.
record ControllerProcess(Process process, String name) implements AutoCloseable {
    private static final Duration STARTING = Duration.ofSeconds(90);

    /// Starts it; it may have to wait for the lease.
    static ControllerProcess start(Laboratory laboratory, String name) {
        ProcessBuilder builder = new ProcessBuilder(command(laboratory));
        Program.Settings settings = laboratory.settings(laboratory.cluster().server());
        builder.environment().putAll(settings.clouds().environment());
        builder.environment().put("POD_NAME", name);
        builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        try {
            return new ControllerProcess(builder.start(), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Laboratory laboratory) {
        Program.Settings settings = laboratory.settings(laboratory.cluster().server());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        String cloud = laboratory.kind().name();
        command.addAll(List.of("run", "--provider", cloud, "--claim-classless", cloud));
        command.addAll(
                List.of("--kubeconfig", settings.kubeconfig().orElseThrow().toString()));
        if (laboratory.kind().everyPodDirect()) {
            command.addAll(List.of("--pod-network", "vpc"));
        }
        command.addAll(settings.clouds().arguments());
        command.addAll(List.of("--lease-seconds", "3", "--renew-seconds", "2", "--retry-seconds", "0.5"));
        command.addAll(List.of("--status-address", freePlace(), "--webhook-address", freePlace()));
        return command;
    }

    private static String freePlace() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until the lease names it.
    void awaitLeading(Laboratory laboratory) {
        Waiting.until(
                name + " to lead",
                STARTING,
                () -> holder(laboratory)
                        .filter(holder -> holder.startsWith(name))
                        .isPresent());
    }

    /// Who holds the lease; empty while nobody does.
    static Optional<String> holder(Laboratory laboratory) {
        return Optional.ofNullable(laboratory
                        .cluster()
                        .client()
                        .leases()
                        .inNamespace(Laboratory.NAMESPACE)
                        .withName("plumbline-" + laboratory.kind().name())
                        .get())
                .map(lease -> lease.getSpec().getHolderIdentity())
                .filter(holder -> !holder.isBlank());
    }

    /// SIGKILL; returns when it is gone.
    void kill() {
        process.destroyForcibly();
        gone(Duration.ofSeconds(10));
    }

    /// SIGTERM; whether it is gone within the time.
    boolean stop(Duration limit) {
        process.destroy();
        return gone(limit);
    }

    private boolean gone(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
