package io.plumbline.it.clouds.aliyun;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.Agenda;
import io.plumbline.it.clouds.ChangeLog;
import io.plumbline.it.clouds.DataPlane;
import io.plumbline.it.clouds.Limits;
import io.plumbline.it.clouds.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Everything that exists in the account. The lock of [SimulatedAliyun] guards it.
final class Estate {
    final AliyunAccount account;
    final Network network;
    final Agenda agenda;
    final DataPlane dataPlane;
    final ChangeLog log = new ChangeLog();
    final Limits<Limit> limits = new Limits<>(Limit.class);
    final Map<String, Balancer> balancers = new LinkedHashMap<>();
    final Map<String, AccessList> accessLists = new LinkedHashMap<>();
    final Map<String, Certificate> certificates = new LinkedHashMap<>();
    /// Elastic addresses by the id of the balancer that they are bound to.
    final Map<String, String> elasticAddresses = new LinkedHashMap<>();

    final Map<String, Order> orders = new LinkedHashMap<>();
    private final Map<String, Long> counters = new LinkedHashMap<>();

    Estate(AliyunAccount account, Network network, Agenda agenda, DataPlane dataPlane) {
        this.account = account;
        this.network = network;
        this.agenda = agenda;
        this.dataPlane = dataPlane;
    }

    /// What a ClientToken once ordered.
    record Order(String parameters, ObjectNode reply) {}

    long count(String what) {
        return counters.merge(what, 1L, Long::sum);
    }

    String newId(String prefix) {
        return prefix + "-" + String.format(Locale.ROOT, "%08x", count(prefix));
    }

    Balancer balancer(String id) {
        Balancer balancer = balancers.get(id);
        if (balancer == null) {
            throw new Refusal("InvalidLoadBalancerId.NotFound", "The specified LoadBalancerId does not exist.");
        }
        return balancer;
    }

    Optional<Group> findGroup(String id) {
        return balancers.values().stream()
                .flatMap(balancer -> balancer.groups.values().stream())
                .filter(group -> group.id.equals(id))
                .findFirst();
    }

    /// The real API names no code of its own for an unknown group; its clients look at the message.
    Group group(String id) {
        return findGroup(id)
                .orElseThrow(() -> new Refusal("InvalidParameter", "The specified VServerGroupId does not exist."));
    }

    /// The one listener that a request means by port and, where two are on it, protocol.
    Listener listener(Balancer balancer, ApiCall call) {
        Optional<Protocol> protocol = call.optionalText("ListenerProtocol")
                .map(name -> Protocol.of(name)
                        .orElseThrow(() -> new Refusal(
                                "IllegalParam.ListenerProtocol", "The param of ListenerProtocol is illegal.")));
        return listener(balancer, call.number("ListenerPort"), protocol);
    }

    /// The real API names no code of its own for an unknown listener; its clients look at the message.
    Listener listener(Balancer balancer, int port, Optional<Protocol> protocol) {
        List<Listener> found = balancer.at(port)
                .filter(listener -> protocol.isEmpty() || protocol.get() == listener.protocol)
                .toList();
        Refusal.unless(!found.isEmpty(), "InvalidParameter", "The specified resource does not exist.");
        Refusal.unless(
                found.size() == 1,
                "MissingParam.ListenerProtocol",
                "The param of ListenerProtocol is required: two listeners use the port.");
        return found.getFirst();
    }

    void lifecycle(String what, String id, ChangeLog.Happened happened) {
        log.add(new ChangeLog.Lifecycle(agenda.now(), what, id, happened));
    }

    void membership(Group group, Backend backend, ChangeLog.Happened happened) {
        membership(group.pool(), backend, happened);
        group.balancer.users(group).forEach(listener -> membership(listener.pool(), backend, happened));
    }

    void membership(String pool, Backend backend, ChangeLog.Happened happened) {
        log.add(new ChangeLog.Membership(agenda.now(), pool, backend.server.name(), happened, backend.weight));
    }

    /// Refuses a change of a balancer's configuration while the one before is still being made.
    ///
    /// Source: `BackendServer.configuring`, "A previous configuration of the load balancer is pending; please try
    /// again later."
    void requireIdle(Balancer balancer, String code) {
        Refusal.unless(
                !agenda.now().isBefore(balancer.lockedUntil),
                code,
                "A previous configuration of the load balancer is pending; please try again later.");
    }

    /// A change of a balancer's configuration was accepted.
    void configuring(Balancer balancer) {
        balancer.lockedUntil = agenda.now().plus(limits.durationOf(Limit.CONFIGURING_MILLIS));
    }
}
