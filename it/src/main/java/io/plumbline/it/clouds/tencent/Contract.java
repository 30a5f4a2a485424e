package io.plumbline.it.clouds.tencent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.Resources;
import java.util.Map;

/// The machine-readable description of an API, and whether requests and replies keep to it.
final class Contract {
    /// Load balancers.
    static final Contract CLB = new Contract("/contracts/tencent-clb-2018-03-17.json");

    /// Temporary keys.
    static final Contract STS = new Contract("/contracts/tencent-sts-2018-08-13.json");

    private final JsonNode file;

    private Contract(String resource) {
        file = Resources.json(resource);
    }

    String version() {
        return file.path("version").asText();
    }

    /// Whether the simulation serves the action.
    boolean serves(String action) {
        return file.path("actions").has(action);
    }

    /// Whether the real API has the action, though the simulation does not serve it.
    boolean existsElsewhere(String action) {
        for (JsonNode other : file.path("otherActions")) {
            if (other.asText().equals(action)) {
                return true;
            }
        }
        return false;
    }

    /// Checks a request: all required parameters, no unknown one, the right JSON types, no null.
    void checkRequest(String action, JsonNode request) {
        Refusal.unless(request.isObject(), "InvalidParameter", "The request body is not a JSON object.");
        checkRequestObject(file.at("/actions/" + action + "/request").asText(), request, "");
    }

    private void checkRequestObject(String type, JsonNode value, String path) {
        JsonNode members = file.path("objects").path(type);
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            String name = path + field.getKey();
            JsonNode member = members.path(field.getKey());
            Refusal.unless(
                    !member.isMissingNode(), "UnknownParameter", "The parameter `" + name + "` is not recognized.");
            checkRequestValue(member.path("type"), field.getValue(), name);
        }
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            boolean missing = member.getValue().path("required").asBoolean() && !value.has(member.getKey());
            Refusal.unless(
                    !missing,
                    "MissingParameter",
                    "The request is missing a required parameter `" + path + member.getKey() + "`.");
        }
    }

    private void checkRequestValue(JsonNode type, JsonNode value, String name) {
        if (type.isArray()) {
            Refusal.unless(value.isArray(), "InvalidParameter", "The parameter `" + name + "` must be a list.");
            int index = 0;
            for (JsonNode element : value) {
                checkRequestValue(type.path(0), element, name + "." + index);
                index++;
            }
        } else if (isScalar(type.asText())) {
            Refusal.unless(
                    fits(type.asText(), value),
                    "InvalidParameter",
                    "The value type of parameter `" + name + "` must be " + type.asText() + ".");
        } else {
            Refusal.unless(value.isObject(), "InvalidParameter", "The parameter `" + name + "` must be an object.");
            checkRequestObject(type.asText(), value, name + ".");
        }
    }

    /// Checks a reply of our own.
    ///
    /// @throws IllegalStateException when it breaks the contract: a defect of the simulation
    void checkReply(String action, ObjectNode reply) {
        checkReplyObject(file.at("/actions/" + action + "/response").asText(), reply, action);
    }

    private void checkReplyObject(String type, JsonNode value, String path) {
        JsonNode members = file.path("objects").path(type);
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            JsonNode member = members.path(field.getKey());
            sound(!member.isMissingNode(), path + "." + field.getKey() + " is not in " + type);
            checkReplyValue(member, field.getValue(), path + "." + field.getKey());
        }
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            boolean always = member.getValue().path("always_in_response").asBoolean();
            sound(!always || value.has(member.getKey()), path + " lacks " + member.getKey());
        }
    }

    private void checkReplyValue(JsonNode member, JsonNode value, String path) {
        if (value.isNull()) {
            sound(member.path("nullable").asBoolean(), path + " must not be null");
            return;
        }
        JsonNode type = member.path("type");
        if (type.isArray()) {
            sound(value.isArray(), path + " must be a list");
            value.forEach(element -> checkReplyElement(type.path(0).asText(), element, path));
        } else {
            checkReplyElement(type.asText(), value, path);
        }
    }

    private void checkReplyElement(String type, JsonNode value, String path) {
        if (isScalar(type)) {
            sound(fits(type, value), path + " must be " + type + ", not " + value);
        } else {
            sound(value.isObject(), path + " must be an object");
            checkReplyObject(type, value, path);
        }
    }

    private boolean isScalar(String type) {
        return !file.path("objects").has(type);
    }

    private static boolean fits(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isTextual();
            case "bool" -> value.isBoolean();
            case "int64" -> value.isIntegralNumber() && value.canConvertToLong();
            case "uint64" -> value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0;
            case "float" -> value.isNumber();
            default -> throw new IllegalStateException("the contract has a type that we do not know: " + type);
        };
    }

    private static void sound(boolean holds, String message) {
        if (!holds) {
            throw new IllegalStateException("reply breaks the contract: " + message);
        }
    }
}
