package io.plumbline.app;

import java.util.List;

/// One thing that a provider must or may be told.
///
/// @param name as on the command line: `--tencent-region`
/// @param label stands for the value in the help
/// @param variables of the environment, asked in this order where the option is not given
record ProviderOption(String name, String label, String description, List<String> variables, Kind kind) {
    enum Kind {
        NEEDED,
        OPTIONAL,
        /// Optional, and `http://host:port` or `https://host`.
        URL
    }

    ProviderOption {
        variables = List.copyOf(variables);
    }

    static ProviderOption needed(String name, String label, String description, String... variables) {
        return new ProviderOption(name, label, description, List.of(variables), Kind.NEEDED);
    }

    static ProviderOption optional(String name, String label, String description, String... variables) {
        return new ProviderOption(name, label, description, List.of(variables), Kind.OPTIONAL);
    }

    static ProviderOption url(String name, String description, String... variables) {
        return new ProviderOption(name, "URL", description, List.of(variables), Kind.URL);
    }

    /// For the help.
    String help() {
        return description + (variables.isEmpty() ? "" : " Without it: " + String.join(", else ", variables) + ".");
    }
}
