package io.plumbline.it.clouds.aliyun;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.it.clouds.Resources;
import java.util.Map;
import java.util.TreeMap;

/// The error codes that the API and its platform have, with their HTTP status. The simulation answers with no
/// other.
final class ErrorCodes {
    private static final Map<String, Integer> STATUS = read();

    private ErrorCodes() {}

    static boolean exists(String code) {
        return STATUS.containsKey(code);
    }

    /// The HTTP status with which a code comes.
    ///
    /// @throws IllegalArgumentException when there is no such code
    static int status(String code) {
        Integer status = STATUS.get(code);
        if (status == null) {
            throw new IllegalArgumentException("the API has no error code " + code);
        }
        return status;
    }

    private static Map<String, Integer> read() {
        Map<String, Integer> status = new TreeMap<>();
        for (Map.Entry<String, JsonNode> code : Resources.json("/contracts/aliyun-error-codes.json")
                .path("codes")
                .properties()) {
            status.put(code.getKey(), code.getValue().intValue());
        }
        return status;
    }
}
