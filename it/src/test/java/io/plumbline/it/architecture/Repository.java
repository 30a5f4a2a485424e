package io.plumbline.it.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The files of this repository, found from wherever the test runs.
final class Repository {
    static final Path ROOT = root();
    private static final Set<String> NOT_SOURCES = Set.of("target", ".git", "node_modules");

    /// The clouds that are called over the network; each is a folder of `providers` and a package of that name.
    static final List<String> CLOUDS = List.of("aliyun", "aws", "tencent");

    /// The clouds, and the one in memory.
    static final List<String> PROVIDERS =
            Stream.concat(Stream.of("fake"), CLOUDS.stream()).toList();

    /// Every Maven module, as a folder below the root.
    static final List<String> MODULES = Stream.concat(
                    Stream.of("providers/spi", "controller", "readiness-gate", "app", "it"),
                    PROVIDERS.stream().map("providers/"::concat))
            .toList();

    private Repository() {}

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(here.resolve("providers/spi"))) {
            here = here.getParent();
            if (here == null) {
                throw new IllegalStateException("this test runs inside the repository");
            }
        }
        return here;
    }

    /// The files below `folder` whose names end so, sorted; none if there is no such folder.
    static List<Path> files(String folder, String ending) {
        Path top = ROOT.resolve(folder);
        if (!Files.isDirectory(top)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(top)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().endsWith(ending))
                    .filter(file -> Stream.iterate(file, path -> path != null && !path.equals(top), Path::getParent)
                            .noneMatch(path ->
                                    NOT_SOURCES.contains(path.getFileName().toString())))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As people name it.
    static String name(Path file) {
        return ROOT.relativize(file).toString();
    }
}
