package io.plumbline.it.scenario;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A YAML mapping whose every key must be asked for: a key that nobody knows is a mistake in the scenario.
final class Tree {
    private final String where;
    private final Map<String, Object> unread = new LinkedHashMap<>();

    private Tree(String where, Map<?, ?> values) {
        this.where = where;
        values.forEach((key, value) -> unread.put(String.valueOf(key), value));
    }

    /// Empty where there is no such file.
    static Tree read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new Tree(file.toString(), Map.of());
        }
        Object parsed = new KubernetesSerialization().unmarshal(Files.readString(file), Map.class);
        return new Tree(file.toString(), parsed instanceof Map<?, ?> map ? map : Map.of());
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(unread.remove(key)).map(String::valueOf);
    }

    String text(String key, String absent) {
        return text(key).orElse(absent);
    }

    int number(String key, int absent) {
        return text(key).map(Integer::parseInt).orElse(absent);
    }

    boolean flag(String key, boolean absent) {
        return text(key).map(Boolean::parseBoolean).orElse(absent);
    }

    /// Written as `90s`, `10m`, `2h`.
    Duration duration(String key, String absent) {
        return Duration.parse("PT" + text(key, absent).toUpperCase(java.util.Locale.ROOT));
    }

    List<String> texts(String key) {
        return Optional.ofNullable(unread.remove(key)).stream()
                .flatMap(value -> ((List<?>) value).stream())
                .map(String::valueOf)
                .toList();
    }

    SortedMap<String, String> map(String key) {
        SortedMap<String, String> map = new TreeMap<>();
        if (unread.remove(key) instanceof Map<?, ?> values) {
            values.forEach((name, value) -> map.put(String.valueOf(name), String.valueOf(value)));
        }
        return map;
    }

    Optional<Tree> tree(String key) {
        return unread.remove(key) instanceof Map<?, ?> values
                ? Optional.of(new Tree(where + " " + key, values))
                : Optional.empty();
    }

    List<Tree> trees(String key) {
        List<Tree> trees = new ArrayList<>();
        if (unread.remove(key) instanceof List<?> values) {
            values.forEach(value -> trees.add(new Tree(where + " " + key, (Map<?, ?>) value)));
        }
        return trees;
    }

    /// A list of objects, as a JSON list of Kubernetes.
    String json(String key) {
        List<?> items = unread.remove(key) instanceof List<?> values ? values : List.of();
        return new KubernetesSerialization().asJson(Map.of("kind", "List", "items", items));
    }

    /// Everything has been read.
    void end() {
        if (!unread.isEmpty()) {
            throw new IllegalArgumentException(where + ": unknown " + unread.keySet());
        }
    }
}
