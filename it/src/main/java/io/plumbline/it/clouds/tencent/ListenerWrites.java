package io.plumbline.it.clouds.tencent;

import static io.plumbline.it.clouds.tencent.Refusal.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.ChangeLog.Happened;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The actions that create, change and delete listeners.
final class ListenerWrites {
    private static final List<String> SETTINGS = List.of(
            "LoadBalancerId",
            "HealthCheck",
            "SessionExpireTime",
            "SessionType",
            "Scheduler",
            "DeregisterTargetRst",
            "IdleConnectTimeout",
            "TargetType",
            "SniSwitch",
            "SnatEnable",
            "ProxyProtocol",
            "MaxConn",
            "MaxCps");

    private final Estate estate;
    private final Tasks tasks;
    private final Pools pools;

    ListenerWrites(Estate estate, Tasks tasks, Pools pools) {
        this.estate = estate;
        this.tasks = tasks;
        this.pools = pools;
    }

    ObjectNode create(ApiCall call) {
        call.supports(with(SETTINGS, "Ports", "ListenerNames", "Protocol"));
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        tasks.requireIdle(balancer);
        String protocol = protocol(call.text("Protocol"));
        List<Integer> ports = ports(call, balancer, protocol);
        List<String> names = call.texts("ListenerNames");
        unless(
                names.isEmpty() || names.size() == ports.size(),
                "InvalidParameterValue.Length",
                "ListenerNames must have as many elements as Ports.");
        List<Listener> created = new ArrayList<>();
        for (int index = 0; index < ports.size(); index++) {
            Listener listener =
                    new Listener(estate.newId("lbl"), balancer, protocol, ports.get(index), estate.agenda.now());
            listener.name = names.isEmpty() ? listener.id : names.get(index);
            apply(settings(call.body(), listener), listener);
            created.add(listener);
        }
        tasks.start(call, List.of(balancer), () -> created.forEach(listener -> add(balancer, listener)));
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        ArrayNode ids = reply.putArray("ListenerIds");
        created.forEach(listener -> ids.add(listener.id));
        return reply;
    }

    private static List<String> with(List<String> list, String... more) {
        List<String> all = new ArrayList<>(list);
        all.addAll(List.of(more));
        return all;
    }

    private void add(Balancer balancer, Listener listener) {
        balancer.listeners.put(listener.id, listener);
        estate.lifecycle("listener", listener.pool(), Happened.ADDED);
        pools.changed(listener);
    }

    private static String protocol(String protocol) {
        unless(
                List.of("TCP", "UDP", "HTTP", "HTTPS", "TCP_SSL", "QUIC").contains(protocol),
                "InvalidParameter.ProtocolCheckFailed",
                "Protocol " + protocol + " is none of TCP, UDP, HTTP, HTTPS, TCP_SSL, QUIC.");
        unless(
                protocol.equals("TCP") || protocol.equals("UDP"),
                "UnsupportedOperation",
                "The simulation supports the protocols TCP and UDP only.");
        return protocol;
    }

    private List<Integer> ports(ApiCall call, Balancer balancer, String protocol) {
        List<Integer> ports = new ArrayList<>();
        call.body().path("Ports").forEach(port -> ports.add(port.canConvertToInt() ? port.intValue() : -1));
        unless(
                !ports.isEmpty() && ports.size() < 50,
                "InvalidParameterValue.Length",
                "Ports must have at least one and less than 50 elements.");
        unless(
                new LinkedHashSet<>(ports).size() == ports.size(),
                "InvalidParameterValue.Duplicate",
                "Ports has a port twice.");
        for (int port : ports) {
            unless(port >= 1 && port <= 65535, "InvalidParameterValue.Range", "port " + port + " is out of range");
            Optional<Listener> taken = balancer.listeners.values().stream()
                    .filter(other -> other.port == port && other.protocol.equals(protocol))
                    .findFirst();
            taken.ifPresent(other -> {
                throw new Refusal(
                        "InvalidParameter.PortCheckFailed",
                        "Port " + port + " of " + protocol + " is used by listener " + other.id);
            });
        }
        unless(
                balancer.listeners.size() + ports.size() <= estate.limits.of(Limit.LISTENERS_PER_BALANCER),
                "LimitExceeded",
                "The quota of listeners of " + balancer.id + " is used up.");
        return ports;
    }

