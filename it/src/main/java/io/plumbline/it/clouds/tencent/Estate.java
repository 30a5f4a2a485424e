package io.plumbline.it.clouds.tencent;

import io.plumbline.it.clouds.Agenda;
import io.plumbline.it.clouds.ChangeLog;
import io.plumbline.it.clouds.DataPlane;
import io.plumbline.it.clouds.Limits;
import io.plumbline.it.clouds.Network;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Everything that exists in the account. The lock of [SimulatedTencent] guards it.
final class Estate {
    final TencentAccount account;
    final KeyRing keys;
    final Network network;
    final Agenda agenda;
    final DataPlane dataPlane;
    final ChangeLog log = new ChangeLog();
    final Limits<Limit> limits = new Limits<>(Limit.class);
    final Map<String, Balancer> balancers = new LinkedHashMap<>();
    final Map<String, CreationOrder> orders = new LinkedHashMap<>();
    final Deque<Instant> deletions = new ArrayDeque<>();
    private final Map<String, Long> counters = new LinkedHashMap<>();

    Estate(TencentAccount account, Network network, Agenda agenda, DataPlane dataPlane) {
        this.account = account;
        this.keys = new KeyRing(account);
        this.network = network;
        this.agenda = agenda;
        this.dataPlane = dataPlane;
    }

    /// What a ClientToken once ordered.
    record CreationOrder(String parameters, String dealName, List<String> balancerIds) {}

    long count(String what) {
        return counters.merge(what, 1L, Long::sum);
    }

    String newId(String prefix) {
        return prefix + "-" + String.format("%08x", count(prefix));
    }

    Balancer balancer(String id) {
        Balancer balancer = balancers.get(id);
        if (balancer == null) {
            throw new Refusal("InvalidParameter.LBIdNotFound", "LoadBalancerId " + id + " not found");
        }
        return balancer;
    }

    Listener listener(Balancer balancer, String id) {
        Listener listener = balancer.listeners.get(id);
        if (listener == null) {
            throw new Refusal(
                    "InvalidParameter.ListenerIdNotFound", "ListenerId " + id + " not found in " + balancer.id);
        }
        return listener;
    }

    void lifecycle(String what, String id, ChangeLog.Happened happened) {
        log.add(new ChangeLog.Lifecycle(agenda.now(), what, id, happened));
    }
}
