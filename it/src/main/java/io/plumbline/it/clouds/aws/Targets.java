package io.plumbline.it.clouds.aws;

import static io.plumbline.it.clouds.aws.Refusal.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.Fault;
import io.plumbline.it.cluster.kubelet.Loopback;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The actions that register and deregister targets.
final class Targets {
    private static final String VPC_RANGE = "10.0.0.0/8";

    private final Estate estate;
    private final Pools pools;

    Targets(Estate estate, Pools pools) {
        this.estate = estate;
        this.pools = pools;
    }

    /// Registers; what is registered already stays as it is, what is draining comes back.
    ObjectNode register(ApiCall call) {
        TargetGroup group = estate.targetGroup(call.text("TargetGroupArn"));
        Map<String, Target> wanted = new LinkedHashMap<>();
        for (JsonNode target : call.body().path("Targets")) {
            Target read = read(group, target);
            wanted.put(read.key(), read);
        }
        wanted.keySet().removeAll(group.targets.keySet());
        unless(
                group.targets.size() + wanted.size() <= estate.limits.of(Limit.TARGETS_PER_TARGET_GROUP),
                "TooManyTargets",
                "The maximum number of targets per target group has been reached on target group '" + group.arn + "'");
        estate.listenersOf(group).stream()
                .map(listener -> listener.balancer)
                .distinct()
                .forEach(balancer -> requireRoom(estate, balancer, group, group.targets.size() + wanted.size()));
        group.targets.putAll(first(call, wanted));
        pools.registered(group);
        return JsonNodeFactory.instance.objectNode();
    }

    /// All, or all but the last where a fault script wants the call done in part.
    private static Map<String, Target> first(ApiCall call, Map<String, Target> targets) {
        Map<String, Target> done = new LinkedHashMap<>(targets);
        if (call.struckBy(Fault.Kind.PARTIAL) && !targets.isEmpty()) {
            done.remove(List.copyOf(targets.keySet()).getLast());
        }
        return done;
    }

    /// Refuses more targets of a group than its balancer can carry in all its zones together.
    static void requireRoom(Estate estate, Balancer balancer, TargetGroup group, int inGroup) {
        long others = balancer.listeners.values().stream()
                .flatMap(listener -> listener.forwards.stream())
                .map(Listener.Forward::targetGroupArn)
                .distinct()
                .filter(arn -> !arn.equals(group.arn))
                .mapToLong(arn -> estate.targetGroup(arn).targets.size())
                .sum();
        unless(
                others + inGroup <= balancer.zones.size() * estate.limits.of(Limit.TARGETS_PER_ZONE),
                "TooManyTargets",
                "The maximum number of targets per load balancer has been reached on load balancer '" + balancer.arn
                        + "'");
    }

    private Target read(TargetGroup group, JsonNode target) {
        String id = target.path("Id").asText();
        String zone = target.path("AvailabilityZone").asText("");
        int port = target.path("Port").asInt(group.settings.port());
        unless(
                !target.has("QuicServerId"),
                "ValidationError",
                "A QUIC server ID is not supported for target groups with protocol '" + group.settings.protocol()
                        + "'");
        String address = group.ofAddresses() ? address(group, id, zone) : instance(group, id);
        return new Target(estate.count("registration"), id, address, port, zone);
    }

    /// Its address of the group's family: the private one, or the primary one of IPv6, which not every instance has.
    private String instance(TargetGroup group, String id) {
        unless(id.matches("i-[0-9a-z]{1,32}"), "ValidationError", "Instance ID '" + id + "' is not valid");
        String address = estate.network
                .addressOf(id)
                .orElseThrow(() -> new Refusal(
                        "InvalidTarget",
                        "The following targets are not in a running state and cannot be registered: '" + id + "'"));
        return group.ofIpv6()
                ? estate.network
                        .primaryIpv6Of(id)
                        .orElseThrow(() -> new Refusal(
                                "InvalidTarget",
                                "The following targets do not have a primary IPv6 address: '" + id + "'"))
                : address;
    }

    private static String address(TargetGroup group, String id, String zone) {
        return group.ofIpv6() ? ipv6(id, zone) : ipv4(id, zone);
    }

    /// None outside the VPC's own range.
    private static String ipv6(String id, String zone) {
        unless(Cidr.isIpv6(id), "ValidationError", "The IP address '" + id + "' is not a valid IPv6 address");
        unless(
                Vpc.hasIpv6(id),
                "InvalidTarget",
                "The IP address '" + id + "' is not a valid target: it is not in the VPC");
        unless(
                !zone.equals("all"),
                "ValidationError",
                "The IP address '" + id + "' is within the VPC, and cannot have its Availability Zone overridden to"
                        + " 'all'");
        return id;
    }

    /// Any address of the VPC may be registered, whether or not something has it.
    private static String ipv4(String id, String zone) {
        unless(Loopback.isIpv4(id), "ValidationError", "The IP address '" + id + "' is not a valid IPv4 address");
        boolean inside = Cidr.contains(VPC_RANGE, id);
        unless(
                inside || !zone.isEmpty(),
                "ValidationError",
                "The Availability Zone is required for IP address '" + id + "' because it is not in the VPC");
        unless(
                !inside || !zone.equals("all"),
                "ValidationError",
                "The IP address '" + id + "' is within the VPC, and cannot have its Availability Zone overridden to"
                        + " 'all'");
        unless(
                inside
                        || Cidr.contains("172.16.0.0/12", id)
                        || Cidr.contains("192.168.0.0/16", id)
                        || Cidr.contains("100.64.0.0/10", id),
                "InvalidTarget",
                "The IP address '" + id + "' is not a valid target: it is in no private range");
        return id;
    }

    /// Deregisters; what is not registered is passed over.
    ObjectNode deregister(ApiCall call) {
        TargetGroup group = estate.targetGroup(call.text("TargetGroupArn"));
        Map<String, Target> leaving = new LinkedHashMap<>();
        for (JsonNode target : call.body().path("Targets")) {
            int port = target.path("Port").asInt(group.settings.port());
            String key = target.path("Id").asText() + ":" + port;
            Optional.ofNullable(group.targets.get(key)).ifPresent(known -> leaving.put(key, known));
        }
        first(call, leaving).values().forEach(target -> pools.leave(group, target));
        return JsonNodeFactory.instance.objectNode();
    }
}
