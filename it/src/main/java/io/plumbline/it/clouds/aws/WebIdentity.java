package io.plumbline.it.clouds.aws;

import static io.plumbline.it.clouds.aws.Refusal.unless;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.it.clouds.Resources;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/// What a ServiceAccount's token says. Its signature is not verified, because the simulation does not know its
/// issuer; everything else of it is.
record WebIdentity(JsonNode claims) {
    /// Refuses what is no token.
    static WebIdentity read(String token) {
        String[] parts = token.split("\\.");
        unless(parts.length == 3, "InvalidIdentityToken", "The ID Token provided is not a valid JWT");
        try {
            byte[] payload = Base64.getUrlDecoder().decode(parts[1]);
            JsonNode claims = Resources.JSON.readTree(new String(payload, StandardCharsets.UTF_8));
            unless(claims.has("sub"), "InvalidIdentityToken", "Missing a required claim: sub");
            return new WebIdentity(claims);
        } catch (JsonProcessingException | IllegalArgumentException broken) {
            throw new Refusal("InvalidIdentityToken", "The ID Token provided is not a valid JWT");
        }
    }

    /// Refuses a token that is for someone else, or too old.
    void require(String audience, Instant now) {
        unless(
                !claims.has("exp") || claims.path("exp").asLong() > now.getEpochSecond(),
                "ExpiredTokenException",
                "Token expired");
        unless(isFor(audience), "InvalidIdentityToken", "Incorrect token audience");
    }

    private boolean isFor(String audience) {
        JsonNode named = claims.path("aud");
        if (named.isTextual()) {
            return named.asText().equals(audience);
        }
        for (JsonNode each : named) {
            if (each.asText().equals(audience)) {
                return true;
            }
        }
        return false;
    }

    String subject() {
        return claims.path("sub").asText();
    }

    String issuer() {
        return claims.path("iss").asText("");
    }
}
