package io.plumbline.app;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/// Where the clouds are. Secrets come from the environment, never from the command line.
public final class ProviderOptions {
    /// The providers that the program has, as `--provider` names them.
    public static final List<String> NAMES = List.of("tencent", "fake");

    @Option(
            names = "--tencent-region",
            paramLabel = "REGION",
            description = "Tencent: the region, for example ap-guangzhou. Without it: TENCENTCLOUD_REGION.")
    private String tencentRegion = "";

    @Option(
            names = "--tencent-vpc-id",
            paramLabel = "ID",
            description = "Tencent: the cluster's VPC, for example vpc-1a2b3c4d. Without it: TENCENTCLOUD_VPC_ID.")
    private String tencentVpcId = "";

    @Option(
            names = "--tencent-endpoint",
            paramLabel = "URL",
            description = "Tencent: where CLB is called. Without it: TENCENTCLOUD_CLB_ENDPOINT, else the public"
                    + " endpoint.")
    private String tencentEndpoint = "";

    /// What is set by options or, where an option is missing, by the environment.
    ProviderSettings settings(Map<String, String> environment) {
        return new ProviderSettings(
                first(tencentRegion, environment, "TENCENTCLOUD_REGION"),
                first(tencentVpcId, environment, "TENCENTCLOUD_VPC_ID"),
                first(tencentEndpoint, environment, "TENCENTCLOUD_CLB_ENDPOINT"),
                environment);
    }

    private static Optional<String> first(String option, Map<String, String> environment, String variable) {
        return Stream.of(option, environment.getOrDefault(variable, ""))
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    /// Options and environment, put together.
    ///
    /// @param environment where secrets are read
    public record ProviderSettings(
            Optional<String> tencentRegion,
            Optional<String> tencentVpcId,
            Optional<String> tencentEndpoint,
            Map<String, String> environment) {}
}
