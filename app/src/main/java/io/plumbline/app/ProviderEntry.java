package io.plumbline.app;

import io.plumbline.spi.CallGate;
import io.plumbline.spi.Provider;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// All that the program knows of one provider. The provider's own classes, and with them its cloud's client library,
/// are loaded only when one of the two factories is called.
///
/// @param name as `--provider` gives it, and in `plumbline.io/NAME`
/// @param title for the help
/// @param credentials the ways to come by them, in the order in which they are tried; none where none are needed
/// @param offline for its pure verbs alone: it reads annotations and fills in defaults, and has no account
/// @param online makes a provider that calls its cloud through a gate; called only where nothing is missing
record ProviderEntry(
        String name,
        String title,
        List<ProviderOption> options,
        List<CredentialSource> credentials,
        Supplier<Provider> offline,
        Function<ProviderSettings, Function<CallGate, Provider>> online) {
    ProviderEntry {
        options = List.copyOf(options);
        credentials = List.copyOf(credentials);
    }

    /// All that is missing or malformed, with what to do about it.
    Optional<String> needs(ProviderSettings settings) {
        List<String> missing = Stream.concat(
                        options.stream().flatMap(option -> option.missing(settings.value(option)).stream()),
                        CredentialSource.missing(credentials, settings).stream())
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("provider " + name + " needs " + String.join(", ", missing));
    }
}
