package io.plumbline.fake;

import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.objects.ServiceView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// One Service's annotations under `fake.plumbline.io/`, read one by one. A value that cannot be read
/// is a problem and counts as absent; a key that nobody asked for is one as well.
final class Annotations {
    static final String PREFIX = "fake.plumbline.io/";

    private final ServiceView service;
    private final SortedSet<String> asked = new TreeSet<>();
    private final List<Problem> problems = new ArrayList<>();

    Annotations(ServiceView service) {
        this.service = service;
    }

    Optional<String> text(String name) {
        asked.add(name);
        return Optional.ofNullable(service.metadata().annotations().get(PREFIX + name))
                .map(String::strip)
                .filter(value -> !value.isEmpty() || problem(name, "is empty: give it a value or remove it"));
    }

    Setting<Boolean> flag(String name) {
        return Setting.of(text(name)
                .filter(value ->
                        value.equals("true") || value.equals("false") || problem(name, "must be true or false"))
                .map(Boolean::parseBoolean));
    }

    Setting<Integer> number(String name, int lowest, int highest) {
        return Setting.of(text(name)
                .flatMap(Annotations::parsed)
                .filter(value -> lowest <= value && value <= highest)
                .or(() -> {
                    if (text(name).isPresent()) {
                        problem(name, "must be a whole number from " + lowest + " to " + highest);
                    }
                    return Optional.empty();
                }));
    }

    Setting<Duration> seconds(String name, int lowest, int highest) {
        return Setting.of(number(name, lowest, highest).asOptional().map(Duration::ofSeconds));
    }

    /// One of these words, and what it stands for.
    <T> Setting<T> word(String name, Map<String, T> words) {
        return Setting.of(text(name)
                .filter(value -> words.containsKey(value)
                        || problem(name, "must be one of " + String.join(", ", words.keySet())))
                .map(words::get));
    }

    private static Optional<Integer> parsed(String value) {
        try {
            return Optional.of(Integer.parseInt(value));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// Notes it and gives false.
    boolean problem(String name, String what) {
        String value = service.metadata().annotations().getOrDefault(PREFIX + name, "");
        problems.add(new Problem(
                service.key(), PREFIX + name, "annotation " + PREFIX + name + " \"" + value + "\" " + what));
        return false;
    }

    /// All problems, those of unknown keys included.
    List<Problem> problems() {
        for (String key : service.metadata().annotations().keySet()) {
            if (key.startsWith(PREFIX) && !asked.contains(key.substring(PREFIX.length()))) {
                problem(key.substring(PREFIX.length()), "is unknown: mend its name or remove it");
            }
        }
        return problems.stream().distinct().sorted().toList();
    }

    static <T> Map<String, T> words(List<String> names, List<T> values) {
        Map<String, T> words = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            words.put(names.get(i), values.get(i));
        }
        return words;
    }
}
