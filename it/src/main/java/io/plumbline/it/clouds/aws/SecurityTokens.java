package io.plumbline.it.clouds.aws;

import static io.plumbline.it.clouds.aws.Refusal.unless;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The actions of STS.
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
        WebIdentity identity = WebIdentity.read(call.text("WebIdentityToken"));
        Instant now = realTime.instant();
        identity.require(AUDIENCE, now);
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
                estate.sessionLife(
                        Duration.ofSeconds(call.body().path("DurationSeconds").asInt(DEFAULT_SECONDS))));
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        reply.putObject("Credentials")
                .put("AccessKeyId", key.id())
                .put("SecretAccessKey", key.secret())
                .put("SessionToken", key.token().orElseThrow())
                .put("Expiration", key.expiry().toString());
        reply.put("SubjectFromWebIdentityToken", identity.subject())
                .put("Audience", AUDIENCE)
                .put("Provider", identity.issuer());
        reply.putObject("AssumedRoleUser")
                .put("AssumedRoleId", "AROASIMULATEDROLEID0:" + call.text("RoleSessionName"))
                .put("Arn", principal);
        return reply;
    }

    ObjectNode callerIdentity(ApiCall call) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("UserId", "AIDASIMULATEDUSERID0")
                .put("Account", estate.account.accountId())
                .put("Arn", call.principal());
    }
}
