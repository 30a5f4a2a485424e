package io.plumbline.it.clouds.aliyun;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The actions that tell of VServer groups.
final class GroupReads {
    private final Estate estate;

    GroupReads(Estate estate) {
        this.estate = estate;
    }

    /// The group's servers as replies tell them; only some replies have room for addresses.
    static ObjectNode servers(Group group, boolean withDetails) {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode list = reply.putObject("BackendServers").putArray("BackendServer");
        for (Backend backend : group.backends.values()) {
            ObjectNode text = list.addObject()
                    .put("ServerId", backend.server.id())
                    .put("Port", backend.server.port())
                    .put("Type", backend.server.type())
                    .put("Weight", backend.weight);
            if (withDetails) {
                text.put("ServerIp", backend.server.ip()).put("Description", backend.description);
            }
        }
        return reply;
    }

    ObjectNode list(ApiCall call) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode list = reply.putObject("VServerGroups").putArray("VServerGroup");
        balancer.groups.values().stream()
                .filter(group -> Tags.match(group.tags, call.tags()))
                .forEach(group -> list.add(entry(group, call)));
        return reply;
    }

    private static ObjectNode entry(Group group, ApiCall call) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("VServerGroupId", group.id)
                .put("VServerGroupName", group.name)
                .put("ServerCount", group.backends.size())
                .put("CreateTime", BalancerReads.time(group.createdAt));
        Tags.put(text.putObject("Tags").putArray("Tag"), group.tags, "TagKey", "TagValue");
        ObjectNode objects = text.putObject("AssociatedObjects");
        ArrayNode listeners = objects.putObject("Listeners").putArray("Listener");
        objects.putObject("Rules").putArray("Rule");
        if (call.body().path("IncludeListener").asBoolean()) {
            group.balancer
                    .users(group)
                    .forEach(listener -> listeners
                            .addObject()
                            .put("Port", listener.port)
                            .put("Protocol", listener.protocol.wireName()));
        }
        return text;
    }

    ObjectNode attribute(ApiCall call) {
        Group group = estate.group(call.text("VServerGroupId"));
        ObjectNode reply = servers(group, true);
        reply.put("VServerGroupId", group.id)
                .put("VServerGroupName", group.name)
                .put("LoadBalancerId", group.balancer.id)
                .put("CreateTime", BalancerReads.time(group.createdAt));
        Tags.put(reply.putObject("Tags").putArray("Tag"), group.tags, "TagKey", "TagValue");
        return reply;
    }
}
