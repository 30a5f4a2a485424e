package io.plumbline.app;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// Gives a command `--provider`'s names and the options of every provider, as [Providers#ALL] lists them.
final class ProviderOptions implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec command) {
        Providers.ALL.stream()
                .filter(entry -> !entry.options().isEmpty())
                .forEach(entry -> command.addArgGroup(group(entry)));
        String[] footer = Stream.concat(
                        credentials().stream(), Stream.of(command.usageMessage().footer()))
                .toArray(String[]::new);
        command.usageMessage().footer(footer);
        return command;
    }

    private static ArgGroupSpec group(ProviderEntry entry) {
        ArgGroupSpec.Builder group =
                ArgGroupSpec.builder().heading("%n" + entry.title() + ":%n").validate(false);
        entry.options().forEach(option -> group.addArg(option(option)));
        return group.build();
    }

    private static OptionSpec option(ProviderOption option) {
        return OptionSpec.builder(option.name())
                .paramLabel(option.label())
                .type(String.class)
                .description(option.help())
                .build();
    }

    private static List<String> credentials() {
        Stream<String> ways = Providers.ALL.stream()
                .flatMap(entry ->
                        entry.credentials().stream().map(source -> "  " + entry.name() + ": " + source.text()));
        return Stream.concat(
                        Stream.of("%nCredentials come from the environment; the first of a provider that is complete"
                                + " counts:"),
                        ways)
                .toList();
    }

    /// What this call was given.
    static ProviderSettings settings(CommandSpec command, Map<String, String> environment) {
        ParseResult parsed = command.commandLine().getParseResult();
        TreeMap<String, String> given = new TreeMap<>();
        Providers.ALL.stream()
                .flatMap(entry -> entry.options().stream())
                .map(ProviderOption::name)
                .filter(parsed::hasMatchedOption)
                .forEach(name -> given.put(name, parsed.matchedOptionValue(name, "")));
        return new ProviderSettings(given, environment);
    }
}
