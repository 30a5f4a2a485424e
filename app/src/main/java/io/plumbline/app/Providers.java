package io.plumbline.app;

import io.plumbline.spi.CallGate;
import io.plumbline.spi.Provider;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The providers that the program has. One line here, and one file that it names, is all that another one takes.
final class Providers {
    static final List<ProviderEntry> ALL =
            List.of(AliyunEntry.ENTRY, AwsEntry.ENTRY, TencentEntry.ENTRY, FakeEntry.ENTRY);

    /// As `--provider` takes them.
    static final List<String> NAMES = ALL.stream().map(ProviderEntry::name).toList();

    private Providers() {}

    /// A provider that calls its cloud through the gate it is given; nothing is called yet.
    ///
    /// @throws UserError naming all that is missing
    static Function<CallGate, Provider> online(String name, ProviderSettings settings) {
        return online(List.of(name), settings).getFirst();
    }

    /// The same for several, in their order.
    static List<Function<CallGate, Provider>> online(List<String> names, ProviderSettings settings) {
        List<ProviderEntry> entries = names.stream().map(Providers::entry).toList();
        List<String> needs = entries.stream()
                .distinct()
                .map(entry -> entry.needs(settings))
                .flatMap(Optional::stream)
                .toList();
        if (!needs.isEmpty()) {
            throw new UserError(String.join("; ", needs));
        }
        return entries.stream().map(entry -> entry.online().apply(settings)).toList();
    }

    /// A provider for its pure verbs alone: it reads annotations and fills in defaults, and has no account.
    static Provider offline(String name) {
        return entry(name).offline().get();
    }

    private static ProviderEntry entry(String name) {
        return ALL.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new UserError("no provider is called " + name + "; there are " + String.join(", ", NAMES)));
    }
}
