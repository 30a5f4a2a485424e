package io.plumbline.it.clouds.aws;

import static io.plumbline.it.clouds.aws.Refusal.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// CreateTags and DeleteTags of EC2.
final class Ec2Tags {
    private final Estate estate;

    Ec2Tags(Estate estate) {
        this.estate = estate;
    }

    ObjectNode create(ApiCall call) {
        Map<String, String> wanted = call.pairs("Tags");
        List<Map<String, String>> resources = resources(call);
        for (Map<String, String> tags : resources) {
            Map<String, String> after = new LinkedHashMap<>(tags);
            after.putAll(wanted);
            unless(after.size() <= 50, "TagLimitExceeded", "The maximum number of tags is 50");
        }
        resources.forEach(tags -> tags.putAll(wanted));
        return JsonNodeFactory.instance.objectNode();
    }

    /// Without tags all go; a tag with a value goes only where it has that value.
    ObjectNode delete(ApiCall call) {
        for (Map<String, String> tags : resources(call)) {
            if (!call.has("Tags")) {
                tags.clear();
            }
            for (JsonNode tag : call.body().path("Tags")) {
                String key = tag.path("Key").asText();
                if (!tag.has("Value") || tag.path("Value").asText().equals(tags.get(key))) {
                    tags.remove(key);
                }
            }
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private List<Map<String, String>> resources(ApiCall call) {
        return call.texts("Resources").stream().map(this::tagsOf).toList();
    }

    private Map<String, String> tagsOf(String id) {
        Optional<Map<String, String>> ofGroup =
                Optional.ofNullable(estate.securityGroups.get(id)).map(group -> group.tags);
        Optional<Map<String, String>> ofRule = estate.securityGroups.values().stream()
                .flatMap(group -> group.rules.values().stream())
                .filter(rule -> rule.id().equals(id))
                .map(SecurityGroup.Rule::tags)
                .findFirst();
        return ofGroup.or(() -> ofRule)
                .or(() -> Optional.ofNullable(estate.vpcTags.get(id)))
                .or(() -> estate.network
                        .addressOf(id)
                        .map(address -> estate.vpcTags.computeIfAbsent(id, any -> new LinkedHashMap<>())))
                .orElseThrow(() -> new Refusal("InvalidID", "The ID '" + id + "' is not valid"));
    }
}
