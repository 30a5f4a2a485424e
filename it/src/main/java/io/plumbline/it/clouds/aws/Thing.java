package io.plumbline.it.clouds.aws;

import static io.plumbline.it.clouds.aws.Refusal.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Something that an EC2 Describe action tells of.
///
/// @param facts what filters look at, by filter name
record Thing(String id, Map<String, List<String>> facts, Map<String, String> tags, ObjectNode text) {
    /// Where a Describe action names ids, and how it refuses an unknown one.
    record Names(String ids, String notFound, String list) {}

    /// The things of a Describe request, by its ids, filters and pages.
    static ObjectNode describe(ApiCall call, Names names, List<Thing> all) {
        List<String> ids = call.texts(names.ids());
        for (String id : ids) {
            unless(
                    all.stream().anyMatch(thing -> thing.id().equals(id)),
                    names.notFound(),
                    "The ID '" + id + "' does not exist");
        }
        JsonNode filters = call.body().path("Filters");
        List<Thing> found = all.stream()
                .filter(thing -> ids.isEmpty() || ids.contains(thing.id()))
                .filter(thing -> thing.passes(filters))
                .toList();
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        Pages.put(call, reply, names.list(), found, Pages.Names.EC2, Thing::text);
        return reply;
    }

    private boolean passes(JsonNode filters) {
        for (JsonNode filter : filters) {
            List<String> values = values(filter.path("Name").asText());
            boolean any = false;
            for (JsonNode wanted : filter.path("Values")) {
                Pattern pattern = pattern(wanted.asText());
                any |= values.stream().anyMatch(value -> pattern.matcher(value).matches());
            }
            if (!any) {
                return false;
            }
        }
        return true;
    }

    private List<String> values(String filter) {
        if (filter.startsWith("tag:")) {
            String key = filter.substring("tag:".length());
            return tags.containsKey(key) ? List.of(tags.getOrDefault(key, "")) : List.of();
        }
        if (filter.equals("tag-key")) {
            return List.copyOf(tags.keySet());
        }
        unless(facts.containsKey(filter), "InvalidParameterValue", "The filter '" + filter + "' is invalid");
        return facts.getOrDefault(filter, List.of());
    }

    /// `*` is any text, `?` any character.
    private static Pattern pattern(String wanted) {
        return Pattern.compile("\\Q" + wanted.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E", Pattern.DOTALL);
    }

    /// Facts with one value each: name, value, name, value, ...
    static Map<String, List<String>> facts(String... namesAndValues) {
        Map<String, List<String>> facts = new LinkedHashMap<>();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            facts.put(namesAndValues[index], List.of(namesAndValues[index + 1]));
        }
        return facts;
    }
}
