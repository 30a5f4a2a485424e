package io.plumbline.it.clouds.aws;

import io.plumbline.aws.AwsSettings;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;

/// AWS's own clients, for what people do by hand in a simulated account.
public final class AwsClients {
    private AwsClients() {}

    public static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
            B builder, AwsAccount account, String endpoint, SdkHttpClient transport) {
        return builder.httpClient(transport)
                .endpointOverride(URI.create(endpoint))
                .region(Region.of(account.region()))
                .credentialsProvider(
                        AwsSettings.keys(account.accessKeyId(), account.secretAccessKey(), Optional.empty()))
                .build();
    }
}
