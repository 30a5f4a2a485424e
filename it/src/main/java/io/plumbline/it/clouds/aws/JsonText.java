package io.plumbline.it.clouds.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.Resources;
import io.plumbline.it.clouds.aws.Service.Trouble;
import java.math.BigDecimal;
import java.time.Instant;

/// Requests and replies of the JSON 1.1 protocol: the description's own names, times as seconds since 1970.
final class JsonText {
    private JsonText() {}

    static ObjectNode read(Service service, String body) {
        try {
            JsonNode read = body.isBlank() ? JsonNodeFactory.instance.objectNode() : Resources.JSON.readTree(body);
            service.unless(read.isObject(), Trouble.UNREADABLE, "The request is not a JSON object");
            return (ObjectNode) read;
        } catch (JsonProcessingException broken) {
            throw new Refusal(service.code(Trouble.UNREADABLE), "The request is not JSON");
        }
    }

    static String write(Service service, String action, ObjectNode reply) {
        return service.contract()
                .output(action)
                .map(shape -> value(service, shape, reply).toString())
                .orElse("");
    }

    static String error(Refusal refusal) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("__type", refusal.code())
                .put("message", refusal.message())
                .toString();
    }

    private static JsonNode value(Service service, String shapeName, JsonNode value) {
        JsonNode shape = service.contract().shape(shapeName);
        return switch (shape.path("type").asText()) {
            case "structure" -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                value.properties()
                        .forEach(field -> object.set(
                                field.getKey(),
                                value(
                                        service,
                                        shape.path("members")
                                                .path(field.getKey())
                                                .path("shape")
                                                .asText(),
                                        field.getValue())));
                yield object;
            }
            case "list" -> {
                ArrayNode list = JsonNodeFactory.instance.arrayNode();
                value.forEach(element ->
                        list.add(value(service, shape.at("/member/shape").asText(), element)));
                yield list;
            }
            case "timestamp" ->
                DecimalNode.valueOf(
                        BigDecimal.valueOf(Instant.parse(value.asText()).toEpochMilli(), 3));
            default -> value;
        };
    }
}
