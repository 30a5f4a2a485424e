package io.plumbline.it.clouds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// Reads the JSON files that come with the simulation.
public final class Resources {
    /// Reads and writes JSON.
    public static final ObjectMapper JSON = new ObjectMapper();

    private Resources() {}

    /// A file of the class path, for example `/contracts/x.json`.
    ///
    /// @throws IllegalStateException when there is no such file
    public static JsonNode json(String path) {
        try (InputStream file = Resources.class.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException("missing resource " + path);
            }
            return JSON.readTree(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
