package io.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

class ProviderOptionsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "TENCENTCLOUD_REGION", "from-environment",
            "TENCENTCLOUD_VPC_ID", "vpc-environment",
            "TENCENTCLOUD_CLB_ENDPOINT", " ");

    @Test
    void environmentStandsInForOptions() {
        assertThat(value("--tencent-region")).contains("from-environment");
        assertThat(value("--tencent-vpc-id")).contains("vpc-environment");
    }

    @Test
    void optionsComeFirst() {
        String[] arguments = {"--tencent-region", "ap-guangzhou", "--tencent-endpoint", "http://127.0.0.1:1"};

        assertThat(value("--tencent-region", arguments)).contains("ap-guangzhou");
        assertThat(value("--tencent-vpc-id", arguments)).contains("vpc-environment");
        assertThat(value("--tencent-endpoint", arguments)).contains("http://127.0.0.1:1");
    }

    @Test
    void blankIsMissing() {
        assertThat(value("--tencent-region", "--tencent-region", "")).contains("from-environment");
        assertThat(value("--tencent-endpoint")).isEmpty();
    }

    @Test
    void argumentsAreWhatWasGiven() {
        List<String> arguments = List.of("--tencent-endpoint", "http://127.0.0.1:1", "--tencent-region", "x");

        assertThat(settings(arguments.toArray(String[]::new)).arguments()).isEqualTo(arguments);
    }

    @Test
    void everyOptionOfAProviderBearsItsName() {
        assertThat(Providers.ALL)
                .allSatisfy(entry -> assertThat(entry.options())
                        .allSatisfy(option -> assertThat(option.name()).startsWith("--" + entry.name() + "-")));
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(new ProviderSettings(Map.of(), Map.of("SECRET", "hidden")).toString())
                .doesNotContain("hidden");
    }

    @Command(modelTransformer = ProviderOptions.class)
    private static final class Some {
        @Spec
        private CommandSpec spec = CommandSpec.create();
    }

    private static Optional<String> value(String option, String... arguments) {
        ProviderSettings settings = settings(arguments);
        return Providers.ALL.stream()
                .flatMap(entry -> entry.options().stream())
                .filter(one -> one.name().equals(option))
                .findFirst()
                .flatMap(settings::value);
    }

    private static ProviderSettings settings(String... arguments) {
        Some some = new Some();
        new CommandLine(some).parseArgs(arguments);
        return ProviderOptions.settings(some.spec, ENVIRONMENT);
    }
}
