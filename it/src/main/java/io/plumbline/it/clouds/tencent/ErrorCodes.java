package io.plumbline.it.clouds.tencent;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.it.clouds.Resources;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/// The error codes that the two APIs and their platform have. The simulation answers with no other.
final class ErrorCodes {
    private static final Set<String> KNOWN = read();

    private ErrorCodes() {}

    /// The code itself.
    ///
    /// @throws IllegalArgumentException when neither the API nor the platform has it
    static String known(String code) {
        if (!exists(code)) {
            throw new IllegalArgumentException("these APIs have no error code " + code);
        }
        return code;
    }

    static boolean exists(String code) {
        return KNOWN.contains(code);
    }

    private static Set<String> read() {
        JsonNode balancers = Resources.json("/contracts/tencent-clb-error-codes.json");
        JsonNode tokens = Resources.json("/contracts/tencent-sts-error-codes.json");
        Set<String> codes = new TreeSet<>();
        balancers.path("codes").forEach(code -> codes.add(code.textValue()));
        balancers.path("platform").forEach(code -> codes.add(code.textValue()));
        tokens.path("codes").forEach(code -> codes.add(code.textValue()));
        return Collections.unmodifiableSet(codes);
    }
}
