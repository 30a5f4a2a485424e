package io.plumbline.it.clouds.aliyun;

import static io.plumbline.it.clouds.aliyun.Refusal.valid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.Resources;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// The actions that tell of CLBs.
final class BalancerReads {
    private final Estate estate;

    BalancerReads(Estate estate) {
        this.estate = estate;
    }

    /// `2026-01-01T00:00:00Z`
    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String networkType(Balancer balancer) {
        return balancer.placement.addressType().equals("internet") ? "classic" : "vpc";
    }

    /// DescribeLoadBalancers, page by page. Unknown ids are absent from the reply.
    ObjectNode list(ApiCall call) {
        List<Balancer> found = estate.balancers.values().stream()
                .filter(balancer -> matches(call, balancer))
                .toList();
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        Paging paging = Paging.of(call, 10);
        ArrayNode list = reply.putObject("LoadBalancers").putArray("LoadBalancer");
        paging.part(found).forEach(balancer -> {
            ObjectNode text = list.addObject();
            common(text, balancer);
            text.put("InternetChargeTypeAlias", balancer.charge.internet());
        });
        paging.tell(reply, found.size());
        return reply;
    }

    private static boolean matches(ApiCall call, Balancer balancer) {
        Map<String, String> tags = new LinkedHashMap<>(call.tags());
        tags.putAll(jsonTags(call.optionalText("Tags").orElse("[]")));
        Optional<String> server = call.optionalText("ServerId");
        return Tags.match(balancer.tags, tags)
                && isOneOf(call, "LoadBalancerId", balancer.id)
                && isOneOf(call, "LoadBalancerName", balancer.name)
                && isOneOf(call, "Address", balancer.address())
                && isOneOf(call, "AddressType", balancer.placement.addressType())
                && isOneOf(call, "AddressIPVersion", "ipv4")
                && isOneOf(call, "NetworkType", networkType(balancer))
                && isOneOf(call, "VpcId", balancer.placement.vpcId())
                && isOneOf(call, "VSwitchId", balancer.placement.vSwitchId())
                && isOneOf(call, "InternetChargeType", balancer.charge.internet())
                && isOneOf(call, "LoadBalancerStatus", status(balancer))
                && isOneOf(call, "ResourceGroupId", balancer.placement.resourceGroupId())
                && isOneOf(call, "PayType", "PayOnDemand")
                && (server.isEmpty() || has(balancer, server.get()));
    }

    private static boolean isOneOf(ApiCall call, String parameter, String value) {
        return !call.body().has(parameter) || call.separated(parameter).contains(value);
    }

    private static boolean has(Balancer balancer, String server) {
        return balancer.groups.values().stream()
                .flatMap(group -> group.backends.keySet().stream())
                .anyMatch(backend -> backend.id().equals(server));
    }

    /// `[{"TagKey":"..","TagValue":".."}]`
    private static Map<String, String> jsonTags(String text) {
        try {
            Map<String, String> tags = new LinkedHashMap<>();
            JsonNode list = Resources.JSON.readTree(text);
            valid(list.isArray() && list.size() <= 10, "Tags", "a JSON list of at most 10 tags");
            list.forEach(tag ->
                    tags.put(tag.path("TagKey").asText(), tag.path("TagValue").asText("")));
            return tags;
        } catch (JsonProcessingException broken) {
            throw Refusal.invalid("Tags", "a JSON list");
        }
    }

    private static String status(Balancer balancer) {
        return balancer.active ? "active" : "inactive";
    }

    private void common(ObjectNode text, Balancer balancer) {
        text.put("LoadBalancerId", balancer.id)
                .put("LoadBalancerName", balancer.name)
                .put("LoadBalancerStatus", status(balancer))
                .put("LoadBalancerSpec", balancer.charge.spec())
                .put("Address", balancer.address())
                .put("AddressType", balancer.placement.addressType())
                .put("AddressIPVersion", "ipv4")
                .put("NetworkType", networkType(balancer))
                .put("VpcId", balancer.placement.vpcId())
                .put("VSwitchId", balancer.placement.vSwitchId())
                .put("MasterZoneId", balancer.placement.masterZoneId())
                .put("SlaveZoneId", balancer.placement.slaveZoneId())
                .put("ResourceGroupId", balancer.placement.resourceGroupId())
                .put("RegionId", estate.account.region())
                .put("RegionIdAlias", estate.account.region())
                .put("CreateTime", time(balancer.createdAt))
                .put("CreateTimeStamp", balancer.createdAt.toEpochMilli());
        text.put("PayType", "PayOnDemand")
                .put("InstanceChargeType", balancer.charge.instance())
                .put("InternetChargeType", balancer.charge.internet())
                .put("Bandwidth", balancer.charge.bandwidthMbps())
                .put("DeleteProtection", balancer.deleteProtection ? "on" : "off")
                .put(
                        "ModificationProtectionStatus",
                        balancer.modificationProtectionReason.isPresent() ? "ConsoleProtection" : "NonProtection")
                .put("ModificationProtectionReason", balancer.modificationProtectionReason.orElse(""));
        Tags.put(text.putObject("Tags").putArray("Tag"), balancer.tags, "TagKey", "TagValue");
    }

    ObjectNode attribute(ApiCall call) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        common(reply, balancer);
        reply.putObject("BackendServers").putArray("BackendServer");
        ArrayNode ports = reply.putObject("ListenerPorts").putArray("ListenerPort");
        ArrayNode old = reply.putObject("ListenerPortsAndProtocal").putArray("ListenerPortAndProtocal");
        ArrayNode listeners = reply.putObject("ListenerPortsAndProtocol").putArray("ListenerPortAndProtocol");
        for (Listener listener : balancer.listeners.values()) {
            ports.add(listener.port);
            old.addObject().put("ListenerPort", listener.port).put("ListenerProtocal", listener.protocol.wireName());
            ObjectNode text = listeners
                    .addObject()
                    .put("ListenerPort", listener.port)
                    .put("ListenerProtocol", listener.protocol.wireName())
                    .put("Description", listener.setting("Description"));
            if (listener.isOn("ListenerForward")) {
                text.put("ListenerForward", "on").put("ForwardPort", listener.number("ForwardPort"));
            }
        }
        return reply;
    }

    /// A page of a list.
    record Paging(int number, int size) {
        static Paging of(ApiCall call, int size) {
            return new Paging(call.within("PageNumber", 1, 1_000_000, 1), call.within("PageSize", 1, 100, size));
        }

        <T> List<T> part(List<T> all) {
            return IntStream.range(0, all.size())
                    .filter(place -> place / size == number - 1)
                    .mapToObj(all::get)
                    .toList();
        }

        void tell(ObjectNode reply, int total) {
            reply.put("PageNumber", number).put("PageSize", size).put("TotalCount", total);
        }
    }
}
