package io.plumbline.it.clouds.aliyun;

import static io.plumbline.it.clouds.aliyun.Refusal.unless;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.ChangeLog.Happened;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tags put on resources, taken off, and listed.
final class Tagging {
    private static final int PAGE = 50;

    private final Estate estate;

    Tagging(Estate estate) {
        this.estate = estate;
    }

    /// The tags of every resource of a type, by its id.
    private Map<String, Map<String, String>> resources(String type) {
        Map<String, Map<String, String>> found = new LinkedHashMap<>();
        switch (type) {
            case "instance" -> estate.balancers.forEach((id, balancer) -> found.put(id, balancer.tags));
            case "acl" -> estate.accessLists.forEach((id, list) -> found.put(id, list.tags));
            case "vservergroup" ->
                estate.balancers
                        .values()
                        .forEach(balancer -> balancer.groups.forEach((id, group) -> found.put(id, group.tags)));
            case "listener" ->
                estate.balancers
                        .values()
                        .forEach(balancer -> balancer.listeners
                                .values()
                                .forEach(listener -> found.put(idOf(listener), listener.tags)));
            default -> throw Refusal.invalid("ResourceType", "one of instance, acl, vservergroup, listener");
        }
        return found;
    }

    private static String idOf(Listener listener) {
        return listener.balancer.id + "_" + listener.protocol.wireName() + "_" + listener.port;
    }

    private List<Map<String, String>> named(ApiCall call) {
        List<String> ids = call.texts("ResourceId");
        unless(ids.size() <= 50, "NumberExceed.ResourceIds", "The ResourceIds parameter's number is exceed.");
        Map<String, Map<String, String>> all = resources(call.text("ResourceType"));
        return ids.stream()
                .map(id -> Optional.ofNullable(all.get(id))
                        .orElseThrow(() -> new Refusal(
                                "InvalidResourceId.NotFound", "The specified ResourceId " + id + " is not found.")))
                .toList();
    }

    ObjectNode tag(ApiCall call) {
        Map<String, String> wanted = call.tags();
        unless(wanted.size() <= 20, "NumberExceed.Tags", "The Tags parameter's number is exceed.");
        List<Map<String, String>> resources = named(call);
        for (Map<String, String> tags : resources) {
            Map<String, String> after = new LinkedHashMap<>(tags);
            after.putAll(wanted);
            Tags.check(after, estate.limits);
        }
        resources.forEach(tags -> tags.putAll(wanted));
        return changed(call);
    }

    ObjectNode untag(ApiCall call) {
        List<String> keys = call.texts("TagKey");
        boolean all = keys.isEmpty() && call.body().path("All").asBoolean();
        unless(
                all || !keys.isEmpty(),
                "MissingParameter",
                "The input parameter \"TagKey\" that is mandatory for processing this request is not supplied.");
        for (Map<String, String> tags : named(call)) {
            tags.keySet().removeIf(key -> all || keys.contains(key));
        }
        return changed(call);
    }

    private ObjectNode changed(ApiCall call) {
        if (call.text("ResourceType").equals("instance")) {
            call.texts("ResourceId").forEach(id -> estate.lifecycle("balancer", id, Happened.CHANGED));
        }
        return JsonNodeFactory.instance.objectNode();
    }

    ObjectNode list(ApiCall call) {
        List<String> ids = call.texts("ResourceId");
        unless(ids.size() <= 50, "NumberExceed.ResourceIds", "The ResourceIds parameter's number is exceed.");
        String token = call.optionalText("NextToken").orElse("0");
        unless(token.matches("\\d{1,6}"), "IllegalParam.NextToken", "The param of NextToken is illegal.");
        int from = Integer.parseInt(token);
        List<Map.Entry<String, Map<String, String>>> found = resources(call.text("ResourceType")).entrySet().stream()
                .filter(resource -> ids.isEmpty() || ids.contains(resource.getKey()))
                .filter(resource -> Tags.match(resource.getValue(), call.tags()))
                .toList();
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode list = reply.putObject("TagResources").putArray("TagResource");
        found.stream()
                .skip(from)
                .limit(PAGE)
                .forEach(resource -> resource.getValue()
                        .forEach((key, value) -> list.addObject()
                                .put("ResourceId", resource.getKey())
                                .put("ResourceType", call.text("ResourceType"))
                                .put("TagKey", key)
                                .put("TagValue", value)));
        if (from + PAGE < found.size()) {
            reply.put("NextToken", Integer.toString(from + PAGE));
        }
        return reply;
    }
}