    ObjectNode modify(ApiCall call) {
        call.supports(with(SETTINGS, "ListenerId", "ListenerName"));
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        Listener listener = estate.listener(balancer, call.text("ListenerId"));
        tasks.requireIdle(balancer);
        Settings settings = settings(call.body(), listener);
        tasks.start(call, List.of(balancer), () -> {
            apply(settings, listener);
            listener.name = call.optionalText("ListenerName").orElse(listener.name);
            estate.lifecycle("listener", listener.pool(), Happened.CHANGED);
            pools.changed(listener);
        });
        return JsonNodeFactory.instance.objectNode();
    }

    private record Settings(
            ObjectNode healthCheck, String scheduler, int sessionSeconds, int idleSeconds, boolean reset) {}

    private static Settings settings(JsonNode body, Listener listener) {
        only(body, "SessionType", "NORMAL");
        only(body, "TargetType", "NODE");
        only(body, "SniSwitch", "0");
        only(body, "SnatEnable", "false");
        only(body, "ProxyProtocol", "false");
        only(body, "MaxConn", "-1");
        only(body, "MaxCps", "-1");
        String scheduler = body.path("Scheduler").asText(listener.scheduler);
        unless(
                scheduler.equals("WRR") || scheduler.equals("LEAST_CONN"),
                "InvalidParameterValue",
                "Scheduler must be WRR or LEAST_CONN.");
        int session = body.path("SessionExpireTime").asInt(listener.sessionExpireSeconds);
        unless(
                session == 0 || (session >= 30 && session <= 3600),
                "InvalidParameterValue.Range",
                "SessionExpireTime must be 0 or from 30 to 3600.");
        int idle = body.path("IdleConnectTimeout").asInt(listener.idleConnectSeconds);
        unless(
                idle >= 10 && idle <= 1980 && (listener.protocol.equals("TCP") || !body.has("IdleConnectTimeout")),
                "InvalidParameterValue.Range",
                "IdleConnectTimeout must be from 10 to 1980, and is for TCP only.");
        ObjectNode check = body.has("HealthCheck")
                ? HealthSettings.changed(listener.healthCheck, body.path("HealthCheck"), listener.protocol)
                : listener.healthCheck;
        boolean reset = body.path("DeregisterTargetRst").asBoolean(listener.resetAtDeregistration);
        return new Settings(check, scheduler, session, idle, reset);
    }

    private static void only(JsonNode body, String field, String supported) {
        unless(
                !body.has(field) || body.path(field).asText().equals(supported),
                "UnsupportedOperation",
                "The simulation supports no " + field + " but " + supported + ".");
    }

    private static void apply(Settings settings, Listener listener) {
        listener.healthCheck = settings.healthCheck();
        listener.scheduler = settings.scheduler();
        listener.sessionExpireSeconds = settings.sessionSeconds();
        listener.idleConnectSeconds = settings.idleSeconds();
        listener.resetAtDeregistration = settings.reset();
    }

    ObjectNode delete(ApiCall call) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        Listener listener = estate.listener(balancer, call.text("ListenerId"));
        return remove(call, balancer, List.of(listener));
    }

    /// Deletes the named listeners, or all of them where none is named. One unknown id fails the whole call.
    ObjectNode deleteMany(ApiCall call) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerId"));
        List<String> ids = call.texts("ListenerIds");
        unless(ids.size() <= 20, "InvalidParameterValue.Length", "ListenerIds has at most 20 elements.");
        Map<String, Listener> doomed = new LinkedHashMap<>();
        for (String id : ids.isEmpty() ? List.copyOf(balancer.listeners.keySet()) : ids) {
            unless(
                    balancer.listeners.containsKey(id),
                    "InvalidParameter",
                    "some ListenerId(" + id + ") of " + balancer.id + " not found");
            doomed.put(id, estate.listener(balancer, id));
        }
        return remove(call, balancer, List.copyOf(doomed.values()));
    }

    private ObjectNode remove(ApiCall call, Balancer balancer, List<Listener> doomed) {
        tasks.requireIdle(balancer);
        tasks.start(call, List.of(balancer), () -> {
            for (Listener listener : doomed) {
                balancer.listeners.remove(listener.id);
                estate.lifecycle("listener", listener.pool(), Happened.REMOVED);
                pools.removed(listener);
            }
        });
        return JsonNodeFactory.instance.objectNode();
    }
}
