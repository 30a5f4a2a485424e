package io.plumbline.it.clouds.aliyun;

import static io.plumbline.it.clouds.aliyun.Refusal.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The actions that tell of listeners and of the health of what stands behind them.
final class ListenerReads {
    private static final String LIST = "DescribeLoadBalancerListeners";

    private final Estate estate;
    private final Pools pools;

    ListenerReads(Estate estate, Pools pools) {
        this.estate = estate;
        this.pools = pools;
    }

    /// DescribeLoadBalancerTCPListenerAttribute and the like.
    ObjectNode attribute(ApiCall call, Protocol protocol) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        Listener listener = estate.listener(balancer, call.number("ListenerPort"), Optional.of(protocol));
        ObjectNode reply = settings(listener, Product.SLB.contract().reply(call.action(), ""));
        reply.put("LoadBalancerId", balancer.id).put("ListenerPort", listener.port);
        common(reply, listener);
        listener.accessLists().forEach(reply.putObject("AclIds").putArray("AclId")::add);
        Tags.put(reply.putObject("Tags").putArray("Tag"), listener.tags, "TagKey", "TagValue");
        if (protocol == Protocol.HTTPS) {
            reply.set("DomainExtensions", domains(listener));
        }
        return reply;
    }

    static ObjectNode domains(Listener listener) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        ArrayNode list = text.putArray("DomainExtension");
        listener.domains
                .values()
                .forEach(domain -> list.addObject()
                        .put("Domain", domain.domain)
                        .put("DomainExtensionId", domain.id)
                        .put("ServerCertificateId", domain.certificateId));
        return text;
    }

    private static void common(ObjectNode text, Listener listener) {
        text.put("Status", listener.running ? "running" : "stopped");
        listener.group.ifPresent(group -> text.put("VServerGroupId", group.id));
    }

    /// The settings that a reply has room for, by the types that it wants.
    private static ObjectNode settings(Listener listener, JsonNode members) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            String value = listener.setting(member.getKey());
            if (!value.isEmpty()) {
                switch (member.getValue().asText()) {
                    case "int" -> text.put(member.getKey(), Integer.parseInt(value));
                    case "bool" -> text.put(member.getKey(), Boolean.parseBoolean(value));
                    default -> text.put(member.getKey(), value);
                }
            }
        }
        return text;
    }

    /// DescribeLoadBalancerListeners, page by page.
    ObjectNode list(ApiCall call) {
        List<String> balancers = call.texts("LoadBalancerId");
        unless(
                balancers.size() <= 10,
                "IllegalParamSize.LoadBalancerId",
                "The param size of LoadBalancerId is illegal.");
        int most = call.body().path("MaxResults").asInt(20);
        unless(most >= 1 && most <= 100, "IllegalParam.MaxResults", "The param of MaxResults is illegal.");
        Optional<Protocol> protocol = call.optionalText("ListenerProtocol")
                .map(name -> Protocol.of(name)
                        .orElseThrow(() -> new Refusal(
                                "IllegalParam.ListenerProtocol", "The param of ListenerProtocol is illegal.")));
        List<Listener> found = estate.balancers.values().stream()
                .filter(balancer -> balancers.isEmpty() || balancers.contains(balancer.id))
                .flatMap(balancer -> balancer.listeners.values().stream()
                        .sorted(Comparator.comparingInt((Listener listener) -> listener.port)
                                .thenComparing(listener -> listener.protocol)))
                .filter(listener -> protocol.isEmpty() || protocol.get() == listener.protocol)
                .filter(listener -> !call.body().has("ListenerPort") || call.number("ListenerPort") == listener.port)
                .filter(listener -> call.optionalText("Description")
                        .map(listener.setting("Description")::equals)
                        .orElse(true))
                .filter(listener -> Tags.match(listener.tags, call.tags()))
                .toList();
        return page(call, found, most);
    }

    private static ObjectNode page(ApiCall call, List<Listener> found, int most) {
        String token = call.optionalText("NextToken").orElse("0");
        unless(token.matches("\\d{1,6}"), "IllegalParam.NextToken", "The param of NextToken is illegal.");
        int from = Math.min(Integer.parseInt(token), found.size());
        int until = Math.min(from + most, found.size());
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode list = reply.putArray("Listeners");
        found.subList(from, until).forEach(listener -> list.add(entry(listener)));
        reply.put("MaxResults", most).put("TotalCount", found.size());
        if (until < found.size()) {
            reply.put("NextToken", Integer.toString(until));
        }
        return reply;
    }

    private static ObjectNode entry(Listener listener) {
        JsonNode members = Product.SLB.contract().reply(LIST, "/Listeners/0");
        ObjectNode text = settings(listener, members);
        String configuration = listener.protocol.name() + "ListenerConfig";
        text.set(configuration, settings(listener, members.path(configuration)));
        text.put("LoadBalancerId", listener.balancer.id)
                .put("ListenerPort", listener.port)
                .put("ListenerProtocol", listener.protocol.wireName());
        common(text, listener);
        listener.accessLists().forEach(text.putArray("AclIds")::add);
        Tags.put(text.putArray("Tags"), listener.tags, "TagKey", "TagValue");
        return text;
    }

    /// DescribeHealthStatus: of one listener, or of all of a CLB.
    ObjectNode health(ApiCall call) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        List<Listener> asked = call.body().has("ListenerPort")
                ? List.of(estate.listener(balancer, call))
                : new ArrayList<>(balancer.listeners.values());
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode list = reply.putObject("BackendServers").putArray("BackendServer");
        for (Listener listener : asked) {
            listener.group.stream()
                    .flatMap(group -> group.backends.values().stream())
                    .forEach(backend -> list.addObject()
                            .put("ListenerPort", listener.port)
                            .put("Protocol", listener.protocol.wireName())
                            .put("ServerId", backend.server.id())
                            .put("ServerIp", backend.server.ip())
                            .put("Port", backend.server.port())
                            .put(
                                    "ServerHealthStatus",
                                    pools.health(listener, backend).wireName()));
        }
        return reply;
    }
}
