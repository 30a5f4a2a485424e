package io.plumbline.it.clouds.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.it.clouds.Resources;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The error codes that the APIs and their platform have, with their HTTP status. The simulation answers with no
/// other.
final class ErrorCodes {
    private static final int DEFAULT_STATUS = 400;
    private static final List<String> CONTRACTS =
            List.of("aws-elbv2-2015-12-01", "aws-acm-2015-12-08", "aws-tagging-2017-01-26", "aws-sts-2011-06-15");
    private static final Map<String, Integer> KNOWN = read();

    private ErrorCodes() {}

    /// The code itself.
    ///
    /// @throws IllegalArgumentException when neither an API nor the platform has it
    static String known(String code) {
        if (!exists(code)) {
            throw new IllegalArgumentException("the simulated APIs have no error code " + code);
        }
        return code;
    }

    static boolean exists(String code) {
        return KNOWN.containsKey(code);
    }

    static int status(String code) {
        return KNOWN.getOrDefault(code, DEFAULT_STATUS);
    }

    private static Map<String, Integer> read() {
        JsonNode file = Resources.json("/contracts/aws-error-codes.json");
        Map<String, Integer> codes = new TreeMap<>();
        CONTRACTS.forEach(contract -> ofContract(Resources.json("/contracts/" + contract + ".json"), codes));
        file.path("ec2").forEach(code -> codes.put(code.textValue(), DEFAULT_STATUS));
        file.path("platform")
                .properties()
                .forEach(entry -> codes.put(entry.getKey(), entry.getValue().intValue()));
        return Collections.unmodifiableMap(codes);
    }

    /// A description names exceptions; where it gives no code of its own, the exception's name is the code.
    private static void ofContract(JsonNode contract, Map<String, Integer> codes) {
        contract.path("operations")
                .forEach(operation -> operation.path("errors").forEach(name -> {
                    JsonNode error =
                            contract.path("shapes").path(name.textValue()).path("error");
                    codes.put(
                            error.path("code").asText(name.textValue()),
                            error.path("httpStatusCode").asInt(DEFAULT_STATUS));
                }));
    }
}
