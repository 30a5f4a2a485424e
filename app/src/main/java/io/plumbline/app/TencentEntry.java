package io.plumbline.app;

import io.plumbline.spi.CallGate;
import io.plumbline.spi.Provider;
import io.plumbline.tencent.TencentProvider;
import io.plumbline.tencent.TencentSettings;
import io.plumbline.tencent.TencentSettings.Credentials;
import io.plumbline.tencent.TencentSettings.Keys;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Tencent Cloud CLB on the command line.
final class TencentEntry {
    private static final ProviderOption REGION = ProviderOption.needed(
            "--tencent-region", "REGION", "The region, for example ap-guangzhou.", "TENCENTCLOUD_REGION", "TKE_REGION");
    private static final ProviderOption VPC_ID = ProviderOption.needed(
            "--tencent-vpc-id", "ID", "The cluster's VPC, for example vpc-1a2b3c4d.", "TENCENTCLOUD_VPC_ID");
    private static final ProviderOption ENDPOINT = ProviderOption.url(
            "--tencent-endpoint", "Where CLB is called, if not at the public endpoint.", "TENCENTCLOUD_CLB_ENDPOINT");

    private static final ProviderOption STS_ENDPOINT = ProviderOption.url(
            "--tencent-sts-endpoint",
            "Where tokens are taken for keys, if not at the public endpoint.",
            "TENCENTCLOUD_STS_ENDPOINT");

    private static final String SECRET_ID = "TENCENTCLOUD_SECRET_ID";
    private static final String SECRET_KEY = "TENCENTCLOUD_SECRET_KEY";
    private static final String TOKEN = "TENCENTCLOUD_TOKEN";
    private static final CredentialSource KEYS = CredentialSource.keys(SECRET_ID, SECRET_KEY, TOKEN);

    /// As TKE sets them in the Pods of a ServiceAccount that has a role.
    private static final String IDENTITY_PROVIDER = "TKE_PROVIDER_ID";
    private static final String IDENTITY_ROLE = "TKE_ROLE_ARN";
    private static final String IDENTITY_TOKEN_FILE = "TKE_WEB_IDENTITY_TOKEN_FILE";
    private static final CredentialSource IDENTITY =
            CredentialSource.tokenFile("TKE OIDC", IDENTITY_TOKEN_FILE, IDENTITY_ROLE, IDENTITY_PROVIDER);

    static final ProviderEntry ENTRY = new ProviderEntry(
            "tencent",
            "Tencent Cloud CLB",
            List.of(REGION, VPC_ID, ENDPOINT, STS_ENDPOINT),
            List.of(KEYS, IDENTITY),
            TencentEntry::offline,
            TencentEntry::online);

    private TencentEntry() {}

    private static Provider offline() {
        TencentSettings nowhere = TencentSettings.of("offline", "offline", new Keys("", ""));
        return new TencentProvider(nowhere, CallGate.OPEN, InstantSource.system());
    }

    private static Function<CallGate, Provider> online(ProviderSettings settings) {
        TencentSettings tencent = new TencentSettings(
                settings.value(REGION).orElseThrow(),
                settings.value(VPC_ID).orElseThrow(),
                credentials(settings),
                settings.value(ENDPOINT),
                Optional.empty(),
                TencentSettings.USUAL_TIMEOUT);
        return gate -> new TencentProvider(tencent, gate, InstantSource.system());
    }

    /// Keys where there are any: whoever sets them means them.
    private static Credentials credentials(ProviderSettings settings) {
        if (CredentialSource.first(ENTRY.credentials(), settings).equals(Optional.of(IDENTITY))) {
            return new Credentials.WebIdentity(
                    settings.value(REGION).orElseThrow(),
                    settings.needed(IDENTITY_PROVIDER),
                    settings.needed(IDENTITY_ROLE),
                    Path.of(settings.needed(IDENTITY_TOKEN_FILE)),
                    settings.value(STS_ENDPOINT));
        }
        Keys keys = new Keys(settings.needed(SECRET_ID), settings.needed(SECRET_KEY), settings.variable(TOKEN));
        return new Credentials.Given(() -> keys);
    }
}
