package io.plumbline.it.clouds.tencent;

import static io.plumbline.it.clouds.tencent.Refusal.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.ChangeLog.Happened;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The actions that create, change and delete load balancers.
final class BalancerWrites {
    private static final List<String> CREATE_PARAMETERS = List.of(
            "LoadBalancerType",
            "Forward",
            "LoadBalancerName",
            "VpcId",
            "SubnetId",
            "ProjectId",
            "AddressIPVersion",
            "Number",
            "InternetAccessible",
            "LBChargeType",
            "Tags",
            "SnatPro",
            "ClientToken",
            "LoadBalancerPassToTarget");
    private static final List<String> MODIFY_PARAMETERS = List.of(
            "LoadBalancerId",
            "LoadBalancerName",
            "InternetChargeInfo",
            "LoadBalancerPassToTarget",
            "SnatPro",
            "DeleteProtect");
    private static final Duration FREQUENCY_WINDOW = Duration.ofMinutes(5);

    private final Estate estate;
    private final Tasks tasks;
    private final Pools pools;

    BalancerWrites(Estate estate, Tasks tasks, Pools pools) {
        this.estate = estate;
        this.tasks = tasks;
        this.pools = pools;
    }

    ObjectNode create(ApiCall call) {
        call.supports(CREATE_PARAMETERS);
        Optional<String> token = call.optionalText("ClientToken");
        token.ifPresent(value -> unless(
                value.matches("\\p{ASCII}{1,64}"),
                "InvalidParameterValue.Length",
                "ClientToken must be of 1 to 64 ASCII characters."));
        Optional<Estate.CreationOrder> earlier = token.flatMap(value -> Optional.ofNullable(estate.orders.get(value)));
        return earlier.map(order -> repeated(call, order)).orElseGet(() -> ordered(call, token));
    }

    /// The same token again: the same answer. A token whose balancers are no more is used up.
    private ObjectNode repeated(ApiCall call, Estate.CreationOrder order) {
        unless(
                order.parameters().equals(call.body().toString()),
                "InvalidParameterValue",
                "ClientToken was used before with other parameters.");
        unless(
                estate.balancers.keySet().containsAll(order.balancerIds()),
                "InvalidParameter.ClientTokenLimitExceeded",
                "The order of this ClientToken has failed or has expired.");
        return creationReply(order);
    }

    private ObjectNode ordered(ApiCall call, Optional<String> token) {
        NewBalancer order = NewBalancer.read(call.body(), estate);
        String quotaOf = order.type();
        long existing = estate.balancers.values().stream()
                .filter(balancer -> balancer.type.equals(quotaOf))
                .count();
        Limit limit = quotaOf.equals("OPEN") ? Limit.OPEN_BALANCERS : Limit.INTERNAL_BALANCERS;
        unless(
                existing + order.number() <= estate.limits.of(limit),
                "LimitExceeded",
                "The quota of " + quotaOf + " load balancers is used up.");
        List<Balancer> created = new ArrayList<>();
        for (int index = 0; index < order.number(); index++) {
            created.add(add(order));
        }
        String deal = "deal-" + call.requestId();
        Estate.CreationOrder placed = new Estate.CreationOrder(
                call.body().toString(),
                deal,
                created.stream().map(balancer -> balancer.id).toList());
        token.ifPresent(value -> estate.orders.put(value, placed));
        tasks.nameDeal(deal, call.requestId());
        tasks.start(
                call,
                created,
                new Tasks.Effect(
                        estate.limits.durationOf(Limit.CREATION_MILLIS),
                        () -> created.forEach(balancer -> balancer.running = true),
                        () -> created.forEach(this::forget)));
        return creationReply(placed);
    }

    private Balancer add(NewBalancer order) {
        Balancer balancer = new Balancer(
                estate.newId("lb"),
                order.type(),
                estate.dataPlane.claimAddress(),
                new Balancer.Subnet(order.vpcId(), order.subnetId()),
                estate.agenda.now());
        order.name().filter(this::nameIsFree).ifPresent(name -> balancer.name = name);
        balancer.tags.putAll(order.tags());
        balancer.internet = order.internet();
        balancer.snatPro = order.snatPro();
        balancer.passToTarget = order.passToTarget();
        estate.balancers.put(balancer.id, balancer);
        estate.lifecycle("balancer", balancer.id, Happened.ADDED);
        return balancer;
    }

