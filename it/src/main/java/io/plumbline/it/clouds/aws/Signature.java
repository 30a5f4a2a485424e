package io.plumbline.it.clouds.aws;

import io.plumbline.it.clouds.Digest;
import io.plumbline.it.clouds.Request;
import io.plumbline.it.clouds.aws.Service.Trouble;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Verifies Signature Version 4 in its header form, over the headers exactly as they were sent
/// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
final class Signature {
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    private static final Pattern AUTHORIZATION = Pattern.compile("AWS4-HMAC-SHA256\\s+"
            + "Credential=([^/,]+)/(\\d{8})/([^/,]+)/([^/,]+)/aws4_request,\\s*"
            + "SignedHeaders=([^,\\s]+),\\s*Signature=([0-9a-f]{64})");

    private Signature() {}

    /// Refuses a request that is not signed by a key of the account at about `now`, the real time.
    ///
    /// @return the ARN of whom the key stands for
    static String check(Service service, Request request, Keys keys, Instant now) {
        Matcher scope = scope(service, request);
        Instant signed = time(service, request);
        service.unless(
                Duration.between(signed, now).abs().compareTo(SKEW) <= 0,
                Trouble.EXPIRED,
                "Request timestamp is too skewed. Timestamp date: " + signed);
        Keys.Key key = key(service, request, keys, scope.group(1));
        service.unless(
                key.expiry().isAfter(now),
                Trouble.EXPIRED_TOKEN,
                "The security token included in the request is expired");
        service.unless(
                scope.group(3).equals(keys.region()),
                Trouble.BAD_SIGNATURE,
                "Credential should be scoped to a valid region, not '" + scope.group(3) + "'.");
        service.unless(
                matches(request, key, signed, scope),
                Trouble.BAD_SIGNATURE,
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret"
                        + " Access Key and signing method. Consult the service documentation for details.");
        return key.principal();
    }

    private static Matcher scope(Service service, Request request) {
        String header = request.header("Authorization").orElse("");
        service.unless(!header.isEmpty(), Trouble.UNSIGNED, "Request is missing Authentication Token");
        Matcher scope = AUTHORIZATION.matcher(header);
        service.unless(
                scope.matches(),
                Trouble.INCOMPLETE_SIGNATURE,
                "Authorization header requires Credential, SignedHeaders and Signature of AWS4-HMAC-SHA256");
        return scope;
    }

    private static Keys.Key key(Service service, Request request, Keys keys, String id) {
        Optional<Keys.Key> key = keys.find(id);
        service.unless(
                key.isPresent() && key.get().token().equals(request.header("X-Amz-Security-Token")),
                Trouble.UNKNOWN_KEY,
                "The security token included in the request is invalid");
        return key.orElseThrow();
    }

    private static Instant time(Service service, Request request) {
        try {
            return LocalDateTime.parse(request.header("X-Amz-Date").orElse(""), TIME)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException broken) {
            throw new Refusal(
                    service.code(Trouble.INCOMPLETE_SIGNATURE), "The request has no X-Amz-Date of the right form");
        }
    }

    private static boolean matches(Request request, Keys.Key key, Instant signed, Matcher scope) {
        List<String> headers = List.of(scope.group(5).split(";"));
        String date = scope.group(2);
        boolean covered = headers.contains("host")
                && headers.contains("x-amz-date")
                && (key.token().isEmpty() || headers.contains("x-amz-security-token"));
        boolean sameDay = signed.atZone(ZoneOffset.UTC)
                .toLocalDate()
                .format(DateTimeFormatter.BASIC_ISO_DATE)
                .equals(date);
        Optional<String> payload = payloadHash(request);
        if (!covered || !sameDay || payload.isEmpty()) {
            return false;
        }
        String credentialScope = date + "/" + scope.group(3) + "/" + scope.group(4) + "/aws4_request";
        String toSign = String.join(
                "\n",
                "AWS4-HMAC-SHA256",
                request.header("X-Amz-Date").orElse(""),
                credentialScope,
                Digest.hex(
                        Digest.sha256(canonical(request, headers, payload.get()).getBytes(StandardCharsets.UTF_8))));
        byte[] signing = ("AWS4" + key.secret()).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of(date, scope.group(3), scope.group(4), "aws4_request")) {
            signing = Digest.hmac("HmacSHA256", signing, part);
        }
        return Digest.same(Digest.hex(Digest.hmac("HmacSHA256", signing, toSign)), scope.group(6));
    }

    /// The hash that is signed; empty where the client names one that is not the body's.
    private static Optional<String> payloadHash(Request request) {
        String real = Digest.hex(Digest.sha256(request.bodyBytes()));
        String named = request.header("X-Amz-Content-Sha256").orElse(real);
        return Optional.of(named).filter(hash -> hash.equals(real) || hash.equals(UNSIGNED));
    }

    private static String canonical(Request request, List<String> headers, String payload) {
        String values = headers.stream()
                .map(header ->
                        header + ":" + request.header(header).orElse("").strip().replaceAll(" +", " ") + "\n")
                .collect(Collectors.joining());
        return String.join(
                "\n", request.method(), path(request), query(request), values, String.join(";", headers), payload);
    }

    private static String path(Request request) {
        return request.path().isEmpty() ? "/" : request.path();
    }

    private static String query(Request request) {
        int mark = request.target().indexOf('?');
        if (mark < 0 || mark + 1 == request.target().length()) {
            return "";
        }
        return Arrays.stream(request.target().substring(mark + 1).split("&"))
                .map(pair -> pair.contains("=") ? pair : pair + "=")
                .sorted()
                .collect(Collectors.joining("&"));
    }
}
