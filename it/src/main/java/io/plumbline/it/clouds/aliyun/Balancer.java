package io.plumbline.it.clouds.aliyun;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A CLB. It carries one change of its configuration at a time.
final class Balancer {
    final String id;
    final String vip;
    final Placement placement;
    final Instant createdAt;
    final Map<String, String> tags = new LinkedHashMap<>();
    final Map<String, Group> groups = new LinkedHashMap<>();
    final Map<String, Listener> listeners = new LinkedHashMap<>();
    String name;
    boolean active = true;
    boolean deleteProtection;
    Optional<String> modificationProtectionReason = Optional.empty();
    Charge charge;
    Instant lockedUntil = Instant.MIN;

    /// Where it stands, for ever.
    ///
    /// @param addressType `internet` or `intranet`
    /// @param vSwitchId empty for an internet one
    /// @param address an intranet one's own address in its VSwitch, where one was asked for
    record Placement(
            String addressType,
            String vpcId,
            String vSwitchId,
            String masterZoneId,
            String slaveZoneId,
            String resourceGroupId,
            Optional<String> address) {}

    /// What it costs.
    ///
    /// @param instance `PayBySpec` or `PayByCLCU`
    /// @param spec empty with `PayByCLCU`
    /// @param internet `paybytraffic` or `paybybandwidth`
    record Charge(String instance, String spec, String internet, int bandwidthMbps) {}

    Balancer(String id, String vip, Placement placement, Charge charge, Instant createdAt) {
        this.id = id;
        this.name = id;
        this.vip = vip;
        this.placement = placement;
        this.charge = charge;
        this.createdAt = createdAt;
    }

    /// The address that the API tells.
    String address() {
        return placement.address().orElse(vip);
    }

    int backendCount() {
        return groups.values().stream().mapToInt(group -> group.backends.size()).sum();
    }

    /// The listeners that refer to a group.
    List<Listener> users(Group group) {
        return listeners.values().stream()
                .filter(listener -> listener.group.equals(Optional.of(group)))
                .toList();
    }

    /// The listeners on a port, one or, with UDP beside another, two.
    Stream<Listener> at(int port) {
        return listeners.values().stream().filter(listener -> listener.port == port);
    }
}
