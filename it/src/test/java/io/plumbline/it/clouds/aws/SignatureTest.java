package io.plumbline.it.clouds.aws;

import static io.plumbline.it.clouds.aws.Laboratory.code;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.it.clouds.Request;
import io.plumbline.it.clouds.Resources;
import io.plumbline.it.clouds.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/// Who is let in, by the SDK's own signer, and in whose words others are refused.
class SignatureTest {
    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";
    private static final String DESCRIBE = "Action=DescribeLoadBalancers&Version=2015-12-01";

    private final Laboratory laboratory = new Laboratory();
    private final AwsAccount account = laboratory.account;

    @Test
    void everyServiceAcceptsTheAccountsKey() {
        assertThat(code(() -> laboratory.elb.describeLoadBalancers())).isEqualTo("OK");
        assertThat(code(() -> laboratory.ec2.describeVpcs())).isEqualTo("OK");
        assertThat(code(() -> laboratory.acm().listCertificates())).isEqualTo("OK");
        assertThat(code(() -> laboratory.tagging().getResources())).isEqualTo("OK");
        assertThat(laboratory.sts(laboratory.credentials()).getCallerIdentity().account())
                .isEqualTo(account.accountId());
    }

    @Test
    void aWrongSecretIsRefusedInEachProtocolsWords() {
        AwsCredentials wrong = AwsBasicCredentials.create(account.accessKeyId(), "wrong");

        assertThat(code(() -> elb(wrong).describeLoadBalancers())).isEqualTo("SignatureDoesNotMatch");
        assertThat(code(() -> ec2(wrong).describeVpcs())).isEqualTo("AuthFailure");
        assertThat(code(() -> acm(wrong).listCertificates())).isEqualTo("InvalidSignatureException");
    }

    @Test
    void anUnknownKeyIsRefusedInEachProtocolsWords() {
        AwsCredentials unknown = AwsBasicCredentials.create("AKIAUNKNOWN000000000", account.secretAccessKey());

        assertThat(code(() -> elb(unknown).describeLoadBalancers())).isEqualTo("InvalidClientTokenId");
        assertThat(code(() -> ec2(unknown).describeVpcs())).isEqualTo("AuthFailure");
        assertThat(code(() -> acm(unknown).listCertificates())).isEqualTo("UnrecognizedClientException");
    }

    private ElasticLoadBalancingV2Client elb(AwsCredentials credentials) {
        return laboratory.client(ElasticLoadBalancingV2Client.builder(), credentials);
    }

    private Ec2Client ec2(AwsCredentials credentials) {
        return laboratory.client(Ec2Client.builder(), credentials);
    }

    private AcmClient acm(AwsCredentials credentials) {
        return laboratory.client(AcmClient.builder(), credentials);
    }

    @Test
    void anUnsignedRequestIsRefused() {
        Response.Answer answer = post(Map.of("content-type", FORM), DESCRIBE);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("<Code>MissingAuthenticationToken</Code>");
    }

    @Test
    void anOldRequestIsRefused() {
        String scope = account.accessKeyId() + "/20200101/" + account.region() + "/elasticloadbalancing/aws4_request";
        Response.Answer answer = post(
                Map.of(
                        "host", "aws.simulated",
                        "x-amz-date", "20200101T000000Z",
                        "authorization",
                                "AWS4-HMAC-SHA256 Credential=" + scope + ", SignedHeaders=host;x-amz-date, Signature="
                                        + "0".repeat(64)),
                DESCRIBE);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("<Code>RequestExpired</Code>");
    }

    private Response.Answer post(Map<String, String> headers, String body) {
        return (Response.Answer) laboratory.cloud.handle(new Request("POST", "/", headers, body));
    }

    @Test
    void aWebIdentityGetsASessionWhoseTokenIsAskedFor() {
        Credentials session = assume(token("sts.amazonaws.com", Instant.now().plusSeconds(600)));
        AwsSessionCredentials whole =
                AwsSessionCredentials.create(session.accessKeyId(), session.secretAccessKey(), session.sessionToken());
        AwsCredentials tokenless = AwsBasicCredentials.create(session.accessKeyId(), session.secretAccessKey());

        assertThat(laboratory.sts(whole).getCallerIdentity().arn())
                .isEqualTo("arn:aws:sts::123456789012:assumed-role/plumbline/test");
        assertThat(code(() -> elb(whole).describeLoadBalancers())).isEqualTo("OK");
        assertThat(code(() -> elb(tokenless).describeLoadBalancers())).isEqualTo("InvalidClientTokenId");
    }

    @Test
    void aWebIdentityIsRefusedThatIsOldOrForSomeoneElse() {
        Instant later = Instant.now().plusSeconds(600);

        assertThat(code(() -> assume(token("sts.amazonaws.com", Instant.EPOCH))))
                .isEqualTo("ExpiredTokenException");
        assertThat(code(() -> assume(token("elsewhere", later)))).isEqualTo("InvalidIdentityToken");
        assertThat(code(() -> assume("no token at all"))).isEqualTo("InvalidIdentityToken");
        assertThat(code(() -> assume(token("sts.amazonaws.com", later), "arn:aws:iam::123456789012:role/other")))
                .isEqualTo("AccessDenied");
    }

    @Test
    void aPodsTokenGetsASession() throws Exception {
        Response.Answer answer =
                credentials(token("pods.eks.amazonaws.com", Instant.now().plusSeconds(600)));
        JsonNode got = Resources.JSON.readTree(answer.body());
        AwsCredentials session = AwsSessionCredentials.create(
                got.path("AccessKeyId").asText(),
                got.path("SecretAccessKey").asText(),
                got.path("Token").asText());

        assertThat(code(() -> elb(session).describeLoadBalancers())).isEqualTo("OK");
        assertThat(credentials(token("sts.amazonaws.com", Instant.now().plusSeconds(600)))
                        .status())
                .isEqualTo(400);
    }

    private Response.Answer credentials(String token) {
        return (Response.Answer)
                laboratory.cloud.handle(new Request("GET", "/v1/credentials", Map.of("authorization", token), ""));
    }

    private Credentials assume(String token) {
        return assume(token, account.roleArn());
    }

    private Credentials assume(String token, String role) {
        try (StsClient sts = laboratory.client(
                StsClient.builder().credentialsProvider(AnonymousCredentialsProvider.create()),
                laboratory.credentials())) {
            return sts.assumeRoleWithWebIdentity(request ->
                            request.roleArn(role).roleSessionName("test").webIdentityToken(token))
                    .credentials();
        }
    }

    private static String token(String audience, Instant expiry) {
        String claims =
                "{\"iss\":\"https://kubernetes.default.svc\",\"sub\":\"system:serviceaccount:kube-system:plumbline\","
                        + "\"aud\":[\"" + audience + "\"],\"exp\":" + expiry.getEpochSecond() + "}";
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }
}
