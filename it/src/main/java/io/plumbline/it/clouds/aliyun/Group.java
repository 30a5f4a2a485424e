package io.plumbline.it.clouds.aliyun;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// A VServer group: backend servers that listeners of one CLB refer to.
final class Group {
    final String id;
    final Balancer balancer;
    final Instant createdAt;
    final Map<String, String> tags = new LinkedHashMap<>();
    final Map<Backend.Server, Backend> backends = new LinkedHashMap<>();
    String name;

    Group(String id, Balancer balancer, String name, Instant createdAt) {
        this.id = id;
        this.balancer = balancer;
        this.name = name;
        this.createdAt = createdAt;
    }

    /// The group's own name in the change log.
    String pool() {
        return balancer.id + "/" + id;
    }
}
