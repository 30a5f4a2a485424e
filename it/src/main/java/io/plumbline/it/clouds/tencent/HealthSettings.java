package io.plumbline.it.clouds.tencent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.LivePools;
import io.plumbline.it.clouds.Probe;
import io.plumbline.it.clouds.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A listener's HealthCheck object: its defaults, what the API refuses, and the probe that it asks for.
///
/// Numbers: https://cloud.tencent.com/document/api/214/30694#HealthCheck.
final class HealthSettings {
    private static final List<String> NULLABLE = List.of(
            "CheckPort",
            "ContextType",
            "ExtendedCode",
            "HttpCheckDomain",
            "HttpCheckMethod",
            "HttpCheckPath",
            "HttpCode",
            "HttpVersion",
            "RecvContext",
            "SendContext");

    private HealthSettings() {}

    /// What a listener has that was created without a HealthCheck.
    static ObjectNode initial(String protocol) {
        ObjectNode check = JsonNodeFactory.instance.objectNode();
        check.put("HealthSwitch", 1)
                .put("TimeOut", 2)
                .put("IntervalTime", 5)
                .put("HealthNum", 3)
                .put("UnHealthNum", 3)
                .put("CheckType", protocol.equals("UDP") ? "PING" : "TCP")
                .put("SourceIpType", 0);
        NULLABLE.forEach(check::putNull);
        return check;
    }

    /// The settings with the changes applied; what the change does not name stays.
    static ObjectNode changed(ObjectNode before, JsonNode change, String protocol) {
        ObjectNode check = before.deepCopy();
        for (Map.Entry<String, JsonNode> field : change.properties()) {
            check.set(field.getKey(), field.getValue());
        }
        validate(check, protocol);
        return check;
    }

    private static void validate(ObjectNode check, String protocol) {
        within(check, "HealthSwitch", 0, 1);
        within(check, "TimeOut", 2, 60);
        within(check, "IntervalTime", 2, 300);
        within(check, "HealthNum", 2, 10);
        within(check, "UnHealthNum", 2, 10);
        within(check, "SourceIpType", 0, 1);
        Refusal.unless(
                number(check, "TimeOut") < number(check, "IntervalTime"),
                "InvalidParameterValue",
                "HealthCheck.TimeOut must be less than HealthCheck.IntervalTime.");
        if (!check.path("CheckPort").isNull() && number(check, "CheckPort") != -1) {
            within(check, "CheckPort", 1, 65535);
        }
        Refusal.unless(
                check.path("ExtendedCode").isNull(),
                "InvalidParameterValue",
                "HealthCheck.ExtendedCode is for GRPC rules only.");
        validateType(check, protocol);
    }

    private static void validateType(ObjectNode check, String protocol) {
        String type = check.path("CheckType").asText();
        List<String> possible = protocol.equals("UDP") ? List.of("PING", "CUSTOM") : List.of("TCP", "HTTP", "CUSTOM");
        Refusal.unless(
                possible.contains(type),
                "InvalidParameterValue",
                "HealthCheck.CheckType of a " + protocol + " listener must be one of " + possible + ".");
        if (type.equals("HTTP")) {
            validateHttp(check);
        }
        if (type.equals("CUSTOM")) {
            validateCustom(check);
        }
    }

    private static void validateHttp(ObjectNode check) {
        // A TCP listener has no domain of its own, so HttpCheckDomain and HttpVersion must be given.
        present(check, "HttpCheckDomain");
        present(check, "HttpVersion");
        oneOf(check, "HttpVersion", List.of("HTTP/1.0", "HTTP/1.1"));
        fill(check, "HttpCheckMethod", "HEAD");
        fill(check, "HttpCheckPath", "/");
        oneOf(check, "HttpCheckMethod", List.of("HEAD", "GET"));
        Refusal.unless(
                check.path("HttpCheckPath").asText().startsWith("/"),
                "InvalidParameterValue",
                "HealthCheck.HttpCheckPath must begin with a slash.");
        if (check.path("HttpCode").isNull()) {
            check.put("HttpCode", 31);
        }
        within(check, "HttpCode", 1, 31);
    }

    private static void validateCustom(ObjectNode check) {
        present(check, "ContextType");
        present(check, "SendContext");
        present(check, "RecvContext");
        oneOf(check, "ContextType", List.of("HEX", "TEXT"));
        for (String context : List.of("SendContext", "RecvContext")) {
            String text = check.path(context).asText();
            boolean hex = check.path("ContextType").asText().equals("HEX");
            Refusal.unless(
                    text.length() <= 500 && text.matches(hex ? "([0-9A-F]{2})*" : "\\p{ASCII}*"),
                    "InvalidParameterValue",
                    "HealthCheck." + context + " is too long or has a character that ContextType does not allow.");
        }
    }

    private static void present(ObjectNode check, String field) {
        Refusal.unless(
                !check.path(field).asText("").isEmpty(),
                "MissingParameter",
                "The request is missing a required parameter `HealthCheck." + field + "`.");
    }

    private static void fill(ObjectNode check, String field, String value) {
        if (check.path(field).isNull()) {
            check.put(field, value);
        }
    }

    private static void oneOf(ObjectNode check, String field, List<String> possible) {
        Refusal.unless(
                possible.contains(check.path(field).asText()),
                "InvalidParameterValue",
                "HealthCheck." + field + " must be one of " + possible + ".");
    }

    private static void within(ObjectNode check, String field, long least, long most) {
        long value = check.path(field).asLong();
        Refusal.unless(
                value >= least && value <= most,
                "InvalidParameterValue.Range",
                "HealthCheck." + field + " must be from " + least + " to " + most + ".");
    }

    private static int number(ObjectNode check, String field) {
        return check.path(field).asInt();
    }

    static boolean isOn(ObjectNode check) {
        return number(check, "HealthSwitch") == 1;
    }

    /// How a listener's targets are checked; empty where the check is off.
    static Optional<LivePools.Check> check(ObjectNode check, String protocol) {
        int port = check.path("CheckPort").asInt(-1);
        return isOn(check)
                ? Optional.of(new LivePools.Check(
                        Duration.ofSeconds(number(check, "IntervalTime")),
                        Duration.ofSeconds(number(check, "TimeOut")),
                        number(check, "HealthNum"),
                        number(check, "UnHealthNum"),
                        port > 0 ? OptionalInt.of(port) : OptionalInt.empty(),
                        how(check, protocol)))
                : Optional.empty();
    }

    private static Probe.How how(ObjectNode check, String protocol) {
        return switch (check.path("CheckType").asText()) {
            case "TCP" -> new Probe.Connect();
            case "PING" -> new Probe.Reachable();
            case "HTTP" ->
                new Probe.Http(
                        check.path("HttpCheckMethod").asText(),
                        check.path("HttpCheckDomain").asText(),
                        check.path("HttpCheckPath").asText(),
                        check.path("HttpVersion").asText(),
                        number(check, "HttpCode"));
            default ->
                new Probe.Exchange(
                        protocol.equals("UDP") ? Transport.UDP : Transport.TCP,
                        hex(check, "SendContext"),
                        hex(check, "RecvContext"));
        };
    }

    private static String hex(ObjectNode check, String field) {
        String text = check.path(field).asText();
        return check.path("ContextType").asText().equals("HEX")
                ? text
                : HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }
}
