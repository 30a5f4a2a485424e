package io.plumbline.it.clouds.aliyun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.Client;
import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.it.clouds.Request;
import io.plumbline.it.clouds.Resources;
import io.plumbline.it.clouds.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// A ServiceAccount's token becomes keys that are good for a while.
class RolesTest {
    private final Laboratory laboratory = new Laboratory();

    private JsonNode assume(Instant tokenEnds) throws Exception {
        return assume(tokenEnds, laboratory.cloud.account().roleArn());
    }

    private JsonNode assume(Instant tokenEnds, String role) throws Exception {
        String claims = "{\"exp\":" + tokenEnds.getEpochSecond() + "}";
        String token = "e30."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
        Map<String, String> parameters = new TreeMap<>(Map.of(
                "Action",
                "AssumeRoleWithOIDC",
                "Version",
                "2015-04-01",
                "Format",
                "JSON",
                "RoleArn",
                role,
                "OIDCProviderArn",
                "acs:ram::1:oidc-provider/cluster",
                "OIDCToken",
                token,
                "RoleSessionName",
                "test"));
        Request request = new Request("POST", "/?" + Parameters.canonical(parameters), Map.of(), "");
        return laboratory.cloud.handle(request) instanceof Response.Answer answer
                ? Resources.JSON.readTree(answer.body())
                : Resources.JSON.nullNode();
    }

    private Client client(JsonNode credentials, String token) {
        return Laboratory.client(laboratory
                .config()
                .setAccessKeyId(credentials.path("AccessKeyId").asText())
                .setAccessKeySecret(credentials.path("AccessKeySecret").asText())
                .setSecurityToken(token));
    }

    @Test
    void theKeysOfAnAssumedRoleSignWithTheirToken() throws Exception {
        JsonNode credentials = assume(Instant.now().plusSeconds(60)).path("Credentials");
        Client good = client(credentials, credentials.path("SecurityToken").asText());
        Client bad = client(credentials, "another");

        assertThat(Laboratory.call(good, "DescribeLoadBalancers", "2014-05-15")
                        .path("TotalCount")
                        .asInt())
                .isZero();
        assertThatThrownBy(() -> Laboratory.call(bad, "DescribeLoadBalancers", "2014-05-15"))
                .isInstanceOfSatisfying(
                        TeaException.class,
                        refused ->
                                assertThat(refused.getCode()).isEqualTo("InvalidSecurityToken.MismatchWithAccessKey"));
    }

    @Test
    void keysEndWhenTheirTimeIsOver() throws Exception {
        laboratory.cloud.limits().set(Limit.TOKEN_MILLIS, 0);
        JsonNode credentials = assume(Instant.now().plusSeconds(60)).path("Credentials");
        Client late = client(credentials, credentials.path("SecurityToken").asText());

        assertThatThrownBy(() -> Laboratory.call(late, "DescribeLoadBalancers", "2014-05-15"))
                .isInstanceOfSatisfying(
                        TeaException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo("InvalidSecurityToken.Expired"));
    }

    @Test
    void aRoleThatIsNotThereIsNotAssumed() throws Exception {
        assertThat(assume(Instant.now().plusSeconds(60), "acs:ram::1:role/other")
                        .path("Code")
                        .asText())
                .isEqualTo("EntityNotExist.Role");
    }

    @Test
    void anExpiredTokenAssumesNothing() throws Exception {
        assertThat(assume(Instant.now().minusSeconds(1)).path("Code").asText())
                .isEqualTo("AuthenticationFail.OIDCToken.Expired");
    }
}
