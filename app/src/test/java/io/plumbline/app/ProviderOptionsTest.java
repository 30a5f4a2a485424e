package io.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.app.ProviderOptions.ProviderSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ProviderOptionsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "TENCENTCLOUD_REGION", "from-environment",
            "TENCENTCLOUD_VPC_ID", "vpc-environment",
            "TENCENTCLOUD_CLB_ENDPOINT", " ");

    @Test
    void environmentStandsInForOptions() {
        ProviderSettings settings = settings();

        assertThat(settings.tencentRegion()).contains("from-environment");
        assertThat(settings.tencentVpcId()).contains("vpc-environment");
    }

    @Test
    void optionsComeFirst() {
        ProviderSettings settings =
                settings("--tencent-region", "ap-guangzhou", "--tencent-endpoint", "http://127.0.0.1:1");

        assertThat(settings.tencentRegion()).contains("ap-guangzhou");
        assertThat(settings.tencentVpcId()).contains("vpc-environment");
        assertThat(settings.tencentEndpoint()).contains("http://127.0.0.1:1");
    }

    @Test
    void blankIsMissing() {
        assertThat(settings("--tencent-region", "").tencentRegion()).contains("from-environment");
        assertThat(settings().tencentEndpoint()).isEmpty();
    }

    @Command
    private static final class Some {
        @Mixin
        private ProviderOptions options = new ProviderOptions();
    }

    private static ProviderSettings settings(String... arguments) {
        Some some = new Some();
        new CommandLine(some).parseArgs(arguments);
        return some.options.settings(ENVIRONMENT);
    }
}
