package io.plumbline.it.clouds.aws;

import static io.plumbline.it.clouds.aws.Refusal.unless;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.Resources;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;

/// The actions of STS. The signature of a web identity token is not verified, because the simulation does not know
/// its issuer; everything else of it is.
final class SecurityTokens {
    private static final String AUDIENCE = "sts.amazonaws.com";
    private static final int DEFAULT_SECONDS = 3600;

    private final Estate estate;
    private final InstantSource realTime;

    SecurityTokens(Estate estate, InstantSource realTime) {
        this.estate = estate;
        this.realTime = realTime;
    }

    /// Opens a session for a web identity. The request is not signed.
    ObjectNode assumeRoleWithWebIdentity(ApiCall call) {
        call.supports("RoleArn", "RoleSessionName", "WebIdentityToken", "DurationSeconds");
        JsonNode claims = claims(call.text("WebIdentityToken"));
        Instant now = realTime.instant();
        unless(
                !claims.has("exp") || claims.path("exp").asLong() > now.getEpochSecond(),
                "ExpiredTokenException",
                "Token expired");
        unless(named(claims.path("aud")), "InvalidIdentityToken", "Incorrect token audience");
        unless(
                call.text("RoleArn").equals(estate.account.roleArn()),
                "AccessDenied",
                "Not authorized to perform sts:AssumeRoleWithWebIdentity");
        String role = estate.account.roleArn();
        String session = role.substring(role.lastIndexOf('/') + 1) + "/" + call.text("RoleSessionName");
        String principal = "arn:aws:sts::" + estate.account.accountId() + ":assumed-role/" + session;
        Keys.Key key = estate.keys.open(
                principal,
                now,
                Duration.ofSeconds(call.body().path("DurationSeconds").asInt(DEFAULT_SECONDS)));
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        reply.putObject("Credentials")
                .put("AccessKeyId", key.id())
                .put("SecretAccessKey", key.secret())
                .put("SessionToken", key.token().orElseThrow())
                .put("Expiration", key.expiry().toString());
        reply.put("SubjectFromWebIdentityToken", claims.path("sub").asText())
                .put("Audience", AUDIENCE)
                .put("Provider", claims.path("iss").asText(""));
        reply.putObject("AssumedRoleUser")
                .put("AssumedRoleId", "AROASIMULATEDROLEID0:" + call.text("RoleSessionName"))
                .put("Arn", principal);
        return reply;
    }

    private static boolean named(JsonNode audience) {
        if (audience.isTextual()) {
            return audience.asText().equals(AUDIENCE);
        }
        for (JsonNode each : audience) {
            if (each.asText().equals(AUDIENCE)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode claims(String token) {
        String[] parts = token.split("\\.");
        unless(parts.length == 3, "InvalidIdentityToken", "The ID Token provided is not a valid JWT");
        try {
            byte[] payload = Base64.getUrlDecoder().decode(parts[1]);
            JsonNode claims = Resources.JSON.readTree(new String(payload, StandardCharsets.UTF_8));
            unless(claims.has("sub"), "InvalidIdentityToken", "Missing a required claim: sub");
            return claims;
        } catch (JsonProcessingException | IllegalArgumentException broken) {
            throw new Refusal("InvalidIdentityToken", "The ID Token provided is not a valid JWT");
        }
    }

    ObjectNode callerIdentity(ApiCall call) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("UserId", "AIDASIMULATEDUSERID0")
                .put("Account", estate.account.accountId())
                .put("Arn", call.principal());
    }
}
