package io.plumbline.aws;

import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;

/// Where and as whom the cloud is called.
///
/// @param region for example `eu-central-1`
/// @param vpcId the cluster's network: load balancers are made in it, and only those in it may be borrowed
/// @param credentials asked before each call, so that they may change
/// @param endpoint `http://host:port` or `https://host` for every service; empty means the public ones
/// @param transport carries the requests instead of an HTTP client of our own
/// @param timeout of a whole call, whatever it waits for
public record AwsSettings(
        String region,
        String vpcId,
        AwsCredentialsProvider credentials,
        Optional<String> endpoint,
        Optional<SdkHttpClient> transport,
        Duration timeout) {
    /// Long enough for a batch of 200 targets.
    public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);

    public AwsSettings {
        if (region.isEmpty() || vpcId.isEmpty()) {
            throw new IllegalArgumentException("a region and a VPC are needed");
        }
        endpoint.ifPresent(AwsSettings::requireUrl);
    }

    private static void requireUrl(String endpoint) {
        if (!endpoint.matches("https?://[^/]+")) {
            throw new IllegalArgumentException("endpoint must look like http://host:port, not " + endpoint);
        }
    }

    /// The public endpoints, our own HTTP client, the usual timeout.
    public static AwsSettings of(String region, String vpcId, AwsCredentialsProvider credentials) {
        return new AwsSettings(region, vpcId, credentials, Optional.empty(), Optional.empty(), USUAL_TIMEOUT);
    }

    /// The same, elsewhere.
    public AwsSettings at(String endpoint) {
        return new AwsSettings(region, vpcId, credentials, Optional.of(endpoint), transport, timeout);
    }

    /// The same, through this HTTP client.
    public AwsSettings through(SdkHttpClient transport) {
        return new AwsSettings(region, vpcId, credentials, endpoint, Optional.of(transport), timeout);
    }

    /// The same, with less or more patience.
    public AwsSettings within(Duration timeout) {
        return new AwsSettings(region, vpcId, credentials, endpoint, transport, timeout);
    }

    /// The SDK's own chain: environment (`AWS_ACCESS_KEY_ID` and the like), web identity (IRSA: `AWS_ROLE_ARN` and
    /// `AWS_WEB_IDENTITY_TOKEN_FILE`), Pod identity (`AWS_CONTAINER_CREDENTIALS_FULL_URI` and its token file),
    /// profile, instance metadata. It reads token files again before what they gave expires.
    public static AwsCredentialsProvider usualCredentials() {
        return DefaultCredentialsProvider.builder().build();
    }

    /// A pair of keys that never changes.
    ///
    /// @param sessionToken of a temporary pair
    public static AwsCredentialsProvider keys(
            String accessKeyId, String secretAccessKey, Optional<String> sessionToken) {
        return StaticCredentialsProvider.create(
                sessionToken.isPresent()
                        ? AwsSessionCredentials.create(accessKeyId, secretAccessKey, sessionToken.get())
                        : AwsBasicCredentials.create(accessKeyId, secretAccessKey));
    }
}
