package io.plumbline.it.clouds.aliyun;

import static io.plumbline.it.clouds.aliyun.Refusal.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.Resources;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// STS: hands out keys for the token of a ServiceAccount. The token's signature is not verified, because the
/// simulation knows no issuer; its form and its end are.
final class Roles {
    static final String VERSION = "2015-04-01";
    static final String ACTION = "AssumeRoleWithOIDC";

    private final Estate estate;
    private final Keys keys;

    Roles(Estate estate, Keys keys) {
        this.estate = estate;
        this.keys = keys;
    }

    /// AssumeRoleWithOIDC, which is not signed.
    ///
    /// @param now the real time, by which signatures are checked
    ObjectNode assume(Map<String, String> parameters, Instant now) {
        for (String name : List.of("RoleArn", "OIDCProviderArn", "OIDCToken", "RoleSessionName")) {
            unless(
                    !parameters.getOrDefault(name, "").isEmpty(),
                    "MissingParameter",
                    "The input parameter \"" + name
                            + "\" that is mandatory for processing this request is not supplied.");
        }
        String role = parameters.getOrDefault("RoleArn", "");
        unless(role.equals(estate.account.roleArn()), "EntityNotExist.Role", "The role not exists: " + role);
        checkToken(parameters.getOrDefault("OIDCToken", ""), now);
        String number = Long.toString(estate.count("session"));
        Instant expires = now.plus(estate.limits.durationOf(Limit.TOKEN_MILLIS));
        Keys.Key key = new Keys.Key(
                "STS.simulated-" + number,
                "simulated-secret-" + number,
                Optional.of("simulated-token-" + number),
                expires);
        keys.add(key);
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        reply.putObject("AssumedRoleUser")
                .put("Arn", role + "/" + parameters.getOrDefault("RoleSessionName", ""))
                .put("AssumedRoleId", "simulated:" + number);
        reply.putObject("Credentials")
                .put("AccessKeyId", key.id())
                .put("AccessKeySecret", key.secret())
                .put("SecurityToken", key.token().orElse(""))
                .put("Expiration", BalancerReads.time(expires));
        return reply;
    }

    private static void checkToken(String token, Instant now) {
        String[] parts = token.split("\\.");
        unless(parts.length == 3, "AuthenticationFail.OIDCToken.Invalid", "This OIDC token is invalid.");
        Instant end;
        try {
            JsonNode claims = Resources.JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
            end = Instant.ofEpochSecond(claims.path("exp").asLong());
        } catch (IOException | IllegalArgumentException broken) {
            throw new Refusal("AuthenticationFail.OIDCToken.Invalid", "This OIDC token is invalid.");
        }
        unless(end.isAfter(now), "AuthenticationFail.OIDCToken.Expired", "This OIDC token is expired.");
    }
}
