package io.plumbline.it.clouds.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.plumbline.it.clouds.aws.Service.Protocol;
import io.plumbline.it.clouds.aws.Service.Trouble;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Requests as forms: `Subnets.member.1=subnet-1` (query protocol), `Filter.1.Value.1=vpc-1` (that of EC2).
final class QueryText {
    private static final List<String> ENVELOPE = List.of("Action", "Version");

    private QueryText() {}

    /// The fields of a form, in their order.
    static Map<String, String> form(String body) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : body.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            throw new Refusal("MalformedQueryString", "The query string is malformed.");
        }
    }

    /// The request of an action, by the names of its description.
    static ObjectNode read(Service service, String action, Map<String, String> form) {
        Branch root = new Branch();
        form.forEach((name, value) -> {
            if (!ENVELOPE.contains(name)) {
                root.put(name, value);
            }
        });
        return (ObjectNode) new Reader(service).structure(service.contract().input(action), root, "");
    }

    /// Fields by the parts of their names.
    private static final class Branch {
        private Optional<String> value = Optional.empty();
        private final Map<String, Branch> branches = new LinkedHashMap<>();

        private void put(String name, String text) {
            Branch at = this;
            for (String part : name.split("\\.")) {
                at = at.branches.computeIfAbsent(part, any -> new Branch());
            }
            at.value = Optional.of(text);
        }
    }

    private record Reader(Service service) {
        private JsonNode value(String shapeName, Branch branch, String path) {
            String type = service.contract().shape(shapeName).path("type").asText();
            return switch (type) {
                case "structure" -> structure(shapeName, branch, path);
                case "list" -> list(shapeName, branch, path);
                case "boolean" -> truth(branch, path);
                case "integer", "long" -> number(branch, path);
                default -> TextNode.valueOf(text(branch, path));
            };
        }

        private JsonNode structure(String shapeName, Branch branch, String path) {
            Map<String, String> memberOf = new LinkedHashMap<>();
            Map<String, JsonNode> members = new LinkedHashMap<>();
            service.contract().shape(shapeName).path("members").properties().forEach(member -> {
                memberOf.put(wireName(member.getKey(), member.getValue()), member.getKey());
                members.put(member.getKey(), member.getValue());
            });
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            branch.branches.forEach((name, each) -> {
                String full = path.isEmpty() ? name : path + "." + name;
                String member = Optional.ofNullable(memberOf.get(name)).orElseThrow(() -> unknown(full));
                object.set(
                        member,
                        value(members.getOrDefault(member, object).path("shape").asText(), each, full));
            });
            return object;
        }

        private Refusal unknown(String name) {
            return new Refusal(service.code(Trouble.UNKNOWN_PARAMETER), "The parameter " + name + " is not recognized");
        }

        private String wireName(String member, JsonNode description) {
            String name = description.path("locationName").asText(member);
            return service.protocol == Protocol.EC2
                    ? name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1)
                    : name;
        }

        private JsonNode list(String shapeName, Branch branch, String path) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            JsonNode member = service.contract().shape(shapeName).path("member");
            Branch elements = service.protocol == Protocol.EC2
                    ? branch
                    : branch.branches.getOrDefault(member.path("locationName").asText("member"), new Branch());
            service.unless(
                    elements.branches.keySet().stream().allMatch(name -> name.matches("\\d{1,6}")),
                    Trouble.UNREADABLE,
                    "The parameter " + path + " is not a list");
            elements.branches.entrySet().stream()
                    .sorted(Comparator.comparingInt(entry -> Integer.parseInt(entry.getKey())))
                    .forEach(entry -> list.add(
                            value(member.path("shape").asText(), entry.getValue(), path + "." + entry.getKey())));
            return list;
        }

        private JsonNode truth(Branch branch, String path) {
            String text = text(branch, path);
            service.unless(
                    text.equals("true") || text.equals("false"),
                    Trouble.INVALID,
                    "Value (" + text + ") for parameter " + path + " is invalid: it must be true or false");
            return BooleanNode.valueOf(text.equals("true"));
        }

        private JsonNode number(Branch branch, String path) {
            String text = text(branch, path);
            service.unless(
                    text.matches("-?\\d{1,18}"),
                    Trouble.INVALID,
                    "Value (" + text + ") for parameter " + path + " is invalid: it must be a number");
            return LongNode.valueOf(Long.parseLong(text));
        }

        private String text(Branch branch, String path) {
            service.unless(
                    branch.value.isPresent() && branch.branches.isEmpty(),
                    Trouble.UNREADABLE,
                    "The parameter " + path + " must be a single value");
            return branch.value.orElse("");
        }
    }
}
