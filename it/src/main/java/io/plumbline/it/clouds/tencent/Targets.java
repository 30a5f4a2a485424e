package io.plumbline.it.clouds.tencent;

import static io.plumbline.it.clouds.tencent.Refusal.unless;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.it.clouds.tencent.Target.Endpoint;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a request says of targets, and whether the account may bind them.
final class Targets {
    private static final int DEFAULT_WEIGHT = 10;
    private static final List<String> REGISTERING = List.of("RegisterTargets", "BatchRegisterTargets");

    private final Estate estate;

    Targets(Estate estate) {
        this.estate = estate;
    }

    /// Reads one target of a request and adds it to those before it.
    void collect(JsonNode target, String action, Map<String, Endpoint> before) {
        noLocation(target);
        Endpoint endpoint = endpoint(target, REGISTERING.contains(action));
        unless(
                before.put(endpoint.name(), endpoint) == null,
                "InvalidParameterValue.Duplicate",
                "the target " + endpoint.name() + " occurs twice");
    }

    static void noLocation(JsonNode target) {
        unless(
                target.path("LocationId").asText("").isEmpty(),
                "InvalidParameter.LocationNotFound",
                "A layer 4 listener has no rules.");
    }

    private Endpoint endpoint(JsonNode target, boolean registering) {
        Optional<String> instance = given(target, "InstanceId");
        Optional<String> address = given(target, "EniIp");
        unless(
                instance.isPresent() || address.isPresent(),
                "MissingParameter",
                "A target needs one of `InstanceId` and `EniIp`.");
        unless(
                instance.isEmpty() || address.isEmpty(),
                "InvalidParameterCombination",
                "A target has only one of `InstanceId` and `EniIp`.");
        long port = target.path("Port").asLong();
        unless(port >= 1 && port <= 65535, "InvalidParameterValue.Range", "Port must be from 1 to 65535.");
        String place = address.orElseGet(() -> addressOf(instance.orElseThrow(), registering));
        unless(
                !registering || instance.isPresent() || estate.network.hasAddress(place),
                "InvalidParameterValue",
                "no network interface of the VPC has the address " + place);
        int weight = checkedWeight(target.path("Weight").asLong(DEFAULT_WEIGHT));
        return new Endpoint(place, (int) port, instance, given(target, "Tag"), weight);
    }

    private static Optional<String> given(JsonNode target, String field) {
        return Optional.of(target.path(field).asText("")).filter(text -> !text.isEmpty());
    }

    /// What is bound keeps its address when its instance is gone.
    private String addressOf(String instanceId, boolean registering) {
        return estate.network
                .addressOf(instanceId)
                .or(() -> registering ? Optional.empty() : boundAddressOf(instanceId))
                .orElseThrow(() -> new Refusal("InvalidParameterValue", "InstanceId " + instanceId + " not found"));
    }

    private Optional<String> boundAddressOf(String instanceId) {
        return estate.balancers.values().stream()
                .flatMap(balancer -> balancer.listeners.values().stream())
                .flatMap(listener -> listener.targets.values().stream())
                .filter(target -> target.instanceId.equals(Optional.of(instanceId)))
                .map(target -> target.address)
                .findFirst();
    }

    private static int checkedWeight(long weight) {
        unless(weight >= 0 && weight <= 100, "InvalidParameterValue.Range", "Weight must be from 0 to 100.");
        return (int) weight;
    }

    /// A rule's own weight is that of every target of it.
    static int weightOf(JsonNode rule, Endpoint endpoint) {
        return rule.has("Weight") ? checkedWeight(rule.path("Weight").asLong()) : endpoint.weight();
    }

    /// Refuses what would be too many, and what breaks the rule of four: virtual address, listener's protocol,
    /// backend address and backend port are unique.
    void checkNew(Balancer balancer, Listener listener, Collection<Endpoint> endpoints) {
        long after = listener.targets.size()
                + endpoints.stream()
                        .filter(endpoint -> !listener.targets.containsKey(endpoint.name()))
                        .count();
        unless(
                after <= estate.limits.of(Limit.TARGETS_PER_LISTENER),
                "LimitExceeded",
                "The quota of targets of listener " + listener.id + " is used up.");
        for (Endpoint endpoint : endpoints) {
            for (Listener other : balancer.listeners.values()) {
                boolean conflict = other != listener
                        && other.protocol.equals(listener.protocol)
                        && other.targets.containsKey(endpoint.name());
                unless(!conflict, "InvalidParameterValue", fourTuple(balancer, other, endpoint));
            }
        }
    }

    /// The rule of four within one batch.
    void checkWithin(Map<Listener, Map<String, Endpoint>> wanted) {
        wanted.forEach((listener, endpoints) -> wanted.forEach((other, others) -> {
            if (other != listener && other.protocol.equals(listener.protocol)) {
                for (Endpoint endpoint : endpoints.values()) {
                    unless(
                            !others.containsKey(endpoint.name()),
                            "InvalidParameterValue",
                            "the same target " + endpoint.name() + " for two listeners of one protocol");
                }
            }
        }));
    }

    private static String fourTuple(Balancer balancer, Listener other, Endpoint endpoint) {
        return "4-tuple conflict: " + endpoint.name() + " is bound to " + balancer.vip + ":" + other.port + "/"
                + other.protocol + " (" + other.id + ") already";
    }
}
