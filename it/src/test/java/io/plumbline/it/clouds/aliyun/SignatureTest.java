package io.plumbline.it.clouds.aliyun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.Client;
import com.aliyun.teaopenapi.models.Config;
import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.it.clouds.Digest;
import io.plumbline.it.clouds.Request;
import io.plumbline.it.clouds.Resources;
import io.plumbline.it.clouds.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Both forms of signature, as Aliyun's own SDK makes them and as they are made by hand.
class SignatureTest {
    private final Laboratory laboratory = new Laboratory();

    private Client client(String algorithm, Config config) {
        return Laboratory.client(algorithm.equals("v2") ? config.setSignatureAlgorithm("v2") : config);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACS3-HMAC-SHA256", "v2"})
    void whatTheSdkSignsIsAccepted(String algorithm) throws Exception {
        Client client = client(algorithm, laboratory.config());

        JsonNode reply = Laboratory.call(
                client, "DescribeLoadBalancers", "2014-05-15", "LoadBalancerName", "a name/with * odd~characters&ü");

        assertThat(reply.path("TotalCount").asInt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACS3-HMAC-SHA256", "v2"})
    void anotherSecretIsRefused(String algorithm) {
        Client client = client(algorithm, laboratory.config().setAccessKeySecret("wrong"));

        assertThatThrownBy(() -> Laboratory.call(client, "DescribeLoadBalancers", "2014-05-15"))
                .isInstanceOfSatisfying(
                        TeaException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo("SignatureDoesNotMatch"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACS3-HMAC-SHA256", "v2"})
    void anUnknownKeyIsRefused(String algorithm) {
        Client client = client(algorithm, laboratory.config().setAccessKeyId("nobody"));

        assertThatThrownBy(() -> Laboratory.call(client, "DescribeLoadBalancers", "2014-05-15"))
                .isInstanceOfSatisfying(TeaException.class, refused -> {
                    assertThat(refused.getCode()).isEqualTo("InvalidAccessKeyId.NotFound");
                    assertThat(refused.getStatusCode()).isEqualTo(404);
                });
    }

    @Test
    void aNonceIsGoodOnce() throws Exception {
        Request request = byHand(Instant.now(), "nonce-1", "simulated-access-key-secret");

        assertThat(codeOf(request)).isEqualTo("OK");
        assertThat(codeOf(request)).isEqualTo("SignatureNonceUsed");
    }

    @Test
    void anOldRequestIsRefused() throws Exception {
        Instant old = Instant.now().minus(16, ChronoUnit.MINUTES);

        assertThat(codeOf(byHand(old, "nonce-2", "simulated-access-key-secret")))
                .isEqualTo("InvalidTimeStamp.Expired");
    }

    @Test
    void parametersMayComeInAForm() throws Exception {
        Map<String, String> parameters = signed(Instant.now(), "nonce-3", "simulated-access-key-secret");
        Request request = new Request(
                "POST",
                "/",
                Map.of("content-type", "application/x-www-form-urlencoded"),
                Parameters.canonical(parameters));

        assertThat(codeOf(request)).isEqualTo("OK");
    }

    @Test
    void anUnsignedRequestIsRefused() throws Exception {
        assertThat(codeOf(new Request("GET", "/?Action=DescribeLoadBalancers&Version=2014-05-15", Map.of(), "")))
                .isEqualTo("MissingParameter");
    }

    private static Request byHand(Instant time, String nonce, String secret) {
        return new Request("POST", "/?" + Parameters.canonical(signed(time, nonce, secret)), Map.of(), "");
    }

    private static Map<String, String> signed(Instant time, String nonce, String secret) {
        Map<String, String> parameters = new TreeMap<>(Map.of(
                "Action",
                "DescribeLoadBalancers",
                "Version",
                "2014-05-15",
                "Format",
                "JSON",
                "RegionId",
                "cn-hangzhou",
                "AccessKeyId",
                "simulated-access-key-id",
                "SignatureMethod",
                "HMAC-SHA1",
                "SignatureVersion",
                "1.0",
                "SignatureNonce",
                nonce,
                "Timestamp",
                time.truncatedTo(ChronoUnit.SECONDS).toString()));
        String toSign = "POST&%2F&" + Parameters.encoded(Parameters.canonical(parameters));
        byte[] key = (secret + "&").getBytes(StandardCharsets.UTF_8);
        parameters.put("Signature", Base64.getEncoder().encodeToString(Digest.hmac("HmacSHA1", key, toSign)));
        return parameters;
    }

    private String codeOf(Request request) throws Exception {
        Response response = laboratory.cloud.handle(request);
        return response instanceof Response.Answer answer
                ? Resources.JSON.readTree(answer.body()).path("Code").asText("OK")
                : "cut";
    }
}
