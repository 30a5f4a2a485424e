package io.plumbline.it.commandline;

import io.plumbline.it.clouds.Network;
import io.plumbline.it.clouds.SimulatedCloud;
import io.plumbline.it.clouds.aliyun.AliyunAccount;
import io.plumbline.it.clouds.aliyun.SimulatedAliyun;
import io.plumbline.it.clouds.aws.AwsAccount;
import io.plumbline.it.clouds.aws.SimulatedAws;
import io.plumbline.it.clouds.tencent.SimulatedTencent;
import io.plumbline.it.clouds.tencent.TencentAccount;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/// A way in which a cloud takes the cluster's own tokens for credentials.
enum Identity {
    IRSA("aws", "sts.amazonaws.com", "arn:aws:iam::123456789012:role/another"),
    POD_IDENTITY("aws", "pods.eks.amazonaws.com", ""),
    RRSA("aliyun", "sts.aliyuncs.com", "acs:ram::1:role/another"),
    TKE_OIDC("tencent", "sts.cloud.tencent.com", "qcs::cam::uin/1:roleName/another");

    private final String provider;
    private final String audience;
    private final String unknownRole;

    Identity(String provider, String audience, String unknownRole) {
        this.provider = provider;
        this.audience = audience;
        this.unknownRole = unknownRole;
    }

    String provider() {
        return provider;
    }

    /// A role that the simulated account does not have; empty where the cluster, not the Pod, names the role.
    String unknownRole() {
        return unknownRole;
    }

    SimulatedCloud cloud() {
        Network network = Network.everyAddress();
        return switch (this) {
            case IRSA, POD_IDENTITY -> SimulatedAws.onSockets(network);
            case RRSA -> SimulatedAliyun.onSockets(network);
            case TKE_OIDC -> SimulatedTencent.onSockets(network);
        };
    }

    /// The role that the simulated account has.
    String role() {
        return switch (this) {
            case IRSA, POD_IDENTITY -> AwsAccount.example().roleArn();
            case RRSA -> AliyunAccount.example().roleArn();
            case TKE_OIDC -> TencentAccount.example().roleArn();
        };
    }

    /// A token that ends so long from now.
    String token(Duration life) {
        long end = Instant.now().plus(life).getEpochSecond();
        return part("{\"alg\":\"RS256\"}") + "."
                + part(
                        "{\"iss\":\"https://kubernetes.default.svc\",\"sub\":\"system:serviceaccount:kube-system:plumbline\","
                                + "\"aud\":[\"" + audience + "\"],\"exp\":" + end + "}")
                + ".c2lnbmF0dXJl";
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /// As the overlays and the clouds' own webhooks set it, with the simulated places beside it.
    Map<String, String> environment(String endpoint, String tls, String role, Path token) {
        return switch (this) {
            case IRSA ->
                Map.of(
                        "AWS_REGION", AwsAccount.example().region(),
                        "AWS_VPC_ID", AwsAccount.example().vpcId(),
                        "AWS_ENDPOINT_URL", endpoint,
                        "AWS_ROLE_ARN", role,
                        "AWS_WEB_IDENTITY_TOKEN_FILE", token.toString());
            case POD_IDENTITY ->
                Map.of(
                        "AWS_REGION", AwsAccount.example().region(),
                        "AWS_VPC_ID", AwsAccount.example().vpcId(),
                        "AWS_ENDPOINT_URL", endpoint,
                        "AWS_CONTAINER_CREDENTIALS_FULL_URI", endpoint + "/v1/credentials",
                        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token.toString());
            case RRSA ->
                Map.of(
                        "ALIBABA_CLOUD_REGION_ID", AliyunAccount.example().region(),
                        "ALIBABA_CLOUD_VPC_ID", AliyunAccount.example().vpcId(),
                        "ALIBABA_CLOUD_ENDPOINT", endpoint,
                        "ALIBABA_CLOUD_STS_ENDPOINT", tls,
                        "ALIBABA_CLOUD_ROLE_ARN", role,
                        "ALIBABA_CLOUD_OIDC_PROVIDER_ARN",
                                AliyunAccount.example().identityProviderArn(),
                        "ALIBABA_CLOUD_OIDC_TOKEN_FILE", token.toString());
            case TKE_OIDC ->
                Map.of(
                        "TENCENTCLOUD_REGION", TencentAccount.example().region(),
                        "TENCENTCLOUD_VPC_ID", TencentAccount.example().vpcId(),
                        "TENCENTCLOUD_CLB_ENDPOINT", endpoint,
                        "TENCENTCLOUD_STS_ENDPOINT", endpoint,
                        "TKE_ROLE_ARN", role,
                        "TKE_PROVIDER_ID", TencentAccount.example().identityProvider(),
                        "TKE_WEB_IDENTITY_TOKEN_FILE", token.toString());
        };
    }
}
