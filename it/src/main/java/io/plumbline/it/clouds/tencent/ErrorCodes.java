package io.plumbline.it.clouds.tencent;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.it.clouds.Resources;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/// The error codes that the CLB API and its platform have. The simulation answers with no other.
final class ErrorCodes {
    private static final Set<String> KNOWN = read();

    private ErrorCodes() {}

    /// The code itself.
    ///
    /// @throws IllegalArgumentException when neither the API nor the platform has it
    static String known(String code) {
        if (!exists(code)) {
            throw new IllegalArgumentException("the CLB API has no error code " + code);
        }
        return code;
    }

    static boolean exists(String code) {
        return KNOWN.contains(code);
    }

    private static Set<String> read() {
        JsonNode file = Resources.json("/contracts/tencent-clb-error-codes.json");
        Set<String> codes = new TreeSet<>();
        file.path("codes").forEach(code -> codes.add(code.textValue()));
        file.path("platform").forEach(code -> codes.add(code.textValue()));
        return Collections.unmodifiableSet(codes);
    }
}
