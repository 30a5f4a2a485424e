package io.plumbline.it.cluster.controlplane;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The one binary that is etcd, kube-apiserver, kube-controller-manager or kube-scheduler by its argv\[0\].
///
/// `PLUMBLINE_CONTROLPLANE` names a ready one; else it is kept under the user's cache folder, by the hash of its
/// sources, and built there once (minutes, and some gigabytes of Go's own caches).
public final class ControlPlaneBinary {

    private static final List<String> SOURCES = List.of("main.go", "go.mod", "go.sum");

    private ControlPlaneBinary() {}

    /// Where the binary is; builds it first if need be, telling so on stderr.
    ///
    /// @throws IllegalStateException if it must be built and Go is missing, or the build fails
    public static Path locate() {
        return locate(System.getenv());
    }

    static Path locate(Map<String, String> environment) {
        return named(environment).orElseGet(() -> {
            Path cached = cacheFolder(environment).resolve("controlplane-" + sourceHash());
            if (!Files.isExecutable(cached)) {
                build(cached);
            }
            return cached;
        });
    }

    private static Optional<Path> named(Map<String, String> environment) {
        String name = environment.getOrDefault("PLUMBLINE_CONTROLPLANE", "");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Path path = Path.of(name);
        if (!Files.isExecutable(path)) {
            throw new IllegalStateException(
                    "PLUMBLINE_CONTROLPLANE names " + path + ", which is not an executable file");
        }
        return Optional.of(path.toAbsolutePath());
    }

    private static Path cacheFolder(Map<String, String> environment) {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path base = cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return base.resolve("plumbline");
    }

    static String sourceHash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String source : SOURCES) {
                digest.update(source(source));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] source(String name) {
        try (InputStream in = ControlPlaneBinary.class.getResourceAsStream("/controlplane/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the laboratory was packaged without controlplane/" + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One process at a time: whoever has waited finds what the other one built.
    private static synchronized void build(Path target) {
        try {
            Path folder = Files.createDirectories(target.toAbsolutePath().getParent());
            try (FileChannel file = FileChannel.open(folder.resolve("building"), CREATE, WRITE);
                    FileLock mine = file.lock()) {
                if (!Files.isExecutable(target)) {
                    buildIn(folder, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// In a folder of its own and renamed into place, so that half a binary is never found.
    private static void buildIn(Path parent, Path target) throws IOException {
        tell("Building the Kubernetes control plane for the laboratory, once; this takes some minutes ...");
        Path folder = Files.createTempDirectory(parent, "build-");
        try {
            goBuild(folder);
            Files.move(folder.resolve("controlplane"), target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Folders.delete(folder);
        }
        tell("Built " + target);
    }

    private static void goBuild(Path folder) throws IOException {
        for (String source : SOURCES) {
            Files.write(folder.resolve(source), source(source));
        }
        // -v names each package as it is compiled: the only sign of life in minutes.
        ProcessBuilder build =
                new ProcessBuilder("go", "build", "-v", "-trimpath", "-ldflags=-s -w", "-o", "controlplane", ".");
        build.environment().put("CGO_ENABLED", "0");
        build.directory(folder.toFile()).redirectErrorStream(true);
        Process process = start(build);
        try (InputStream out = process.getInputStream()) {
            out.transferTo(System.err);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("go build of the control plane failed; its output is above");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while building the control plane", e);
        } finally {
            process.destroy();
        }
    }

    private static Process start(ProcessBuilder build) {
        try {
            return build.start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The laboratory needs Go 1.26 or newer to build its Kubernetes control plane, and no `go` is on the"
                            + " PATH. Install Go, or let PLUMBLINE_CONTROLPLANE name a ready binary.",
                    e);
        }
    }

    private static void tell(String line) {
        System.err.println(line);
    }
}
