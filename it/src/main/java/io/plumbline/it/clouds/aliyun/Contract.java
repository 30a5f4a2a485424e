package io.plumbline.it.clouds.aliyun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.Resources;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// The machine-readable description of one product's API: how its flat parameters are read, and whether replies
/// keep to it.
final class Contract {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Map<Product, Contract> BY_PRODUCT = read();

    private final JsonNode actions;

    private Contract(JsonNode file) {
        this.actions = file.path("actions");
    }

    /// The description of a product's API.
    static Contract of(Product product) {
        return Optional.ofNullable(BY_PRODUCT.get(product)).orElseThrow();
    }

    private static Map<Product, Contract> read() {
        Map<Product, Contract> contracts = new EnumMap<>(Product.class);
        for (Product product : Product.values()) {
            String path = "/contracts/aliyun-" + product.wireName + "-" + product.version + ".json";
            contracts.put(product, new Contract(Resources.json(path)));
        }
        return contracts;
    }

    /// Whether the real API has the action.
    boolean has(String action) {
        return actions.has(action);
    }

    /// The members of a reply below a pointer, for example `/Listeners/0`.
    JsonNode reply(String action, String pointer) {
        return actions.path(action).path("response").at(pointer);
    }

    /// Reads the parameters of a request by their types. Unknown ones are ignored, as the real API does; a missing
    /// required one, or one of another type, is refused.
    ObjectNode read(String action, Map<String, String> parameters) {
        JsonNode description = actions.path(action);
        ObjectNode body = NODES.objectNode();
        for (Map.Entry<String, JsonNode> member : description.path("request").properties()) {
            value(member.getKey(), member.getValue(), parameters).ifPresent(value -> body.set(member.getKey(), value));
        }
        for (JsonNode required : description.path("required")) {
            Refusal.unless(
                    body.has(required.asText()),
                    "MissingParameter",
                    "The input parameter \"" + required.asText()
                            + "\" that is mandatory for processing this request is not supplied.");
        }
        return body;
    }

    private static Optional<JsonNode> value(String name, JsonNode type, Map<String, String> parameters) {
        if (type.isArray()) {
            return list(name, type.path(0), parameters);
        }
        if (type.isObject()) {
            return object(name + ".", type, parameters);
        }
        if (type.asText().startsWith("List[")) {
            String element =
                    type.asText().substring("List[".length(), type.asText().length() - 1);
            return list(name, NODES.textNode(element), parameters);
        }
        return Optional.ofNullable(parameters.get(name))
                .filter(text -> !text.isEmpty())
                .map(text -> scalar(name, type.asText(), text));
    }

    /// `Name.1`, `Name.2`, ..., with or without members.
    private static Optional<JsonNode> list(String name, JsonNode type, Map<String, String> parameters) {
        ArrayNode list = NODES.arrayNode();
        Optional<JsonNode> element = value(name + ".1", type, parameters);
        while (element.isPresent()) {
            list.add(element.get());
            element = value(name + "." + (list.size() + 1), type, parameters);
        }
        return list.isEmpty() ? Optional.empty() : Optional.of(list);
    }

    private static Optional<JsonNode> object(String prefix, JsonNode members, Map<String, String> parameters) {
        ObjectNode object = NODES.objectNode();
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            value(prefix + member.getKey(), member.getValue(), parameters)
                    .ifPresent(value -> object.set(member.getKey(), value));
        }
        return object.isEmpty() ? Optional.empty() : Optional.of(object);
    }

    private static JsonNode scalar(String name, String type, String text) {
        return switch (type) {
            case "str" -> NODES.textNode(text);
            case "int" -> {
                Refusal.valid(text.matches("-?\\d{1,18}"), name, "an integer");
                yield NODES.numberNode(Long.parseLong(text));
            }
            case "bool" -> {
                Refusal.valid(text.matches("(?i)true|false"), name, "true or false");
                yield NODES.booleanNode(Boolean.parseBoolean(text));
            }
            case "float" -> {
                Refusal.valid(text.matches("-?\\d{1,18}(\\.\\d{1,18})?"), name, "a number");
                yield NODES.numberNode(Double.parseDouble(text));
            }
            default -> throw new IllegalStateException("the contract has a type that we do not know: " + type);
        };
    }

    /// Checks a reply of our own.
    ///
    /// @throws IllegalStateException when it breaks the contract: a defect of the simulation
    void checkReply(String action, ObjectNode reply) {
        check(actions.path(action).path("response"), reply, action);
    }

    private static void check(JsonNode type, JsonNode value, String path) {
        if (type.isObject()) {
            sound(value.isObject(), path + " must be an object");
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                sound(type.has(field.getKey()), path + " has no member " + field.getKey());
                check(type.path(field.getKey()), field.getValue(), path + "." + field.getKey());
            }
        } else if (type.isArray() || type.asText().startsWith("List[")) {
            sound(value.isArray(), path + " must be a list");
            value.forEach(element -> check(elementType(type), element, path));
        } else {
            sound(fits(type.asText(), value), path + " must be " + type.asText() + ", not " + value);
        }
    }

    private static JsonNode elementType(JsonNode list) {
        return list.isArray()
                ? list.path(0)
                : NODES.textNode(
                        list.asText().substring("List[".length(), list.asText().length() - 1));
    }

    private static boolean fits(String type, JsonNode value) {
        return switch (type) {
            case "str" -> value.isTextual();
            case "bool" -> value.isBoolean();
            case "int" -> value.isIntegralNumber() && value.canConvertToLong();
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
