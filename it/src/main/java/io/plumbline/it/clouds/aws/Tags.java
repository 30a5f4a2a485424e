package io.plumbline.it.clouds.aws;

import static io.plumbline.it.clouds.aws.Refusal.unless;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.ChangeLog.Happened;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tag actions of ELBv2.
final class Tags {
    private static final int MOST = 50;
    private static final int MOST_RESOURCES = 20;

    private final Estate estate;

    Tags(Estate estate) {
        this.estate = estate;
    }

    /// The tags themselves, where the platform allows them.
    static Map<String, String> checked(Map<String, String> tags) {
        unless(tags.size() <= MOST, "TooManyTags", "The maximum number of tags is " + MOST);
        tags.keySet()
                .forEach(key -> unless(
                        !key.startsWith("aws:"), "ValidationError", "The tag key '" + key + "' has a reserved prefix"));
        return tags;
    }

    /// Tags as the APIs show them.
    static ArrayNode text(Map<String, String> tags) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        tags.forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
        return list;
    }

    ObjectNode add(ApiCall call) {
        Map<String, String> wanted = checked(call.pairs("Tags"));
        List<Map<String, String>> resources = resources(call);
        for (Map<String, String> tags : resources) {
            Map<String, String> after = new LinkedHashMap<>(tags);
            after.putAll(wanted);
            checked(after);
        }
        resources.forEach(tags -> tags.putAll(wanted));
        note(call);
        return JsonNodeFactory.instance.objectNode();
    }

    ObjectNode remove(ApiCall call) {
        List<Map<String, String>> resources = resources(call);
        resources.forEach(tags -> call.texts("TagKeys").forEach(tags::remove));
        note(call);
        return JsonNodeFactory.instance.objectNode();
    }

    ObjectNode describe(ApiCall call) {
        List<Map<String, String>> resources = resources(call);
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode list = reply.putArray("TagDescriptions");
        List<String> arns = call.texts("ResourceArns");
        for (int index = 0; index < arns.size(); index++) {
            list.addObject().put("ResourceArn", arns.get(index)).set("Tags", text(resources.get(index)));
        }
        return reply;
    }

    private void note(ApiCall call) {
        call.texts("ResourceArns").forEach(arn -> estate.lifecycle(kind(arn), arn, Happened.CHANGED));
    }

    private static String kind(String arn) {
        if (arn.contains(":targetgroup/")) {
            return "target-group";
        }
        return arn.contains(":listener/") ? "listener" : "balancer";
    }

    private List<Map<String, String>> resources(ApiCall call) {
        List<String> arns = call.texts("ResourceArns");
        unless(
                !arns.isEmpty() && arns.size() <= MOST_RESOURCES,
                "ValidationError",
                "You must specify 1 to " + MOST_RESOURCES + " resource ARNs");
        List<Map<String, String>> found = new ArrayList<>();
        for (String arn : arns) {
            found.add(
                    switch (kind(arn)) {
                        case "target-group" -> estate.targetGroup(arn).tags;
                        case "listener" -> estate.listener(arn).tags;
                        default -> estate.balancer(arn).tags;
                    });
        }
        return found;
    }
}
