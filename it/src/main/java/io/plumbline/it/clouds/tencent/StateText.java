package io.plumbline.it.clouds.tencent;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.BalancerView.ListenerView;
import io.plumbline.it.clouds.BalancerView.TargetView;
import java.util.List;

/// The whole state, for tests and for `GET /__simulation/state` as docs/simulation.md describes it.
final class StateText {
    private StateText() {}

    static List<BalancerView> views(Estate estate, Pools pools) {
        return estate.balancers.values().stream()
                .map(balancer -> view(balancer, pools))
                .toList();
    }

    private static BalancerView view(Balancer balancer, Pools pools) {
        List<ListenerView> listeners = balancer.listeners.values().stream()
                .map(listener -> new ListenerView(
                        listener.id,
                        listener.name,
                        listener.pool(),
                        listener.protocol,
                        listener.port,
                        targets(listener, pools)))
                .toList();
        return new BalancerView(balancer.id, balancer.name, balancer.vip, balancer.running, balancer.tags, listeners);
    }

    private static List<TargetView> targets(Listener listener, Pools pools) {
        return listener.targets.values().stream()
                .map(target -> new TargetView(
                        target.address,
                        target.port,
                        target.weight,
                        pools.health(listener, target).wireName,
                        target.weight > 0 && pools.health(listener, target).passes()))
                .toList();
    }

    static ObjectNode of(Estate estate, Pools pools, Tasks tasks) {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        state.put("cloud", "tencent")
                .put("region", estate.account.region())
                .put("now", estate.agenda.now().toString());
        ObjectNode network = state.putObject("network");
        estate.network.instances().forEach(network.putObject("instances")::put);
        estate.network.addresses().forEach(network.putArray("addresses")::add);
        state.set("quotas", estate.limits.toJson());
        ArrayNode balancers = state.putArray("loadBalancers");
        estate.balancers.values().forEach(balancer -> balancers.add(balancer(balancer, estate, pools)));
        ArrayNode running = state.putArray("runningTasks");
        tasks.running().forEach(task -> running.add(task.id()));
        return state;
    }

    private static ObjectNode balancer(Balancer balancer, Estate estate, Pools pools) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("id", balancer.id)
                .put("name", balancer.name)
                .put("type", balancer.type)
                .put("address", balancer.vip)
                .put("subnetId", balancer.subnetId)
                .put("status", balancer.running ? "running" : "creating")
                .put("deleteProtect", balancer.deleteProtect)
                .put("busy", balancer.runningTask.isPresent());
        balancer.tags.forEach(text.putObject("tags")::put);
        balancer.securityGroups.forEach(text.putArray("securityGroups")::add);
        ArrayNode listeners = text.putArray("listeners");
        balancer.listeners.values().forEach(listener -> listeners.add(listener(listener, estate, pools)));
        return text;
    }

    private static ObjectNode listener(Listener listener, Estate estate, Pools pools) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("id", listener.id)
                .put("name", listener.name)
                .put("protocol", listener.protocol)
                .put("port", listener.port)
                .put("pool", listener.pool())
                .put("scheduler", listener.scheduler)
                .put("sessionExpireSeconds", listener.sessionExpireSeconds);
        estate.dataPlane.place(listener.pool()).ifPresent(place -> text.put("dataPlane", place));
        text.set("healthCheck", listener.healthCheck.deepCopy());
        ArrayNode targets = text.putArray("targets");
        for (Target target : listener.targets.values()) {
            ObjectNode each = targets.addObject()
                    .put("address", target.address)
                    .put("port", target.port)
                    .put("weight", target.weight)
                    .put("health", pools.health(listener, target).wireName)
                    .put("registeredAt", target.registeredAt.toString());
            target.instanceId.ifPresent(id -> each.put("instanceId", id));
            target.tag.ifPresent(tag -> each.put("tag", tag));
        }
        return text;
    }
}
