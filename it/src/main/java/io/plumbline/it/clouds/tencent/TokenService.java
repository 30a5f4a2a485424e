package io.plumbline.it.clouds.tencent;

import static io.plumbline.it.clouds.tencent.Refusal.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.Resources;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// The security token service: temporary keys for a token that a cluster has issued.
///
/// The token must be a JSON Web Token for the audience of the service that has not expired. Its signature is not
/// checked: the simulated account trusts every issuer.
final class TokenService {
    private static final String AUDIENCE = "sts.cloud.tencent.com";
    private static final String WRONG_TOKEN = "InvalidParameter.WebIdentityTokenError";
    private static final long USUAL_SECONDS = 7200;
    private static final long MOST_SECONDS = 43_200;

    private final Estate estate;
    private final InstantSource clock;

    TokenService(Estate estate, InstantSource clock) {
        this.estate = estate;
        this.clock = clock;
    }

    ObjectNode assumeRole(ApiCall call) {
        unless(
                call.text("ProviderId").equals(estate.account.identityProvider()),
                WRONG_TOKEN,
                "identity provider " + call.text("ProviderId") + " does not exist");
        unless(
                call.text("RoleArn").equals(estate.account.roleArn()),
                "ResourceNotFound.RoleNotFound",
                "role " + call.text("RoleArn") + " does not exist");
        long seconds = call.body().path("DurationSeconds").asLong(USUAL_SECONDS);
        unless(
                seconds > 0 && seconds <= MOST_SECONDS,
                "InvalidParameter.OverTimeError",
                "DurationSeconds must be from 1 to " + MOST_SECONDS);
        Instant now = clock.instant();
        check(call.text("WebIdentityToken"), now);
        return issue(now.plusSeconds(seconds));
    }

    private static void check(String token, Instant now) {
        JsonNode claims = claims(token);
        boolean forUs = claims.path("aud").isArray()
                ? StreamSupport.stream(claims.path("aud").spliterator(), false)
                        .anyMatch(audience -> audience.asText().equals(AUDIENCE))
                : claims.path("aud").asText().equals(AUDIENCE);
        unless(forUs, WRONG_TOKEN, "the token is not for the audience " + AUDIENCE);
        unless(claims.path("exp").asLong() > now.getEpochSecond(), WRONG_TOKEN, "the token has expired");
    }

    private static JsonNode claims(String token) {
        String[] parts = token.split("\\.", -1);
        unless(parts.length == 3, WRONG_TOKEN, "not a JSON Web Token");
        try {
            return Resources.JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new Refusal(WRONG_TOKEN, "not a JSON Web Token");
        }
    }

    private ObjectNode issue(Instant end) {
        long number = estate.count("temporary keys");
        String id = "simulated-temporary-id-" + number;
        String secret = "simulated-temporary-key-" + number;
        String token = "simulated-token-" + number;
        estate.keys.add(id, new KeyRing.Pair(secret, Optional.of(token), end));
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        reply.putObject("Credentials")
                .put("TmpSecretId", id)
                .put("TmpSecretKey", secret)
                .put("Token", token);
        return reply.put("ExpiredTime", end.getEpochSecond()).put("Expiration", end.toString());
    }
}
