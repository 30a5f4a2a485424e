package io.plumbline.it.clouds.tencent;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A load balancer. It carries one write task at a time.
final class Balancer {
    final String id;
    final String type;
    final String vip;
    final String vpcId;
    final String subnetId;
    final Instant createdAt;
    final Map<String, String> tags = new LinkedHashMap<>();
    final Map<String, Listener> listeners = new LinkedHashMap<>();
    String name;
    boolean running;
    boolean passToTarget;
    boolean snatPro;
    boolean deleteProtect;
    List<String> securityGroups = List.of();
    Optional<Internet> internet = Optional.empty();
    Optional<String> runningTask = Optional.empty();
    Instant lockedUntil = Instant.MIN;

    Balancer(String id, String type, String vip, Subnet subnet, Instant createdAt) {
        this.id = id;
        this.name = id;
        this.type = type;
        this.vip = vip;
        this.vpcId = subnet.vpcId();
        this.subnetId = subnet.id();
        this.createdAt = createdAt;
    }

    /// Where an internal balancer stands; the id is empty for a public one.
    record Subnet(String vpcId, String id) {}

    /// What a public balancer pays for.
    record Internet(String chargeType, int maxBandwidthOutMbps) {}

    int targetCount() {
        return listeners.values().stream()
                .mapToInt(listener -> listener.targets.size())
                .sum();
    }
}
