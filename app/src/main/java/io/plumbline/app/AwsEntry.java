package io.plumbline.app;

import io.plumbline.aws.AwsProvider;
import io.plumbline.aws.AwsSettings;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Provider;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// AWS NLB on the command line.
final class AwsEntry {
    private static final ProviderOption REGION = ProviderOption.needed(
            "--aws-region", "REGION", "The region, for example eu-central-1.", "AWS_REGION", "AWS_DEFAULT_REGION");
    private static final ProviderOption VPC_ID = ProviderOption.needed(
            "--aws-vpc-id", "ID", "The cluster's VPC, for example vpc-0a1b2c3d4e5f67890.", "AWS_VPC_ID");
    private static final ProviderOption ENDPOINT = ProviderOption.url(
            "--aws-endpoint", "Where all services are called, if not at the public endpoints.", "AWS_ENDPOINT_URL");

    private static final String KEY_ID = "AWS_ACCESS_KEY_ID";
    private static final String KEY_SECRET = "AWS_SECRET_ACCESS_KEY";
    private static final String TOKEN = "AWS_SESSION_TOKEN";
    private static final CredentialSource KEYS = CredentialSource.keys(KEY_ID, KEY_SECRET, TOKEN);
    private static final String ROLE = "AWS_ROLE_ARN";
    private static final String IRSA_TOKEN = "AWS_WEB_IDENTITY_TOKEN_FILE";
    private static final CredentialSource IRSA = CredentialSource.tokenFile("IRSA", IRSA_TOKEN, ROLE);
    private static final String AGENT = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
    private static final String AGENT_TOKEN = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
    private static final CredentialSource POD_IDENTITY = CredentialSource.tokenFile("Pod identity", AGENT_TOKEN, AGENT);

    static final ProviderEntry ENTRY = new ProviderEntry(
            "aws",
            "AWS NLB",
            List.of(REGION, VPC_ID, ENDPOINT),
            List.of(KEYS, IRSA, POD_IDENTITY),
            AwsEntry::offline,
            AwsEntry::online);

    private AwsEntry() {}

    private static Provider offline() {
        AwsSettings nowhere = AwsSettings.of("offline", "offline", AwsSettings.keys("none", "none", Optional.empty()));
        return new AwsProvider(nowhere, CallGate.OPEN, InstantSource.system());
    }

    private static Function<CallGate, Provider> online(ProviderSettings settings) {
        AwsSettings there = withCredentials(
                settings,
                settings.value(REGION).orElseThrow(),
                settings.value(VPC_ID).orElseThrow());
        AwsSettings aws = settings.value(ENDPOINT).map(there::at).orElse(there);
        return gate -> new AwsProvider(aws, gate, InstantSource.system());
    }

    private static AwsSettings withCredentials(ProviderSettings settings, String region, String vpcId) {
        Optional<CredentialSource> source = CredentialSource.first(ENTRY.credentials(), settings);
        if (source.equals(Optional.of(IRSA))) {
            return AwsSettings.of(
                    region,
                    vpcId,
                    AwsSettings.webIdentity(
                            settings.needed(ROLE), settings.needed(IRSA_TOKEN), region, settings.value(ENDPOINT)));
        }
        return AwsSettings.of(
                region,
                vpcId,
                source.equals(Optional.of(POD_IDENTITY))
                        ? AwsSettings.podIdentity(settings.needed(AGENT), settings.needed(AGENT_TOKEN))
                        : AwsSettings.keys(
                                settings.needed(KEY_ID), settings.needed(KEY_SECRET), settings.variable(TOKEN)));
    }
}
