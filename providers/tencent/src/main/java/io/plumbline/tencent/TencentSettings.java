package io.plumbline.tencent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/// Where and as whom the cloud is called.
///
/// @param region for example `ap-guangzhou`
/// @param vpcId the cluster's network: load balancers are made in it, and only those in it may be borrowed
/// @param credentials as whom it is called
/// @param endpoint `http://host:port` or `https://host`; empty means the public one
/// @param transport carries the requests instead of an HTTP client of our own
/// @param timeout of a whole call, whatever it waits for
public record TencentSettings(
        String region,
        String vpcId,
        Credentials credentials,
        Optional<String> endpoint,
        Optional<OkHttpClient> transport,
        Duration timeout) {
    /// The public endpoint. Inside a TKE cluster `https://clb.internal.tencentcloudapi.com` works without the
    /// Internet.
    public static final String PUBLIC_ENDPOINT = "https://clb.tencentcloudapi.com";

    /// Long enough for a batch of 500 targets, which the cloud answers only when it is through.
    public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);

    public TencentSettings {
        if (region.isEmpty() || vpcId.isEmpty()) {
            throw new IllegalArgumentException("a region and a VPC are needed");
        }
        endpoint.ifPresent(TencentSettings::requireUrl);
    }

    private static void requireUrl(String endpoint) {
        if (!endpoint.matches("https?://[^/]+")) {
            throw new IllegalArgumentException("endpoint must look like http://host:port, not " + endpoint);
        }
    }

    /// The public endpoint, our own HTTP client, the usual timeout.
    public static TencentSettings of(String region, String vpcId, Keys keys) {
        Credentials given = new Credentials.Given(() -> keys);
        return new TencentSettings(region, vpcId, given, Optional.empty(), Optional.empty(), USUAL_TIMEOUT);
    }

    /// The same, as somebody else.
    public TencentSettings as(Credentials credentials) {
        return new TencentSettings(region, vpcId, credentials, endpoint, transport, timeout);
    }

    /// The same, elsewhere.
    public TencentSettings at(String endpoint) {
        return new TencentSettings(region, vpcId, credentials, Optional.of(endpoint), transport, timeout);
    }

    /// The same, through this HTTP client.
    public TencentSettings through(OkHttpClient transport) {
        return new TencentSettings(region, vpcId, credentials, endpoint, Optional.of(transport), timeout);
    }

    /// The same, with less or more patience.
    public TencentSettings within(Duration timeout) {
        return new TencentSettings(region, vpcId, credentials, endpoint, transport, timeout);
    }

    /// As whom the cloud is called.
    public sealed interface Credentials {
        /// @param keys asked before each call, so that they may change; must be quick and thread-safe
        record Given(Supplier<Keys> keys) implements Credentials {}

        /// Temporary keys for a token of the cluster's own (TKE: "OIDC for accessing cloud resources",
        /// https://cloud.tencent.com/document/product/457/79709). They are fetched before they expire,
        /// and the token is read again each time.
        ///
        /// @param region of the security token service, for example `ap-guangzhou`
        /// @param providerId the cluster's name among the account's identity providers
        /// @param roleArn of the role that trusts it
        /// @param tokenFile where the kubelet keeps the token fresh
        /// @param endpoint of the security token service; empty means the public one
        record WebIdentity(String region, String providerId, String roleArn, Path tokenFile, Optional<String> endpoint)
                implements Credentials {
            /// Inside a TKE cluster `https://sts.internal.tencentcloudapi.com` works without the Internet.
            public static final String PUBLIC_ENDPOINT = "https://sts.tencentcloudapi.com";

            public WebIdentity {
                endpoint.ifPresent(TencentSettings::requireUrl);
            }
        }
    }

    /// An API key pair.
    ///
    /// @param token of a temporary pair
    public record Keys(String secretId, String secretKey, Optional<String> token) {
        public Keys(String secretId, String secretKey) {
            this(secretId, secretKey, Optional.empty());
        }

        /// Without the secrets.
        @Override
        public String toString() {
            return "Keys[" + secretId + "]";
        }
    }
}
