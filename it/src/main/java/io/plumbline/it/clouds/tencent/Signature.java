package io.plumbline.it.clouds.tencent;

import io.plumbline.it.clouds.Digest;
import io.plumbline.it.clouds.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Verifies TC3-HMAC-SHA256 (https://cloud.tencent.com/document/api/213/30654) over the headers exactly as they
/// were sent.
///
/// The service is taken from the credential scope, because clients put there the first label of whatever endpoint
/// they were given.
final class Signature {
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final Pattern AUTHORIZATION = Pattern.compile("TC3-HMAC-SHA256\\s+"
            + "Credential=([^/,]+)/([^/,]+)/([^/,]+)/tc3_request,\\s*SignedHeaders=([^,]+),\\s*Signature=([0-9a-f]+)");

    private Signature() {}

    /// Refuses a request that is not signed with one of the account's keys at about `now`, the real time.
    static void check(Request request, KeyRing keys, Instant now) {
        Matcher authorization =
                AUTHORIZATION.matcher(request.header("Authorization").orElse(""));
        Refusal.unless(
                authorization.matches(),
                "AuthFailure.InvalidAuthorization",
                "The request header `Authorization` is not of the form of TC3-HMAC-SHA256.");
        KeyRing.Pair pair = keys.pair(authorization.group(1))
                .orElseThrow(() -> new Refusal(
                        "AuthFailure.SecretIdNotFound",
                        "The SecretId is not found, please ensure that your SecretId is correct."));
        Refusal.unless(
                request.header("X-TC-Token").equals(pair.token())
                        && pair.endsAt().isAfter(now),
                "AuthFailure.TokenFailure",
                "The token is not valid, or has expired.");
        Instant signed = timestamp(request);
        Refusal.unless(
                Duration.between(signed, now).abs().compareTo(SKEW) <= 0,
                "AuthFailure.SignatureExpire",
                "Signature expired: the timestamp and the server's time differ by more than five minutes.");
        Refusal.unless(
                matches(request, pair.secretKey(), signed, authorization),
                "AuthFailure.SignatureFailure",
                "The provided credentials could not be validated. Please check your signature is correct.");
    }

    private static Instant timestamp(Request request) {
        String text = request.header("X-TC-Timestamp").orElse("");
        Refusal.unless(
                text.matches("\\d{1,12}"),
                "MissingParameter",
                "The request is missing a required parameter `X-TC-Timestamp`.");
        return Instant.ofEpochSecond(Long.parseLong(text));
    }

    private static boolean matches(Request request, String secretKey, Instant signed, Matcher authorization) {
        String date = authorization.group(2);
        String service = authorization.group(3);
        List<String> headers = List.of(authorization.group(4).split(";"));
        boolean covered = headers.contains("content-type") && headers.contains("host");
        if (!covered || !date.equals(signed.atZone(ZoneOffset.UTC).toLocalDate().toString())) {
            return false;
        }
        String toSign = String.join(
                "\n",
                "TC3-HMAC-SHA256",
                Long.toString(signed.getEpochSecond()),
                date + "/" + service + "/tc3_request",
                Digest.hex(Digest.sha256(canonical(request, headers).getBytes(StandardCharsets.UTF_8))));
        byte[] key = hmac(("TC3" + secretKey).getBytes(StandardCharsets.UTF_8), date);
        String expected = Digest.hex(hmac(hmac(hmac(key, service), "tc3_request"), toSign));
        return Digest.same(expected, authorization.group(5));
    }

    private static String canonical(Request request, List<String> headers) {
        StringBuilder values = new StringBuilder();
        for (String header : headers) {
            String value = request.header(header).orElse("").strip();
            // x-tc-action is lower-cased before it is signed; content-type and host go in as they are sent.
            values.append(header)
                    .append(':')
                    .append(header.equals("x-tc-action") ? value.toLowerCase(Locale.ROOT) : value)
                    .append('\n');
        }
        boolean unsigned = request.header("X-TC-Content-SHA256").orElse("").equals("UNSIGNED-PAYLOAD");
        byte[] payload = unsigned ? "UNSIGNED-PAYLOAD".getBytes(StandardCharsets.UTF_8) : request.bodyBytes();
        return String.join(
                "\n",
                request.method(),
                request.path(),
                "",
                values.toString(),
                String.join(";", headers),
                Digest.hex(Digest.sha256(payload)));
    }

    private static byte[] hmac(byte[] key, String text) {
        return Digest.hmac("HmacSHA256", key, text);
    }
}
