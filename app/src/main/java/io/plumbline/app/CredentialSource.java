package io.plumbline.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One way in which a process is given credentials: by variables of its environment, never by options.
///
/// @param name as documents call it
/// @param needed all of these are set where this way is meant
/// @param useful may be set beside them
/// @param tokenFile the one of the needed that names a file with a token, which is read again before it expires
record CredentialSource(String name, List<String> needed, List<String> useful, Optional<String> tokenFile) {
    CredentialSource {
        needed = List.copyOf(needed);
        useful = List.copyOf(useful);
    }

    /// A pair of keys and, for temporary ones, a token.
    static CredentialSource keys(String id, String secret, String token) {
        return new CredentialSource("keys", List.of(id, secret), List.of(token), Optional.empty());
    }

    /// A token that the cluster puts into a file, and that the cloud takes for credentials.
    static CredentialSource tokenFile(String name, String tokenFile, String... others) {
        List<String> needed =
                Stream.concat(Stream.of(others), Stream.of(tokenFile)).toList();
        return new CredentialSource(name, needed, List.of(), Optional.of(tokenFile));
    }

    /// The first of them that is complete.
    static Optional<CredentialSource> first(List<CredentialSource> sources, ProviderSettings settings) {
        return sources.stream().filter(source -> source.complete(settings)).findFirst();
    }

    /// What is wrong, with its remedy; empty where credentials are at hand, or none are needed.
    static Optional<String> missing(List<CredentialSource> sources, ProviderSettings settings) {
        if (sources.isEmpty()) {
            return Optional.empty();
        }
        return first(sources, settings)
                .map(source -> source.unreadable(settings))
                .orElseGet(() -> Optional.of("credentials: "
                        + begun(sources, settings)
                                .map(source -> source.rest(settings))
                                .orElseGet(() -> ways(sources))));
    }

    private static Optional<CredentialSource> begun(List<CredentialSource> sources, ProviderSettings settings) {
        return sources.stream()
                .filter(source -> source.needed.stream()
                        .anyMatch(name -> settings.variable(name).isPresent()))
                .findFirst();
    }

    private static String ways(List<CredentialSource> sources) {
        return sources.stream().map(CredentialSource::text).collect(Collectors.joining(", or "));
    }

    private boolean complete(ProviderSettings settings) {
        return needed.stream().allMatch(name -> settings.variable(name).isPresent());
    }

    private String rest(ProviderSettings settings) {
        return needed.stream()
                        .filter(name -> settings.variable(name).isEmpty())
                        .map(name -> "environment variable " + name)
                        .collect(Collectors.joining(" and "))
                + " (for " + text() + ")";
    }

    private Optional<String> unreadable(ProviderSettings settings) {
        return tokenFile
                .filter(name -> settings.variable(name)
                        .map(Path::of)
                        .filter(Files::isReadable)
                        .isEmpty())
                .map(name -> "credentials: a file that can be read at " + name + "="
                        + settings.variable(name).orElse("") + " (mount the ServiceAccount's token there)");
    }

    /// `NAME (VARIABLE, VARIABLE)`.
    String text() {
        String optional = useful.isEmpty() ? "" : "; for temporary ones also " + String.join(", ", useful);
        return name + " (" + String.join(", ", needed) + optional + ")";
    }
}
