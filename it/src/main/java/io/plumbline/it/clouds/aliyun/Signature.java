package io.plumbline.it.clouds.aliyun;

import io.plumbline.it.clouds.Digest;
import io.plumbline.it.clouds.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Verifies both forms in which a request may be signed: ACS3-HMAC-SHA256 in headers
/// (https://help.aliyun.com/document_detail/2593177.html), and the older HMAC-SHA1 in parameters
/// (https://help.aliyun.com/document_detail/315526.html).
final class Signature {
    private static final Duration SKEW = Duration.ofMinutes(15);
    private static final Pattern AUTHORIZATION = Pattern.compile(
            "ACS3-HMAC-SHA256\\s+" + "Credential=([^,]+),\\s*SignedHeaders=([^,]+),\\s*Signature=([0-9a-f]+)");

    private Signature() {}

    /// Refuses a request that is not signed by one of the keys at about `now`, the real time.
    static void check(Request request, Parameters parameters, Keys keys, Instant now) {
        if (request.header("Authorization").isPresent()) {
            inHeaders(request, parameters, keys, now);
        } else {
            inParameters(request, parameters, keys, now);
        }
    }

    private static void inHeaders(Request request, Parameters parameters, Keys keys, Instant now) {
        Matcher authorization =
                AUTHORIZATION.matcher(request.header("Authorization").orElse(""));
        Refusal.unless(
                authorization.matches(),
                "IncompleteSignature",
                "The header Authorization is not of the form of ACS3-HMAC-SHA256.");
        Keys.Key key = keys.find(authorization.group(1), request.header("x-acs-security-token"), now);
        checkTime(request.header("x-acs-date").orElse(""), now);
        String nonce = needed(request.header("x-acs-signature-nonce").orElse(""), "x-acs-signature-nonce");
        String hash = needed(request.header("x-acs-content-sha256").orElse(""), "x-acs-content-sha256");
        List<String> signed = List.of(authorization.group(2).split(";"));
        boolean complete = signed.contains("host")
                && request.headers().keySet().stream()
                        .filter(name -> name.startsWith("x-acs-"))
                        .allMatch(signed::contains);
        Refusal.unless(complete, "IncompleteSignature", "Host and all x-acs- headers must be signed.");
        String canonical = canonical(request, parameters, signed, hash);
        String toSign = "ACS3-HMAC-SHA256\n" + Digest.hex(Digest.sha256(canonical.getBytes(StandardCharsets.UTF_8)));
        String expected = Digest.hex(Digest.hmac("HmacSHA256", key.secret().getBytes(StandardCharsets.UTF_8), toSign));
        boolean same = Digest.same(expected, authorization.group(3))
                && hash.equals(Digest.hex(Digest.sha256(request.bodyBytes())));
        Refusal.unless(same, "SignatureDoesNotMatch", mismatch(toSign));
        keys.use(key.id() + "/" + nonce, now);
    }

    private static String canonical(Request request, Parameters parameters, List<String> signed, String hash) {
        StringBuilder headers = new StringBuilder();
        for (String name : signed) {
            headers.append(name)
                    .append(':')
                    .append(request.header(name).orElse("").strip())
                    .append('\n');
        }
        return String.join(
                "\n",
                request.method(),
                request.path(),
                Parameters.canonical(parameters.query()),
                headers.toString(),
                String.join(";", signed),
                hash);
    }

    private static void inParameters(Request request, Parameters parameters, Keys keys, Instant now) {
        Map<String, String> signed = new TreeMap<>(parameters.all());
        String signature = needed(signed.remove("Signature"), "Signature");
        boolean known = signed.getOrDefault("SignatureMethod", "HMAC-SHA1").equals("HMAC-SHA1")
                && signed.getOrDefault("SignatureVersion", "1.0").equals("1.0");
        Refusal.unless(known, "IncompleteSignature", "The simulation knows HMAC-SHA1, version 1.0, in parameters.");
        Keys.Key key =
                keys.find(needed(signed.get("AccessKeyId"), "AccessKeyId"), parameters.find("SecurityToken"), now);
        checkTime(signed.getOrDefault("Timestamp", ""), now);
        String nonce = needed(signed.get("SignatureNonce"), "SignatureNonce");
        String toSign = request.method() + "&%2F&" + Parameters.encoded(Parameters.canonical(signed));
        byte[] secret = (key.secret() + "&").getBytes(StandardCharsets.UTF_8);
        String expected = Base64.getEncoder().encodeToString(Digest.hmac("HmacSHA1", secret, toSign));
        Refusal.unless(Digest.same(expected, signature), "SignatureDoesNotMatch", mismatch(toSign));
        keys.use(key.id() + "/" + nonce, now);
    }

    private static String mismatch(String toSign) {
        return "Specified signature does not match our calculation. server string to sign is:" + toSign;
    }

    private static void checkTime(String text, Instant now) {
        Instant signed;
        try {
            signed = Instant.parse(text);
        } catch (DateTimeParseException broken) {
            throw new Refusal("InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted.");
        }
        Refusal.unless(
                Duration.between(signed, now).abs().compareTo(SKEW) <= 0,
                "InvalidTimeStamp.Expired",
                "Specified time stamp or date value is expired.");
    }

    private static String needed(@org.jspecify.annotations.Nullable String value, String name) {
        Refusal.unless(value != null && !value.isEmpty(), "MissingParameter", name + " is mandatory for this action.");
        return String.valueOf(value);
    }
}
