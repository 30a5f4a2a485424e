package io.plumbline.it.clouds.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.BalancerView.ListenerView;
import io.plumbline.it.clouds.BalancerView.TargetView;
import io.plumbline.it.clouds.aws.Listener.Forward;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The whole state, for tests and for `GET /__simulation/state` as docs/simulation.md describes it.
final class StateText {
    private final Estate estate;
    private final Pools pools;
    private final Traffic traffic;

    StateText(Estate estate, Pools pools, Traffic traffic) {
        this.estate = estate;
        this.pools = pools;
        this.traffic = traffic;
    }

    List<BalancerView> views() {
        return estate.balancers.values().stream().map(this::view).toList();
    }

    private BalancerView view(Balancer balancer) {
        List<ListenerView> listeners = balancer.listeners.values().stream()
                .map(listener -> new ListenerView(
                        listener.arn,
                        listener.protocol + "-" + listener.port,
                        listener.pool(),
                        listener.protocol,
                        listener.port,
                        targets(listener)))
                .toList();
        return new BalancerView(balancer.arn, balancer.name, balancer.vip, balancer.active, balancer.tags, listeners);
    }

    private List<TargetView> targets(Listener listener) {
        List<TargetView> views = new ArrayList<>();
        for (Forward forward : listener.forwards) {
            Optional.ofNullable(estate.targetGroups.get(forward.targetGroupArn()))
                    .ifPresent(group -> group.targets.values().forEach(target -> {
                        Health health = pools.health(group, target);
                        views.add(new TargetView(
                                target.address(),
                                target.port(),
                                forward.weight(),
                                health.state,
                                health == Health.HEALTHY && forward.weight() > 0));
                    }));
        }
        return views;
    }

    ObjectNode state() {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        state.put("cloud", "aws")
                .put("region", estate.account.region())
                .put("now", estate.agenda.now().toString());
        ObjectNode network = state.putObject("network");
        estate.network.instances().forEach(network.putObject("instances")::put);
        estate.network.addresses().forEach(network.putArray("addresses")::add);
        state.set("quotas", estate.limits.toJson());
        ArrayNode balancers = state.putArray("loadBalancers");
        estate.balancers.values().forEach(balancer -> balancers.add(text(balancer)));
        ArrayNode groups = state.putArray("targetGroups");
        estate.targetGroups.values().forEach(group -> groups.add(text(group)));
        ArrayNode securityGroups = state.putArray("securityGroups");
        estate.securityGroups.values().forEach(group -> securityGroups.add(text(group)));
        return state;
    }

    private ObjectNode text(Balancer balancer) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("id", balancer.arn)
                .put("name", balancer.name)
                .put("scheme", balancer.settings.scheme())
                .put("hostName", balancer.hostName)
                .put("address", balancer.vip)
                .put("status", balancer.active ? "active" : "provisioning");
        balancer.zones.forEach(zone -> text.withArray("subnetIds").add(zone.subnetId()));
        balancer.tags.forEach(text.putObject("tags")::put);
        balancer.attributes.forEach(text.putObject("attributes")::put);
        balancer.securityGroups.forEach(text.putArray("securityGroups")::add);
        ArrayNode listeners = text.putArray("listeners");
        for (Listener listener : balancer.listeners.values()) {
            ObjectNode each = listeners.addObject();
            each.put("id", listener.arn)
                    .put("protocol", listener.protocol)
                    .put("port", listener.port)
                    .put("pool", listener.pool());
            traffic.place(listener).ifPresent(place -> each.put("dataPlane", place));
            listener.tags.forEach(each.putObject("tags")::put);
            ArrayNode forwards = each.putArray("targetGroups");
            listener.forwards.forEach(forward ->
                    forwards.addObject().put("id", forward.targetGroupArn()).put("weight", forward.weight()));
        }
        return text;
    }

    private ObjectNode text(TargetGroup group) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("id", group.arn)
                .put("name", group.name())
                .put("protocol", group.settings.protocol())
                .put("port", group.settings.port())
                .put("targetType", group.settings.targetType());
        group.tags.forEach(text.putObject("tags")::put);
        group.attributes.forEach(text.putObject("attributes")::put);
        ArrayNode targets = text.putArray("targets");
        group.targets.values().forEach(target -> targets.add(text(group, target)));
        group.draining.values().forEach(target -> targets.add(text(group, target)));
        return text;
    }

    private ObjectNode text(TargetGroup group, Target target) {
        Health health = pools.health(group, target);
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", target.id())
                .put("address", target.address())
                .put("port", target.port())
                .put("health", health.state)
                .put("reason", health.reason);
    }

    private ObjectNode text(SecurityGroup group) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("id", group.id).put("name", group.name);
        group.tags.forEach(text.putObject("tags")::put);
        text.set("ingress", new Permissions(estate).grouped(group.rules.values()));
        return text;
    }
}
