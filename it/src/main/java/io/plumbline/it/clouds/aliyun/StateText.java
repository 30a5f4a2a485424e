package io.plumbline.it.clouds.aliyun;

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
                        listener.pool(),
                        listener.setting("Description"),
                        listener.pool(),
                        listener.protocol.name(),
                        listener.port,
                        targets(listener, pools)))
                .toList();
        return new BalancerView(balancer.id, balancer.name, balancer.vip, true, balancer.tags, listeners);
    }

    private static List<TargetView> targets(Listener listener, Pools pools) {
        return listener.group.stream()
                .flatMap(group -> group.backends.values().stream())
                .map(backend -> new TargetView(
                        backend.server.ip(),
                        backend.server.port(),
                        backend.weight,
                        pools.health(listener, backend).wireName(),
                        pools.serves(listener, backend)))
                .toList();
    }

    static ObjectNode of(Estate estate, Pools pools) {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        state.put("cloud", "aliyun")
                .put("region", estate.account.region())
                .put("now", estate.agenda.now().toString());
        ObjectNode network = state.putObject("network");
        estate.network.instances().forEach(network.putObject("instances")::put);
        estate.network.addresses().forEach(network.putArray("addresses")::add);
        estate.elasticAddresses.forEach(network.putObject("elasticAddresses")::put);
        state.set("quotas", estate.limits.toJson());
        ArrayNode balancers = state.putArray("loadBalancers");
        estate.balancers.values().forEach(balancer -> balancers.add(balancer(balancer, estate, pools)));
        ArrayNode lists = state.putArray("accessLists");
        estate.accessLists.values().forEach(list -> lists.add(accessList(list)));
        ArrayNode certificates = state.putArray("certificates");
        estate.certificates.keySet().forEach(certificates::add);
        return state;
    }

    private static ObjectNode accessList(AccessList list) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("id", list.id).put("name", list.name);
        list.tags.forEach(text.putObject("tags")::put);
        list.entries.forEach(text.putObject("entries")::put);
        return text;
    }

    private static ObjectNode balancer(Balancer balancer, Estate estate, Pools pools) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("id", balancer.id)
                .put("name", balancer.name)
                .put("type", balancer.placement.addressType())
                .put("address", balancer.address())
                .put("subnetId", balancer.placement.vSwitchId())
                .put("status", balancer.active ? "running" : "stopped")
                .put("deleteProtect", balancer.deleteProtection)
                .put("modificationProtect", balancer.modificationProtectionReason.isPresent())
                .put("busy", estate.agenda.now().isBefore(balancer.lockedUntil));
        balancer.tags.forEach(text.putObject("tags")::put);
        ArrayNode groups = text.putArray("groups");
        balancer.groups.values().forEach(group -> groups.add(group(group)));
        ArrayNode listeners = text.putArray("listeners");
        balancer.listeners.values().forEach(listener -> listeners.add(listener(listener, estate, pools)));
        return text;
    }

    private static ObjectNode group(Group group) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("id", group.id).put("name", group.name);
        ArrayNode backends = text.putArray("backends");
        for (Backend backend : group.backends.values()) {
            backends.addObject()
                    .put("serverId", backend.server.id())
                    .put("type", backend.server.type())
                    .put("address", backend.server.ip())
                    .put("port", backend.server.port())
                    .put("weight", backend.weight)
                    .put("description", backend.description);
        }
        return text;
    }

    private static ObjectNode listener(Listener listener, Estate estate, Pools pools) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("id", listener.pool())
                .put("name", listener.setting("Description"))
                .put("protocol", listener.protocol.name())
                .put("port", listener.port)
                .put("pool", listener.pool())
                .put("status", listener.running ? "running" : "stopped");
        listener.group.ifPresent(group -> text.put("groupId", group.id));
        estate.dataPlane.place(listener.pool()).ifPresent(place -> text.put("dataPlane", place));
        listener.settings.forEach(text.putObject("settings")::put);
        ArrayNode targets = text.putArray("targets");
        listener.group.stream()
                .flatMap(group -> group.backends.values().stream())
                .forEach(backend -> targets.addObject()
                        .put("address", backend.server.ip())
                        .put("port", backend.server.port())
                        .put("weight", backend.weight)
                        .put("health", pools.health(listener, backend).wireName()));
        return text;
    }
}
