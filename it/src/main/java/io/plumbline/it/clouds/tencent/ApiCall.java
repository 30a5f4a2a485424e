package io.plumbline.it.clouds.tencent;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.it.clouds.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request that is authentic and keeps to the contract.
///
/// @param requestId also the id of the task that it starts
/// @param trouble what a fault script wants of it while it is done: `TASK_FAIL` or `PARTIAL`
record ApiCall(String action, JsonNode body, String requestId, Optional<Fault.Kind> trouble) {
    String text(String field) {
        return body.path(field).asText();
    }

    Optional<String> optionalText(String field) {
        return body.has(field) ? Optional.of(body.path(field).asText()) : Optional.empty();
    }

    List<String> texts(String field) {
        List<String> values = new ArrayList<>();
        body.path(field).forEach(value -> values.add(value.asText()));
        return values;
    }

    boolean struckBy(Fault.Kind kind) {
        return trouble.isPresent() && trouble.get() == kind;
    }

    /// Refuses every parameter that the real API knows and the simulation does not.
    void supports(List<String> fields) {
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            Refusal.unless(
                    fields.contains(field.getKey()),
                    "UnsupportedOperation",
                    "The simulation does not support the parameter `" + field.getKey() + "` of " + action + ".");
        }
    }
}
