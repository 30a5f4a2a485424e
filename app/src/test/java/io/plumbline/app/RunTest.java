package io.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunTest {
    /// The tests' environment has no account; without one nothing else of `run` comes to pass.
    @Test
    void allThatIsMissingIsNamedAtOnce() {
        Called called = run("--provider", "fake", "--provider", "tencent");

        assertThat(called.exitCode()).isEqualTo(1);
        assertThat(called.out()).isEmpty();
        assertThat(called.err())
                .containsOnlyOnce("\n")
                .contains("provider tencent needs")
                .contains("--tencent-region", "--tencent-vpc-id")
                .contains("TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY")
                .contains("or TKE OIDC (TKE_ROLE_ARN, TKE_PROVIDER_ID, TKE_WEB_IDENTITY_TOKEN_FILE)");
    }

    @Test
    void whatIsThereIsNotNamed() {
        Called called = run("--provider", "tencent", "--tencent-region", "ap-guangzhou");

        assertThat(called.err()).contains("--tencent-vpc-id").doesNotContain("--tencent-region");
    }

    @Test
    void missingThingsComeBeforeTheNetwork() {
        Called called = run("--provider", "tencent", "--kubeconfig", "absent");

        assertThat(called.err()).contains("provider tencent needs").doesNotContain("kubeconfig");
    }

    @Test
    void wrongValuesAreToldInWords() {
        assertRefused(run(), "Missing required option: '--provider=NAME'");
        assertRefused(run("--provider", "fake", "--mode", "dry"), "it is sync, upsert-only or observe, not dry");
        assertRefused(run("--provider", "fake", "--pod-network", "x"), "it is signs or vpc, not x");
        assertRefused(run("--provider", "fake", "--status-address", "8080"), "an address such as 0.0.0.0:8080");
        assertRefused(run("--provider", "fake", "--webhook-address", "h:1x"), "an address such as 0.0.0.0:8080");
        assertRefused(run("--provider", "fake", "--claim-classless", "tencent"), "run are: fake");
        assertRefused(run("--provider", "fake", "--lease-seconds", "5"), "--lease-seconds must be more than");
        assertRefused(run("--provider", "nimbus"), "no provider is called nimbus; there are ");
        assertRefused(
                run("--provider", "tencent", "--tencent-endpoint", "clb"),
                "--tencent-endpoint to be http://host:port or https://host, not clb");
        assertRefused(run("--provider", "fake", "--kubeconfig", "absent"), "the kubeconfig absent does not exist");
    }

    private static void assertRefused(Called called, String message) {
        assertThat(called.exitCode()).isEqualTo(1);
        assertThat(called.err()).contains(message).doesNotContain("\tat ");
    }

    private static Called run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "run";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Called.plumbline(all);
    }
}
