package io.plumbline.it.clouds.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request that is authentic and keeps to the contract.
///
/// @param principal the ARN of whom it comes from
/// @param trouble what a fault script wants of it while it is done
record ApiCall(Service service, String action, ObjectNode body, String principal, Optional<Fault.Kind> trouble) {
    String text(String field) {
        return body.path(field).asText("");
    }

    String text(String field, String otherwise) {
        return body.path(field).asText(otherwise);
    }

    boolean has(String field) {
        return body.has(field);
    }

    List<String> texts(String field) {
        List<String> values = new ArrayList<>();
        body.path(field).forEach(value -> values.add(value.asText()));
        return values;
    }

    /// Tags or attributes: a list of keys with values.
    Map<String, String> pairs(String field) {
        return pairs(body.path(field));
    }

    /// A list of keys with values.
    static Map<String, String> pairs(JsonNode list) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (JsonNode pair : list) {
            Refusal.unless(
                    pairs.put(pair.path("Key").asText(), pair.path("Value").asText("")) == null,
                    "DuplicateTagKeys",
                    "The key " + pair.path("Key").asText() + " occurs twice");
        }
        return pairs;
    }

    boolean struckBy(Fault.Kind kind) {
        return trouble.isPresent() && trouble.get() == kind;
    }

    /// Refuses every parameter that the real API knows and the simulation does not.
    void supports(String... fields) {
        List<String> known = List.of(fields);
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            service.unless(
                    known.contains(field.getKey()),
                    Service.Trouble.INVALID,
                    "The simulation does not support the parameter " + field.getKey() + " of " + action);
        }
    }
}
