package io.plumbline.aws;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;

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

    private static final Duration TOKEN_SERVICE_TIMEOUT = Duration.ofSeconds(10);

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

    /// Keys of a role for the cluster's token in a file (IRSA). The file is read again each time the keys are, which
    /// is before they expire.
    ///
    /// @param endpoint of the token service, if not the region's own
    public static AwsCredentialsProvider webIdentity(
            String roleArn, String tokenFile, String region, Optional<String> endpoint) {
        StsClientBuilder tokenService = StsClient.builder()
                .region(Region.of(region))
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(TOKEN_SERVICE_TIMEOUT)
                        .socketTimeout(TOKEN_SERVICE_TIMEOUT))
                .overrideConfiguration(once -> once.retryStrategy(AwsRetryStrategy.doNotRetry()));
        endpoint.map(URI::create).ifPresent(tokenService::endpointOverride);
        return named(
                "role " + roleArn + " for the token in " + tokenFile,
                StsWebIdentityTokenFileCredentialsProvider.builder()
                        .stsClient(tokenService.build())
                        .roleArn(roleArn)
                        .roleSessionName("plumbline")
                        .webIdentityTokenFile(Path.of(tokenFile))
                        .build());
    }

    /// Keys from the agent of EKS (Pod identity). The SDK takes the agent's URL and the token's file from the
    /// environment alone (`AWS_CONTAINER_CREDENTIALS_FULL_URI`, `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE`), and
    /// reads the file again each time the keys are.
    ///
    /// @param agent its URL, as the environment has it
    /// @param tokenFile as the environment has it
    public static AwsCredentialsProvider podIdentity(String agent, String tokenFile) {
        return named(
                "agent " + agent + " for the token in " + tokenFile,
                ContainerCredentialsProvider.builder().build());
    }

    private static AwsCredentialsProvider named(String whence, AwsCredentialsProvider provider) {
        return () -> Failures.credentials(whence, provider::resolveCredentials);
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
