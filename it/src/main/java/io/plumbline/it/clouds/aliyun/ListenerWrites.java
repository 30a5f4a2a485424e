package io.plumbline.it.clouds.aliyun;

import static io.plumbline.it.clouds.aliyun.Refusal.unless;
import static io.plumbline.it.clouds.aliyun.Refusal.valid;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.ChangeLog.Happened;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The actions that create, change, start, stop and delete listeners.
final class ListenerWrites {
    private static final String BUSY = "ServiceIsConfiguring";

    private final Estate estate;
    private final Pools pools;
    private final ListenerSettings settings;

    ListenerWrites(Estate estate, Pools pools) {
        this.estate = estate;
        this.pools = pools;
        this.settings = new ListenerSettings(estate);
    }

    /// A new listener is stopped until it is started.
    ObjectNode create(ApiCall call, Protocol protocol) {
        unless(
                !call.body().has("MasterSlaveServerGroupId"),
                "UnsupportedParameter",
                "The simulation does not support MasterSlaveServerGroupId.");
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        int port = call.number("ListenerPort");
        valid(port >= 1 && port <= 65535, "ListenerPort", "from 1 to 65535");
        unless(
                balancer.at(port).allMatch(other -> protocol.mayShareItsPortWith(other.protocol)),
                "ListenerAlreadyExists",
                "There is already a listener bound to the port " + port + " on the specified load balancer.");
        estate.requireIdle(balancer, BUSY);
        unless(
                balancer.listeners.size() < estate.limits.of(Limit.LISTENERS_PER_BALANCER),
                "ListenerNumberOverLimit",
                "The number of listeners of " + balancer.id + " is over the limit.");
        Listener listener = new Listener(balancer, protocol, port, estate.agenda.now());
        Map<String, String> wanted = settings.initial(call, listener);
        Optional<Group> group = settings.initialGroup(call, balancer, wanted);
        Tags.check(call.tags(), estate.limits);
        listener.settings.putAll(wanted);
        listener.tags.putAll(call.tags());
        balancer.listeners.put(listener.pool(), listener);
        estate.lifecycle("listener", listener.pool(), Happened.ADDED);
        refer(listener, group);
        estate.configuring(balancer);
        return JsonNodeFactory.instance.objectNode();
    }

    /// The members of a group are members of each listener that refers to it.
    private void refer(Listener listener, Optional<Group> group) {
        listener.group.ifPresent(before -> before.backends
                .values()
                .forEach(backend -> estate.membership(listener.pool(), backend, Happened.REMOVED)));
        listener.group = group;
        group.ifPresent(after -> after.backends
                .values()
                .forEach(backend -> estate.membership(listener.pool(), backend, Happened.ADDED)));
    }

    ObjectNode set(ApiCall call, Protocol protocol) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        Listener listener = estate.listener(balancer, call.number("ListenerPort"), Optional.of(protocol));
        estate.requireIdle(balancer, BUSY);
        Map<String, String> wanted = settings.changed(call, listener);
        Optional<Group> group = settings.changedGroup(call, listener);
        listener.settings.putAll(wanted);
        if (!listener.group.equals(group)) {
            refer(listener, group);
        }
        estate.lifecycle("listener", listener.pool(), Happened.CHANGED);
        pools.changed(listener);
        estate.configuring(balancer);
        return JsonNodeFactory.instance.objectNode();
    }

    ObjectNode start(ApiCall call) {
        return change(call, listener -> {
            listener.running = true;
            estate.lifecycle("listener", listener.pool(), Happened.CHANGED);
            pools.changed(listener);
        });
    }

    ObjectNode stop(ApiCall call) {
        return change(call, listener -> {
            listener.running = false;
            estate.lifecycle("listener", listener.pool(), Happened.CHANGED);
            pools.changed(listener);
        });
    }

    ObjectNode delete(ApiCall call) {
        return change(call, listener -> {
            boolean forwardedTo = listener.protocol == Protocol.HTTPS
                    && listener.balancer.listeners.values().stream()
                            .anyMatch(other ->
                                    other.isOn("ListenerForward") && other.number("ForwardPort") == listener.port);
            unless(
                    !forwardedTo,
                    "OperationFailed.ListenerStatusNotSupport",
                    "An HTTP listener forwards to the specified listener.");
            remove(listener);
        });
    }

    /// Without asking anybody.
    void remove(Listener listener) {
        refer(listener, Optional.empty());
        listener.running = false;
        listener.balancer.listeners.remove(listener.pool());
        estate.lifecycle("listener", listener.pool(), Happened.REMOVED);
        pools.changed(listener);
    }

    private ObjectNode change(ApiCall call, Consumer<Listener> change) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        Listener listener = estate.listener(balancer, call);
        estate.requireIdle(balancer, BUSY);
        change.accept(listener);
        estate.configuring(balancer);
        return JsonNodeFactory.instance.objectNode();
    }
}
