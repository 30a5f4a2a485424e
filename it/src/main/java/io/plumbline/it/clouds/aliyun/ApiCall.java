package io.plumbline.it.clouds.aliyun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request that is authentic and keeps to the contract.
///
/// @param body its own parameters by their types, without those of the platform
/// @param trouble what a fault script wants of it while it is done: `PARTIAL`
record ApiCall(String action, ObjectNode body, Optional<Fault.Kind> trouble) {
    String text(String field) {
        return body.path(field).asText();
    }

    Optional<String> optionalText(String field) {
        return body.has(field) ? Optional.of(text(field)) : Optional.empty();
    }

    int number(String field) {
        return body.path(field).asInt();
    }

    List<String> texts(String field) {
        List<String> values = new ArrayList<>();
        body.path(field).forEach(value -> values.add(value.asText()));
        return values;
    }

    /// The values of a parameter that takes several, separated by commas.
    List<String> separated(String field) {
        return Arrays.stream(text(field).split(","))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /// The tags of `Tag.N.Key` and `Tag.N.Value`.
    Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        for (JsonNode tag : body.path("Tag")) {
            String key = tag.path("Key").asText("");
            Refusal.unless(!key.isEmpty(), "MissingParam.TagKey", "The param of TagKey is missing.");
            tags.put(key, tag.path("Value").asText(""));
        }
        return tags;
    }

    /// An integer within a range, or the given one where the parameter is absent.
    int within(String field, int least, int most, int absent) {
        long value = body.path(field).asLong(absent);
        Refusal.valid(value >= least && value <= most, field, "from " + least + " to " + most);
        return (int) value;
    }

    /// One of several words, or the given one where the parameter is absent.
    String oneOf(String field, List<String> words, String absent) {
        String value = body.path(field).asText(absent);
        Refusal.valid(words.contains(value), field, "one of " + words);
        return value;
    }

    boolean struckBy(Fault.Kind kind) {
        return trouble.isPresent() && trouble.get() == kind;
    }
}
