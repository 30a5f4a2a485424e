package io.plumbline.it.clouds.aliyun;

import static io.plumbline.it.clouds.aliyun.Refusal.unless;
import static io.plumbline.it.clouds.aliyun.Refusal.valid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.ChangeLog.Happened;
import io.plumbline.it.clouds.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Access control lists: their entries are kept and told, and have no effect on traffic.
final class AccessLists {
    private final Estate estate;

    AccessLists(Estate estate) {
        this.estate = estate;
    }

    ObjectNode create(ApiCall call) {
        unless(
                estate.accessLists.size() < estate.limits.of(Limit.ACCESS_LISTS),
                "AclNumberOverLimit",
                "The number of acl is over limit.");
        checkName(call);
        Tags.check(call.tags(), estate.limits);
        AccessList list = new AccessList(
                estate.newId("acl"),
                call.text("AclName"),
                call.optionalText("ResourceGroupId").orElse("rg-default"),
                estate.agenda.now());
        list.tags.putAll(call.tags());
        estate.accessLists.put(list.id, list);
        estate.lifecycle("access-list", list.id, Happened.ADDED);
        return JsonNodeFactory.instance.objectNode().put("AclId", list.id);
    }

    private static void checkName(ApiCall call) {
        BackendServers.checkText("AclName", call.text("AclName"));
    }

    ObjectNode rename(ApiCall call) {
        AccessList list = find(call);
        checkName(call);
        list.name = call.text("AclName");
        return changed(list);
    }

    ObjectNode delete(ApiCall call) {
        AccessList list = find(call);
        unless(users(list).isEmpty(), "AclInUsed", "The acl " + list.id + " is used by listeners.");
        estate.accessLists.remove(list.id);
        estate.lifecycle("access-list", list.id, Happened.REMOVED);
        return JsonNodeFactory.instance.objectNode();
    }

    private AccessList find(ApiCall call) {
        return Optional.ofNullable(estate.accessLists.get(call.text("AclId")))
                .orElseThrow(() -> new Refusal("AclNotExist", "The specified Acl not exist."));
    }

    private List<Listener> users(AccessList list) {
        return estate.balancers.values().stream()
                .flatMap(balancer -> balancer.listeners.values().stream())
                .filter(listener -> listener.accessLists().contains(list.id))
                .toList();
    }

    /// An entry that is there already is not added again.
    ObjectNode add(ApiCall call) {
        AccessList list = find(call);
        Map<String, String> entries = entries(call);
        entries.keySet().removeAll(list.entries.keySet());
        unless(
                list.entries.size() + entries.size() <= estate.limits.of(Limit.ENTRIES_PER_ACCESS_LIST),
                "AclEntryNumberOverLimit",
                "The number of entries of " + list.id + " is over the limit.");
        list.entries.putAll(entries);
        return changed(list);
    }

    ObjectNode remove(ApiCall call) {
        AccessList list = find(call);
        list.entries.keySet().removeAll(entries(call).keySet());
        return changed(list);
    }

    private ObjectNode changed(AccessList list) {
        estate.lifecycle("access-list", list.id, Happened.CHANGED);
        return JsonNodeFactory.instance.objectNode();
    }

    /// `[{"entry":"10.0.1.0/24","comment":".."}]`
    private Map<String, String> entries(ApiCall call) {
        JsonNode list = parse(call.text("AclEntrys"));
        unless(!list.isEmpty(), "AclEntryEmpty", "AclEntrys must not be empty.");
        valid(
                list.size() <= estate.limits.of(Limit.ENTRIES_PER_CALL),
                "AclEntrys",
                "a list of at most " + estate.limits.of(Limit.ENTRIES_PER_CALL) + " entries");
        Map<String, String> entries = new LinkedHashMap<>();
        for (JsonNode entry : list) {
            String block = entry.path("entry").asText("");
            valid(isBlock(block), "AclEntrys", "a list of CIDR blocks, not " + block);
            unless(
                    entries.put(block, entry.path("comment").asText("")) == null,
                    "Duplicated.AclEntry",
                    "The entry " + block + " occurs twice.");
        }
        return entries;
    }

    private static JsonNode parse(String text) {
        try {
            JsonNode list = Resources.JSON.readTree(text.isEmpty() ? "[]" : text);
            valid(list.isArray(), "AclEntrys", "a JSON list");
            return list;
        } catch (JsonProcessingException broken) {
            throw Refusal.invalid("AclEntrys", "a JSON list");
        }
    }

    private static boolean isBlock(String text) {
        String byteNumber = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
        return text.matches(byteNumber + "(\\." + byteNumber + "){3}/(3[0-2]|[12]?\\d)");
    }

    ObjectNode list(ApiCall call) {
        List<AccessList> found = estate.accessLists.values().stream()
                .filter(list ->
                        call.optionalText("AclName").map(list.name::equals).orElse(true))
                .filter(list -> Tags.match(list.tags, call.tags()))
                .toList();
        BalancerReads.Paging paging = BalancerReads.Paging.of(call, 10);
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode acls = reply.putObject("Acls").putArray("Acl");
        paging.part(found).forEach(list -> common(acls.addObject(), list));
        paging.tell(reply, found.size());
        return reply.put("Count", acls.size());
    }

    private static void common(ObjectNode text, AccessList list) {
        text.put("AclId", list.id)
                .put("AclName", list.name)
                .put("AddressIPVersion", "ipv4")
                .put("ResourceGroupId", list.resourceGroupId)
                .put("CreateTime", BalancerReads.time(list.createdAt));
        Tags.put(text.putObject("Tags").putArray("Tag"), list.tags, "TagKey", "TagValue");
    }

    ObjectNode attribute(ApiCall call) {
        AccessList list = find(call);
        int size = call.within("PageSize", 1, 50, 50);
        int page = call.within("Page", 1, 1_000, 1);
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        common(reply, list);
        ArrayNode entries = reply.putObject("AclEntrys").putArray("AclEntry");
        list.entries.entrySet().stream()
                .skip((long) (page - 1) * size)
                .limit(size)
                .forEach(entry ->
                        entries.addObject().put("AclEntryIP", entry.getKey()).put("AclEntryComment", entry.getValue()));
        ArrayNode listeners = reply.putObject("RelatedListeners").putArray("RelatedListener");
        users(list)
                .forEach(listener -> listeners
                        .addObject()
                        .put("LoadBalancerId", listener.balancer.id)
                        .put("ListenerPort", listener.port)
                        .put("Protocol", listener.protocol.wireName())
                        .put("AclType", listener.setting("AclType")));
        return reply.put("TotalAclEntry", list.entries.size());
    }
}
