package io.plumbline.controller.snapshot;

import io.plumbline.spi.objects.CustomObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Files -> a small cluster. Reads YAML and JSON: single objects, lists, several documents, folders.
///
/// Kinds that no decision needs are passed over. This is the one place of the package that touches files.
public final class Manifests {
    /// Names standard input instead of a file.
    public static final String STANDARD_INPUT = "-";

    private Manifests() {}

    /// What reading brought.
    public sealed interface Reading {
        record Read(ClusterObjects objects) implements Reading {}

        /// @param message names the file and says what is wrong with it
        record Unreadable(String message) implements Reading {}
    }

    /// Reads files and folders; of a folder its own `.yaml`, `.yml` and `.json` files by name, as kubectl
    /// does.
    ///
    /// @param standardInput read where a path is `-`
    /// @param customKinds kinds of custom objects that are wanted, from the dialect
    public static Reading read(List<String> paths, InputStream standardInput, List<CustomObject.Kind> customKinds) {
        Gathering gathering = new Gathering(customKinds);
        for (String path : paths) {
            try {
                for (Source source : sources(path, standardInput)) {
                    gathering.add(source.name(), source.text());
                }
            } catch (NoSuchFileException e) {
                return new Reading.Unreadable(path + " does not exist");
            } catch (IOException e) {
                return new Reading.Unreadable(path + " cannot be read: " + e);
            } catch (Malformed e) {
                return new Reading.Unreadable(e.getMessage());
            }
        }
        return new Reading.Read(gathering.objects());
    }

    private record Source(String name, String text) {}

    private static List<Source> sources(String path, InputStream standardInput) throws IOException {
        if (path.equals(STANDARD_INPUT)) {
            String text = new String(standardInput.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(new Source("standard input", text));
        }
        List<Source> sources = new ArrayList<>();
        for (Path file : files(Path.of(path))) {
            sources.add(new Source(file.toString(), Files.readString(file)));
        }
        return sources;
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().matches("[^.].*\\.(yaml|yml|json)"))
                    .sorted()
                    .toList();
        }
    }

    /// A document that is no Kubernetes object, or one with a wrong field.
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;
        private final String message;

        Malformed(String message) {
            super(message);
            this.message = message;
        }

        @Override
        public String getMessage() {
            return message;
        }
    }
}
