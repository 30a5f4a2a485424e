package io.plumbline.app;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Where the clouds are, and as whom they are called.
///
/// @param options by their names, as `--tencent-region`; where one is absent or blank the environment counts
/// @param environment where secrets are read, and only there
public record ProviderSettings(SortedMap<String, String> options, Map<String, String> environment) {
    public ProviderSettings {
        options = new TreeMap<>(options);
        environment = Map.copyOf(environment);
    }

    public ProviderSettings(Map<String, String> options, Map<String, String> environment) {
        this(new TreeMap<>(options), environment);
    }

    Optional<String> value(ProviderOption option) {
        return Stream.concat(
                        Optional.ofNullable(options.get(option.name())).stream(),
                        option.variables().stream().flatMap(variable -> variable(variable).stream()))
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    /// Of the environment; a blank one is none.
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /// A variable that was found to be set.
    String needed(String name) {
        return variable(name).orElseThrow(() -> new IllegalStateException(name + " is not set"));
    }

    /// The options as the command line takes them.
    public List<String> arguments() {
        return options.entrySet().stream()
                .flatMap(option -> Stream.of(option.getKey(), option.getValue()))
                .toList();
    }

    /// Without the secrets.
    @Override
    public String toString() {
        return "ProviderSettings" + options;
    }
}
