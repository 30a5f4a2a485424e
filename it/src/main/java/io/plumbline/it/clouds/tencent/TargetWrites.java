package io.plumbline.it.clouds.tencent;

import static io.plumbline.it.clouds.tencent.Refusal.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.ChangeLog;
import io.plumbline.it.clouds.ChangeLog.Happened;
import io.plumbline.it.clouds.Fault;
import io.plumbline.it.clouds.tencent.Target.Endpoint;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/// The actions that bind targets to listeners, change their weight, and unbind them.
///
/// The batch actions are synchronous, and fail in part: a listener of which one target could not be bound (it is
/// bound already) or unbound (it is not bound) is named in FailListenerIdSet, and nothing of that listener is
/// changed.
final class TargetWrites {
    private static final int MOST_IN_A_BATCH = 500;
    private static final int MOST_IN_A_CALL = 20;

    private final Estate estate;
    private final Tasks tasks;
    private final Pools pools;
    private final Targets targets;

    TargetWrites(Estate estate, Tasks tasks, Pools pools) {
        this.estate = estate;
        this.tasks = tasks;
        this.pools = pools;
        this.targets = new Targets(estate);
    }

    ObjectNode batchRegister(ApiCall call) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        Map<Listener, Map<String, Endpoint>> wanted = batch(call, balancer);
        tasks.requireIdle(balancer);
        wanted.forEach((listener, endpoints) -> targets.checkNew(balancer, listener, endpoints.values()));
        targets.checkWithin(wanted);
        return batched(call, balancer, wanted, (listener, endpoints) -> {
            if (endpoints.keySet().stream().anyMatch(listener.targets::containsKey)) {
                return false;
            }
            bind(listener, endpoints);
            return true;
        });
    }

    ObjectNode batchDeregister(ApiCall call) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        Map<Listener, Map<String, Endpoint>> wanted = batch(call, balancer);
        tasks.requireIdle(balancer);
        return batched(call, balancer, wanted, (listener, endpoints) -> {
            if (!listener.targets.keySet().containsAll(endpoints.keySet())) {
                return false;
            }
            unbind(listener, endpoints);
            return true;
        });
    }

    private Map<Listener, Map<String, Endpoint>> batch(ApiCall call, Balancer balancer) {
        JsonNode list = call.body().path("Targets");
        unless(
                !list.isEmpty() && list.size() <= MOST_IN_A_BATCH,
                "InvalidParameterValue.Length",
                "Targets must have 1 to " + MOST_IN_A_BATCH + " elements.");
        Map<Listener, Map<String, Endpoint>> wanted = new LinkedHashMap<>();
        for (JsonNode target : list) {
            Listener listener =
                    estate.listener(balancer, target.path("ListenerId").asText());
            targets.collect(target, call.action(), wanted.computeIfAbsent(listener, any -> new LinkedHashMap<>()));
        }
        return wanted;
    }

    /// Does what can be done, listener by listener, and replies with those where it could not.
    private ObjectNode batched(
            ApiCall call,
            Balancer balancer,
            Map<Listener, Map<String, Endpoint>> wanted,
            BiPredicate<Listener, Map<String, Endpoint>> change) {
        unless(!call.struckBy(Fault.Kind.TASK_FAIL), "FailedOperation", call.action() + " failed by the fault script");
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode failed = reply.putArray("FailListenerIdSet");
        int left = call.struckBy(Fault.Kind.PARTIAL) ? wanted.size() - 1 : wanted.size();
        int done = 0;
        for (Map.Entry<Listener, Map<String, Endpoint>> entry : wanted.entrySet()) {
            Listener listener = entry.getKey();
            if (left > 0 && change.test(listener, entry.getValue())) {
                pools.changed(listener);
                done += entry.getValue().size();
            } else {
                failed.add(listener.id);
            }
            left--;
        }
        reply.put("Message", failed.isEmpty() ? "" : "some targets of " + failed.size() + " listeners failed");
        long lockMillis = done * estate.limits.of(Limit.BATCH_LOCK_MILLIS_PER_TARGET);
        tasks.done(call, balancer, Duration.ofMillis(lockMillis));
        return reply;
    }

    ObjectNode register(ApiCall call) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        Listener listener = estate.listener(balancer, call.text("ListenerId"));
        Map<String, Endpoint> endpoints = few(call, call.body(), MOST_IN_A_CALL);
        tasks.requireIdle(balancer);
        targets.checkNew(balancer, listener, endpoints.values());
        String twice = endpoints.keySet().stream()
                .filter(listener.targets::containsKey)
                .collect(Collectors.joining(", "));
        unless(twice.isEmpty(), "InvalidParameterValue.Duplicate", "already bound: " + twice);
        tasks.start(call, List.of(balancer), () -> {
            bind(listener, endpoints);
            pools.changed(listener);
        });
        return JsonNodeFactory.instance.objectNode();
    }

    ObjectNode deregister(ApiCall call) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        Listener listener = estate.listener(balancer, call.text("ListenerId"));
        Map<String, Endpoint> endpoints = few(call, call.body(), MOST_IN_A_CALL);
        tasks.requireIdle(balancer);
        requireBound(listener, endpoints);
        tasks.start(call, List.of(balancer), () -> {
            unbind(listener, endpoints);
            pools.changed(listener);
        });
        return JsonNodeFactory.instance.objectNode();
    }

    private Map<String, Endpoint> few(ApiCall call, JsonNode holder, int most) {
        unless(
                !holder.has("Domain") && !holder.has("Url"),
                "InvalidParameter.LocationNotFound",
                "A layer 4 listener has no rules.");
        JsonNode list = holder.path("Targets");
        unless(
                !list.isEmpty() && list.size() <= most,
                "InvalidParameterValue.Length",
                "Targets must have 1 to " + most + " elements.");
        Map<String, Endpoint> endpoints = new LinkedHashMap<>();
        list.forEach(target -> targets.collect(target, call.action(), endpoints));
        return endpoints;
    }

    private static void requireBound(Listener listener, Map<String, Endpoint> endpoints) {
        TreeSet<String> absent = new TreeSet<>(endpoints.keySet());
        absent.removeAll(listener.targets.keySet());
        unless(absent.isEmpty(), "InvalidParameterValue", "not bound to " + listener.id + ": " + absent);
    }

    ObjectNode modifyWeight(ApiCall call) {
        return reweigh(call, List.of(call.body()));
    }

    ObjectNode batchModifyWeight(ApiCall call) {
        JsonNode list = call.body().path("ModifyList");
        unless(
                !list.isEmpty() && list.size() <= 100,
                "InvalidParameterValue.Length",
                "ModifyList must have 1 to 100 elements.");
        int total = 0;
        for (JsonNode rule : list) {
            total += rule.path("Targets").size();
        }
        unless(
                total <= MOST_IN_A_BATCH,
                "InvalidParameterValue.Length",
                "ModifyList must have at most " + MOST_IN_A_BATCH + " targets.");
        return reweigh(call, list);
    }

    private ObjectNode reweigh(ApiCall call, Iterable<JsonNode> rules) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        Map<Listener, Map<String, Integer>> weights = new LinkedHashMap<>();
        for (JsonNode rule : rules) {
            Listener listener =
                    estate.listener(balancer, rule.path("ListenerId").asText());
            Targets.noLocation(rule);
            Map<String, Endpoint> endpoints = few(call, rule, 50);
            requireBound(listener, endpoints);
            Map<String, Integer> of = weights.computeIfAbsent(listener, any -> new LinkedHashMap<>());
            endpoints.forEach((name, endpoint) -> of.put(name, Targets.weightOf(rule, endpoint)));
        }
        tasks.requireIdle(balancer);
        tasks.start(call, List.of(balancer), () -> weights.forEach(this::setWeights));
        return JsonNodeFactory.instance.objectNode();
    }

    private void setWeights(Listener listener, Map<String, Integer> weights) {
        weights.forEach((name, weight) -> {
            Target target = listener.targets.get(name);
            if (target != null && target.weight != weight) {
                target.weight = weight;
                note(listener, target, Happened.CHANGED);
            }
        });
        pools.changed(listener);
    }

    private void bind(Listener listener, Map<String, Endpoint> endpoints) {
        endpoints.forEach((name, endpoint) -> {
            Target target = new Target(estate.count("registration"), endpoint, estate.agenda.now());
            listener.targets.put(name, target);
            note(listener, target, Happened.ADDED);
        });
    }

    private void unbind(Listener listener, Map<String, Endpoint> endpoints) {
        for (String name : endpoints.keySet()) {
            Target target = listener.targets.remove(name);
            if (target != null) {
                note(listener, target, Happened.REMOVED);
            }
        }
    }

    private void note(Listener listener, Target target, Happened happened) {
        estate.log.add(
                new ChangeLog.Membership(estate.agenda.now(), listener.pool(), target.name(), happened, target.weight));
    }
}
