package io.plumbline.it.clouds.aws;

import static io.plumbline.it.clouds.aws.Refusal.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.ChangeLog.Happened;
import io.plumbline.it.clouds.aws.Listener.Forward;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The actions that create, change and delete listeners.
final class ListenerWrites {
    private static final List<String> PROTOCOLS = List.of("TCP", "TLS", "UDP", "TCP_UDP");

    private final Estate estate;
    private final Pools pools;
    private final Encryption encryption;

    ListenerWrites(Estate estate, Pools pools) {
        this.estate = estate;
        this.pools = pools;
        this.encryption = new Encryption(estate);
    }

    ObjectNode create(ApiCall call) {
        call.supports(
                "LoadBalancerArn",
                "Protocol",
                "Port",
                "DefaultActions",
                "Certificates",
                "SslPolicy",
                "AlpnPolicy",
                "Tags");
        Balancer balancer = estate.balancer(call.text("LoadBalancerArn"));
        String protocol = protocol(call.text("Protocol"));
        unless(call.has("Port"), "ValidationError", "A listener port must be specified");
        int port = call.body().path("Port").intValue();
        requireFree(balancer, port);
        unless(
                balancer.listeners.size() < estate.limits.of(Limit.LISTENERS_PER_BALANCER),
                "TooManyListeners",
                "The maximum number of listeners has been reached on load balancer '" + balancer.arn + "'");
        Map<String, String> tags = Tags.checked(call.pairs("Tags"));
        String arn = balancer.arn.replace(":loadbalancer/", ":listener/") + "/" + estate.newHash("listener");
        Listener listener = new Listener(arn, balancer, protocol, port);
        requireFamily(balancer.ipAddressType, protocol);
        List<Forward> forwards = forwards(call.body().path("DefaultActions"), balancer, protocol);
        encryption.apply(call, listener);
        listener.tags.putAll(tags);
        listener.attributes.putAll(attributesOf(protocol));
        balancer.listeners.put(arn, listener);
        estate.forward(listener, forwards);
        estate.lifecycle("listener", listener.pool(), Happened.ADDED);
        pools.follow(listener);
        return reply(listener);
    }

    private static Map<String, String> attributesOf(String protocol) {
        return protocol.startsWith("TCP") ? Attribute.initial(Attribute.OF_LISTENERS) : Map.of();
    }

    private static String protocol(String protocol) {
        unless(
                PROTOCOLS.contains(protocol),
                "UnsupportedProtocol",
                "Listener protocol '" + protocol + "' must be one of " + PROTOCOLS);
        return protocol;
    }

    /// UDP with both families needs a prefix for source NAT, which is not simulated.
    static void requireFamily(String ipAddressType, String protocol) {
        unless(
                !(ipAddressType.equals("dualstack") && protocol.contains("UDP")),
                "InvalidConfigurationRequest",
                "Protocol '" + protocol + "' is not supported by load balancers with IP address type 'dualstack'");
    }

    private static void requireFree(Balancer balancer, int port) {
        unless(
                balancer.listeners.values().stream().noneMatch(other -> other.port == port),
                "DuplicateListener",
                "A listener already exists on this port for this load balancer '" + balancer.arn + "'");
    }

    private List<Forward> forwards(JsonNode actions, Balancer balancer, String protocol) {
        unless(actions.size() == 1, "TooManyActions", "Exactly one default action must be specified");
        JsonNode action = actions.path(0);
        unless(
                action.path("Type").asText().equals("forward"),
                "InvalidLoadBalancerAction",
                "Action type '" + action.path("Type").asText()
                        + "' is not supported by load balancers with type 'network'");
        List<Forward> forwards = new ArrayList<>();
        for (JsonNode tuple : action.at("/ForwardConfig/TargetGroups")) {
            forwards.add(new Forward(
                    tuple.path("TargetGroupArn").asText(), tuple.path("Weight").asInt(1)));
        }
        String single = action.path("TargetGroupArn").asText("");
        if (!single.isEmpty() && forwards.isEmpty()) {
            forwards.add(new Forward(single, 1));
        }
        unless(
                single.isEmpty()
                        || (forwards.size() == 1
                                && forwards.getFirst().targetGroupArn().equals(single)),
                "InvalidLoadBalancerAction",
                "The target group of an action must be the only one of its forward configuration");
        unless(
                !forwards.isEmpty() && forwards.size() <= 5,
                "InvalidLoadBalancerAction",
                "A forward action must have 1 to 5 target groups");
        forwards.forEach(forward -> check(forward, balancer, protocol));
        return List.copyOf(forwards);
    }

