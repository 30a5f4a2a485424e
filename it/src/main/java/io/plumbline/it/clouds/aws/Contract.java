package io.plumbline.it.clouds.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.Resources;
import io.plumbline.it.clouds.aws.Service.Trouble;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// The machine-readable description of one API, and whether requests and replies keep to it.
///
/// Both are JSON by the names of the description's members here, whatever the protocol; timestamps are ISO 8601
/// text.
final class Contract {
    private static final Map<Service, Contract> ALL = all();

    private final Service service;
    private final JsonNode file;

    private Contract(Service service) {
        this.service = service;
        this.file = Resources.json("/contracts/" + service.contractName + ".json");
    }

    private static Map<Service, Contract> all() {
        Map<Service, Contract> all = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            all.put(service, new Contract(service));
        }
        return all;
    }

    /// The description of a service's API.
    static Contract of(Service service) {
        return Objects.requireNonNull(ALL.get(service));
    }

    String version() {
        return file.path("version").asText();
    }

    /// Whether the simulation serves the action.
    boolean serves(String action) {
        return file.path("operations").has(action);
    }

    /// Whether the real API has the action, though the simulation does not serve it.
    boolean existsElsewhere(String action) {
        for (JsonNode other : file.path("otherOperations")) {
            if (other.asText().equals(action)) {
                return true;
            }
        }
        return false;
    }

    /// The shape of an action's request.
    String input(String action) {
        return file.path("operations").path(action).path("input").asText();
    }

    /// The shape of an action's reply; empty where it has none.
    Optional<String> output(String action) {
        return Optional.ofNullable(
                file.path("operations").path(action).path("output").textValue());
    }

    /// A shape by its name.
    JsonNode shape(String name) {
        JsonNode shape = file.path("shapes").path(name);
        sound(!shape.isMissingNode(), "no shape " + name);
        return shape;
    }

    /// Checks a request: all required members, no unknown one, types, enums, ranges.
    void checkRequest(String action, ObjectNode request) {
        checkRequestValue(input(action), request, "");
    }

    private void checkRequestValue(String shapeName, JsonNode value, String path) {
        JsonNode shape = shape(shapeName);
        switch (shape.path("type").asText()) {
            case "structure" -> checkRequestMembers(shape, value, path);
            case "list" -> {
                service.unless(value.isArray(), Trouble.UNREADABLE, path + " must be a list");
                range(shape, value.size(), path, value);
                for (JsonNode element : value) {
                    checkRequestValue(shape.at("/member/shape").asText(), element, path + ".member");
                }
            }
            default -> checkRequestScalar(shape, value, path);
        }
    }

    private void checkRequestMembers(JsonNode shape, JsonNode value, String path) {
        service.unless(value.isObject(), Trouble.UNREADABLE, path + " must be a structure");
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            JsonNode member = shape.path("members").path(field.getKey());
            String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            service.unless(
                    !member.isMissingNode(), Trouble.UNKNOWN_PARAMETER, "The parameter " + name + " is not recognized");
            checkRequestValue(member.path("shape").asText(), field.getValue(), name);
        }
        for (JsonNode required : shape.path("required")) {
            service.unless(
                    value.has(required.asText()),
                    Trouble.MISSING,
                    "The request must contain the parameter "
                            + (path.isEmpty() ? required.asText() : path + "." + required.asText()));
        }
    }

    private void checkRequestScalar(JsonNode shape, JsonNode value, String path) {
        String type = shape.path("type").asText();
        service.unless(fits(type, value), Trouble.UNREADABLE, path + " must be of type " + type);
        if (shape.has("enum")) {
            service.unless(
                    isIn(shape.path("enum"), value),
                    Trouble.INVALID,
                    constraint(value, path) + "Member must satisfy enum value set: " + shape.path("enum"));
        }
        range(shape, value.isNumber() ? value.longValue() : value.asText().length(), path, value);
        if (shape.has("pattern")) {
            service.unless(
                    Pattern.compile(shape.path("pattern").asText())
                            .matcher(value.asText())
                            .matches(),
                    Trouble.INVALID,
                    constraint(value, path) + "Member must satisfy regular expression pattern: "
                            + shape.path("pattern").asText());
        }
    }

    private static String constraint(JsonNode value, String path) {
        return "1 validation error detected: Value '" + value.asText() + "' at '" + path
                + "' failed to satisfy constraint: ";
    }

    private void range(JsonNode shape, long size, String path, JsonNode value) {
        service.unless(
                size >= shape.path("min").asLong(Long.MIN_VALUE),
                Trouble.INVALID,
                constraint(value, path) + "Member must be at least "
                        + shape.path("min").asText());
        service.unless(
                size <= shape.path("max").asLong(Long.MAX_VALUE),
                Trouble.INVALID,
                constraint(value, path) + "Member must be at most "
                        + shape.path("max").asText());
    }

    private static boolean isIn(JsonNode values, JsonNode value) {
        for (JsonNode each : values) {
            if (each.asText().equals(value.asText())) {
                return true;
            }
        }
        return false;
    }

    /// Checks a reply of our own.
    ///
    /// @throws IllegalStateException when it breaks the contract: a defect of the simulation
    void checkReply(String action, ObjectNode reply) {
        if (output(action).isEmpty()) {
            sound(reply.isEmpty(), action + " has no reply");
        } else {
            checkReplyValue(output(action).orElseThrow(), reply, action);
        }
    }

    private void checkReplyValue(String shapeName, JsonNode value, String path) {
        JsonNode shape = shape(shapeName);
        switch (shape.path("type").asText()) {
            case "structure" -> checkReplyMembers(shape, value, path);
            case "list" -> {
                sound(value.isArray(), path + " must be a list");
                value.forEach(
                        element -> checkReplyValue(shape.at("/member/shape").asText(), element, path));
            }
            default -> {
                sound(fits(shape.path("type").asText(), value), path + " must not be " + value);
                sound(!shape.has("enum") || isIn(shape.path("enum"), value), path + " must not be " + value);
            }
        }
    }

    private void checkReplyMembers(JsonNode shape, JsonNode value, String path) {
        sound(value.isObject(), path + " must be a structure");
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            JsonNode member = shape.path("members").path(field.getKey());
            sound(!member.isMissingNode(), path + "." + field.getKey() + " is not in the contract");
            checkReplyValue(member.path("shape").asText(), field.getValue(), path + "." + field.getKey());
        }
        for (JsonNode required : shape.path("required")) {
            sound(value.has(required.asText()), path + " lacks " + required.asText());
        }
    }

    private static boolean fits(String type, JsonNode value) {
        return switch (type) {
            case "string", "blob", "timestamp" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer", "long" -> value.isIntegralNumber() && value.canConvertToLong();
            case "double", "float" -> value.isNumber();
            default -> throw new IllegalStateException("the contract has a type that we do not know: " + type);
        };
    }

    private static void sound(boolean holds, String message) {
        if (!holds) {
            throw new IllegalStateException("the contract is broken: " + message);
        }
    }
}
