package io.plumbline.it.clouds.tencent;

import static io.plumbline.it.clouds.tencent.Refusal.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// The actions that tell of listeners, their targets, and their targets' health.
final class ListenerReads {
    private final Estate estate;
    private final Pools pools;

    ListenerReads(Estate estate, Pools pools) {
        this.estate = estate;
        this.pools = pools;
    }

    /// Unknown ids are just absent.
    ObjectNode describe(ApiCall call) {
        unless(
                call.body().path("ListenerIds").size() <= 100,
                "InvalidParameterValue.Length",
                "ListenerIds has at most 100 elements.");
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode list = reply.putArray("Listeners");
        selected(call, balancer).forEach(listener -> list.add(text(listener)));
        return reply.put("TotalCount", list.size());
    }

    private static List<Listener> selected(ApiCall call, Balancer balancer) {
        List<String> ids = call.texts("ListenerIds");
        JsonNode body = call.body();
        return balancer.listeners.values().stream()
                .filter(listener -> ids.isEmpty() || ids.contains(listener.id))
                .filter(listener ->
                        body.path("Protocol").asText(listener.protocol).equals(listener.protocol))
                .filter(listener -> body.path("Port").asLong(listener.port) == listener.port)
                .toList();
    }

    private static ObjectNode text(Listener listener) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        head(text, listener);
        text.put("Scheduler", listener.scheduler)
                .put("SessionExpireTime", listener.sessionExpireSeconds)
                .put("SessionType", "NORMAL")
                .put("SniSwitch", 0)
                .put("TargetType", "NODE")
                .put("KeepaliveEnable", 0)
                .put("DeregisterTargetRst", listener.resetAtDeregistration)
                .put("IdleConnectTimeout", listener.idleConnectSeconds)
                .put("MaxConn", -1)
                .put("MaxCps", -1)
                .put("Toa", false)
                .put("CreateTime", BalancerText.time(listener.createdAt));
        text.putNull("Certificate").putNull("Rules").putNull("TargetGroup").putNull("TargetGroupList");
        text.putArray("AttrFlags");
        text.set("HealthCheck", listener.healthCheck.deepCopy());
        return text;
    }

    private static void head(ObjectNode text, Listener listener) {
        text.put("ListenerId", listener.id)
                .put("ListenerName", listener.name)
                .put("Protocol", listener.protocol)
                .put("Port", listener.port)
                .put("EndPort", 0);
    }

    ObjectNode targets(ApiCall call) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        List<String> ids = call.texts("ListenerIds");
        unless(ids.size() <= 20, "InvalidParameterValue.Length", "ListenerIds has at most 20 elements.");
        ids.forEach(id -> estate.listener(balancer, id));
        List<String> addresses = addressFilter(call.body().path("Filters"));
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode list = reply.putArray("Listeners");
        for (Listener listener : selected(call, balancer)) {
            ObjectNode text = list.addObject()
                    .put("ListenerId", listener.id)
                    .put("Protocol", listener.protocol)
                    .put("Port", listener.port)
                    .put("EndPort", 0);
            text.putArray("Rules");
            ArrayNode targets = text.putArray("Targets");
            listener.targets.values().stream()
                    .filter(target -> addresses.isEmpty() || addresses.contains(target.address))
                    .forEach(target -> targets.add(backend(target)));
        }
        return reply;
    }

    private static List<String> addressFilter(JsonNode filters) {
        List<String> addresses = new ArrayList<>();
        for (JsonNode filter : filters) {
            unless(
                    filter.path("Name").asText().equals("private-ip-address"),
                    "InvalidParameterValue.InvalidFilter",
                    "The simulation supports no filter but private-ip-address.");
            filter.path("Values").forEach(value -> addresses.add(value.asText()));
        }
        return addresses;
    }

    private static ObjectNode backend(Target target) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("Type", target.instanceId.isPresent() ? "CVM" : "ENI")
                .put("InstanceId", target.instanceId.orElse(""))
                .put("Port", target.port)
                .put("Weight", target.weight)
                .put("RegisteredTime", BalancerText.time(target.registeredAt));
        text.putNull("InstanceName").putNull("EniId").putNull("PublicIpAddresses");
        text.putArray("PrivateIpAddresses").add(target.address);
        target.tag.ifPresent(tag -> text.put("Tag", tag));
        return text;
    }

    ObjectNode health(ApiCall call) {
        List<String> ids = call.texts("LoadBalancerIds");
        unless(
                !ids.isEmpty() && ids.size() <= 30,
                "InvalidParameterValue.Length",
                "LoadBalancerIds must have 1 to 30 elements.");
        unless(
                call.texts("LocationIds").isEmpty(),
                "InvalidParameter.LocationNotFound",
                "A layer 4 listener has no rules.");
        List<String> listenerIds = call.texts("ListenerIds");
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode list = reply.putArray("LoadBalancers");
        for (String id : ids) {
            Balancer balancer = estate.balancer(id);
            ArrayNode listeners = list.addObject()
                    .put("LoadBalancerId", balancer.id)
                    .put("LoadBalancerName", balancer.name)
                    .putArray("Listeners");
            balancer.listeners.values().stream()
                    .filter(listener -> listenerIds.isEmpty() || listenerIds.contains(listener.id))
                    .forEach(listener -> listeners.add(healthOf(listener)));
        }
        return reply;
    }

    /// At layer 4 there is one entry in Rules, with an empty LocationId.
    private ObjectNode healthOf(Listener listener) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("ListenerId", listener.id)
                .put("ListenerName", listener.name)
                .put("Protocol", listener.protocol)
                .put("Port", listener.port);
        ArrayNode targets = text.putArray("Rules")
                .addObject()
                .put("LocationId", "")
                .put("Domain", "")
                .put("Url", "")
                .putArray("Targets");
        for (Target target : listener.targets.values()) {
            Pools.Health health = pools.health(listener, target);
            targets.addObject()
                    .put("IP", target.address)
                    .put("Port", target.port)
                    .put("HealthStatus", health.passes())
                    .put("HealthStatusDetail", health.wireName)
                    .put("TargetId", target.instanceId.orElse(""))
                    .put("Weight", target.weight);
        }
        return text;
    }
}
