package io.plumbline.it.clouds.aws;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A Network Load Balancer.
final class Balancer {
    final String arn;
    final String name;
    final String hostName;
    final String vip;
    final Settings settings;
    final Instant createdAt;
    final Map<String, String> tags = new LinkedHashMap<>();
    final Map<String, String> attributes = new LinkedHashMap<>();
    final Map<String, Listener> listeners = new LinkedHashMap<>();
    boolean active;
    List<Zone> zones;
    List<String> securityGroups;
    String ipAddressType;
    String enforceOnPrivateLink = "on";

    Balancer(String arn, String hostName, String vip, Settings settings, Instant createdAt) {
        this.arn = arn;
        this.name = settings.name();
        this.hostName = hostName;
        this.vip = vip;
        this.settings = settings;
        this.createdAt = createdAt;
        this.zones = settings.zones();
        this.securityGroups = settings.securityGroups();
        this.ipAddressType = settings.ipAddressType();
    }

    /// What it was created with: another creation by its name with the same is no error.
    record Settings(
            String name,
            String scheme,
            String ipAddressType,
            List<Zone> zones,
            List<String> securityGroups,
            Map<String, String> tags) {}

    /// A zone in which it stands, by its subnet.
    ///
    /// @param allocationId empty, or an Elastic IP address
    /// @param privateAddress empty, or a fixed private address
    record Zone(String subnetId, String zone, String allocationId, String privateAddress) {}

    /// What stands behind `loadbalancer/` in its ARN, for example `net/web/0000000000000001`.
    String path() {
        return arn.substring(arn.indexOf(":loadbalancer/") + ":loadbalancer/".length());
    }
}
