package io.plumbline.it.clouds.tencent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// A listener of a load balancer, with its targets by name.
final class Listener {
    final String id;
    final String balancerId;
    final String vip;
    final String protocol;
    final int port;
    final Instant createdAt;
    final Map<String, Target> targets = new LinkedHashMap<>();
    String name;
    String scheduler = "WRR";
    int sessionExpireSeconds;
    int idleConnectSeconds = 900;
    boolean resetAtDeregistration;
    ObjectNode healthCheck;

    Listener(String id, Balancer balancer, String protocol, int port, Instant createdAt) {
        this.id = id;
        this.balancerId = balancer.id;
        this.vip = balancer.vip;
        this.protocol = protocol;
        this.port = port;
        this.createdAt = createdAt;
        this.name = id;
        this.healthCheck = HealthSettings.initial(protocol);
    }

    /// The pool's name in the change log and in the data plane.
    String pool() {
        return balancerId + "/" + id;
    }
}
