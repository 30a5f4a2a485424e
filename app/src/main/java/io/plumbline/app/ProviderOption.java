package io.plumbline.app;

import java.util.List;
import java.util.Optional;

/// One thing that a provider must or may be told.
///
/// @param name as on the command line: `--tencent-region`
/// @param label stands for the value in the help
/// @param variables of the environment, asked in this order where the option is not given
/// @param form what a value must look like, where more than a word is known of it
record ProviderOption(
        String name, String label, String description, List<String> variables, boolean needed, Optional<Form> form) {
    /// @param words say what the pattern asks for
    record Form(String pattern, String words) {}

    private static final Form URL = new Form("https?://[^/]+", "http://host:port or https://host");

    ProviderOption {
        variables = List.copyOf(variables);
    }

    static ProviderOption needed(String name, String label, String description, String... variables) {
        return new ProviderOption(name, label, description, List.of(variables), true, Optional.empty());
    }

    static ProviderOption optional(String name, String label, String description, String... variables) {
        return new ProviderOption(name, label, description, List.of(variables), false, Optional.empty());
    }

    static ProviderOption url(String name, String description, String... variables) {
        return optional(name, "URL", description, variables).of(URL);
    }

    /// The same, with a form.
    ProviderOption of(Form form) {
        return new ProviderOption(name, label, description, variables, needed, Optional.of(form));
    }

    /// What is wrong with the value, as what is needed instead of it.
    Optional<String> missing(Optional<String> value) {
        if (value.isEmpty()) {
            return needed ? Optional.of(name + instead()) : Optional.empty();
        }
        return form.filter(expected -> !value.get().matches(expected.pattern()))
                .map(expected -> name + " to be " + expected.words() + ", not " + value.get());
    }

    private String instead() {
        return variables.isEmpty() ? "" : " (or environment variable " + String.join(" or ", variables) + ")";
    }

    /// For the help.
    String help() {
        return description + (variables.isEmpty() ? "" : " Without it: " + String.join(", else ", variables) + ".");
    }
}