    private boolean nameIsFree(String name) {
        return estate.balancers.values().stream().noneMatch(balancer -> balancer.name.equals(name));
    }

    private ObjectNode creationReply(Estate.CreationOrder order) {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode ids = reply.putArray("LoadBalancerIds");
        if (estate.limits.of(Limit.IDS_IN_CREATE_REPLY) > 0) {
            order.balancerIds().forEach(ids::add);
        }
        return reply.put("DealName", order.dealName());
    }

    ObjectNode modify(ApiCall call) {
        call.supports(MODIFY_PARAMETERS);
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        tasks.requireIdle(balancer);
        call.optionalText("LoadBalancerName").ifPresent(NewBalancer::checkName);
        Optional<Balancer.Internet> internet =
                NewBalancer.internet(call.body().path("InternetChargeInfo"), balancer.internet);
        tasks.start(call, List.of(balancer), () -> {
            JsonNode body = call.body();
            balancer.internet = internet.or(() -> balancer.internet);
            balancer.name = body.path("LoadBalancerName").asText(balancer.name);
            balancer.passToTarget = body.path("LoadBalancerPassToTarget").asBoolean(balancer.passToTarget);
            balancer.snatPro = body.path("SnatPro").asBoolean(balancer.snatPro);
            balancer.deleteProtect = body.path("DeleteProtect").asBoolean(balancer.deleteProtect);
            estate.lifecycle("balancer", balancer.id, Happened.CHANGED);
        });
        return JsonNodeFactory.instance.objectNode().putNull("DealName");
    }

    ObjectNode setSecurityGroups(ApiCall call) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        tasks.requireIdle(balancer);
        List<String> groups = call.texts("SecurityGroups");
        unless(groups.size() <= 50, "InvalidParameterValue.Length", "SecurityGroups has at most 50 elements.");
        for (String group : groups) {
            unless(
                    estate.account.securityGroupIds().contains(group),
                    "InvalidParameterValue",
                    "security group " + group + " does not exist");
        }
        balancer.securityGroups = List.copyOf(groups);
        estate.lifecycle("balancer", balancer.id, Happened.CHANGED);
        return JsonNodeFactory.instance.objectNode();
    }

    ObjectNode delete(ApiCall call) {
        List<String> ids = call.texts("LoadBalancerIds");
        unless(
                !ids.isEmpty() && ids.size() <= 20,
                "InvalidParameterValue.Length",
                "LoadBalancerIds must have 1 to 20 elements.");
        Map<String, Balancer> doomed = new LinkedHashMap<>();
        ids.forEach(id -> doomed.put(id, estate.balancer(id)));
        boolean force = call.body().path("ForceDelete").asBoolean(false);
        doomed.values().forEach(balancer -> guard(balancer, force));
        guardFrequency(doomed.size());
        tasks.start(call, List.copyOf(doomed.values()), () -> doomed.values().forEach(this::forget));
        return JsonNodeFactory.instance.objectNode();
    }

    private void guard(Balancer balancer, boolean force) {
        tasks.requireIdle(balancer);
        unless(
                !balancer.deleteProtect,
                "OperationDenied",
                "Loadbalancer(" + balancer.id + ") is protected against deletion.");
        unless(
                force || balancer.targetCount() < estate.limits.of(Limit.TARGETS_AT_DELETION),
                "FailedOperation.TargetNumCheckRisk",
                "Loadbalancer(" + balancer.id + ") has " + balancer.targetCount()
                        + " targets bound; set ForceDelete to delete it all the same.");
    }

    private void guardFrequency(int more) {
        Instant now = estate.agenda.now();
        while (!estate.deletions.isEmpty()
                && estate.deletions.peekFirst().plus(FREQUENCY_WINDOW).isBefore(now)) {
            estate.deletions.removeFirst();
        }
        unless(
                estate.deletions.size() < estate.limits.of(Limit.DELETIONS_PER_FIVE_MINUTES),
                "FailedOperation.FrequencyCheckRisk",
                "Too many load balancers of this region were deleted within five minutes.");
        for (int index = 0; index < more; index++) {
            estate.deletions.addLast(now);
        }
    }

    private void forget(Balancer balancer) {
        balancer.listeners.values().forEach(pools::removed);
        estate.balancers.remove(balancer.id);
        estate.lifecycle("balancer", balancer.id, Happened.REMOVED);
    }
}