    private void check(Forward forward, Balancer balancer, String protocol) {
        unless(
                forward.weight() >= 0 && forward.weight() <= 999,
                "InvalidLoadBalancerAction",
                "The weight of a target group must be from 0 to 999");
        TargetGroup group = estate.targetGroup(forward.targetGroupArn());
        unless(
                compatible(protocol, group.settings.protocol()),
                "IncompatibleProtocols",
                "Target group '" + group.arn + "' of protocol '" + group.settings.protocol()
                        + "' is incompatible with a listener of protocol '" + protocol + "'");
        requireFamily(balancer.ipAddressType, group);
        unless(
                estate.listenersOf(group).stream().allMatch(listener -> listener.balancer == balancer),
                "TargetGroupAssociationLimit",
                "The following target groups cannot be associated with more than one load balancer: " + group.arn);
        Targets.requireRoom(estate, balancer, group, group.targets.size());
    }

    /// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-
    /// group-ip-address-type
    static void requireFamily(String ipAddressType, TargetGroup group) {
        unless(
                !group.ofIpv6() || ipAddressType.equals("dualstack"),
                "InvalidConfigurationRequest",
                "Target group '" + group.arn + "' of IP address type 'ipv6' can be used with load balancers of IP"
                        + " address type 'dualstack' only");
    }

    /// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-
    /// group-routing-configuration
    private static boolean compatible(String listener, String group) {
        return switch (listener) {
            case "TCP" -> group.equals("TCP") || group.equals("TCP_UDP");
            case "TLS" -> group.equals("TLS") || group.equals("TCP");
            case "UDP" -> group.equals("UDP") || group.equals("TCP_UDP");
            default -> group.equals("TCP_UDP");
        };
    }

    private ObjectNode reply(Listener listener) {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        reply.putArray("Listeners").add(BalancerText.of(listener));
        return reply;
    }

    ObjectNode modify(ApiCall call) {
        call.supports("ListenerArn", "Protocol", "Port", "DefaultActions", "Certificates", "SslPolicy", "AlpnPolicy");
        Listener listener = estate.listener(call.text("ListenerArn"));
        String protocol = protocol(call.text("Protocol", listener.protocol));
        int port = call.body().path("Port").asInt(listener.port);
        if (port != listener.port) {
            requireFree(listener.balancer, port);
        }
        requireFamily(listener.balancer.ipAddressType, protocol);
        List<Forward> forwards = call.has("DefaultActions")
                ? forwards(call.body().path("DefaultActions"), listener.balancer, protocol)
                : listener.forwards;
        forwards.forEach(forward -> check(forward, listener.balancer, protocol));
        Listener wanted = new Listener(listener.arn, listener.balancer, protocol, port);
        wanted.certificates = listener.certificates;
        wanted.sslPolicy = listener.sslPolicy;
        wanted.alpn = listener.alpn;
        encryption.apply(call, wanted);
        if (!protocol.equals(listener.protocol)) {
            listener.attributes.keySet().retainAll(attributesOf(protocol).keySet());
            attributesOf(protocol).forEach(listener.attributes::putIfAbsent);
        }
        List<TargetGroup> before = pools.groupsOf(listener);
        listener.protocol = protocol;
        listener.port = port;
        estate.forward(listener, forwards);
        listener.certificates = wanted.certificates;
        listener.sslPolicy = wanted.sslPolicy;
        listener.alpn = wanted.alpn;
        estate.lifecycle("listener", listener.pool(), Happened.CHANGED);
        pools.follow(listener);
        before.forEach(pools::changed);
        return reply(listener);
    }

    ObjectNode delete(ApiCall call) {
        Listener listener = estate.listener(call.text("ListenerArn"));
        listener.balancer.listeners.remove(listener.arn);
        estate.forget(listener);
        pools.removed(listener);
        return JsonNodeFactory.instance.objectNode();
    }

    ObjectNode modifyAttributes(ApiCall call) {
        Listener listener = estate.listener(call.text("ListenerArn"));
        Map<String, String> wanted = call.pairs("Attributes");
        Attribute.check(Attribute.OF_LISTENERS, wanted, "Listener");
        unless(
                listener.protocol.startsWith("TCP") || wanted.isEmpty(),
                "InvalidConfigurationRequest",
                "Listener attribute key 'tcp.idle_timeout.seconds' is not supported on listeners with protocol '"
                        + listener.protocol + "'");
        listener.attributes.putAll(wanted);
        estate.lifecycle("listener", listener.pool(), Happened.CHANGED);
        return BalancerText.attributes(listener.attributes);
    }

    ObjectNode addCertificates(ApiCall call) {
        return encryption.add(call, estate.listener(call.text("ListenerArn")));
    }

    ObjectNode removeCertificates(ApiCall call) {
        return encryption.remove(call, estate.listener(call.text("ListenerArn")));
    }
}
