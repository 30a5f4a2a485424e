package io.plumbline.it.clouds.aws;

import java.util.LinkedHashMap;
import java.util.Map;

/// A target group, with its registrations by name and those that are leaving.
final class TargetGroup {
    final String arn;
    final Settings settings;
    final Map<String, String> tags = new LinkedHashMap<>();
    final Map<String, String> attributes = new LinkedHashMap<>();
    final Map<String, Target> targets = new LinkedHashMap<>();
    /// What is deregistered and still in its deregistration delay, by registration.
    final Map<Long, Target> draining = new LinkedHashMap<>();
    HealthCheck healthCheck;

    TargetGroup(String arn, Settings settings, HealthCheck healthCheck) {
        this.arn = arn;
        this.settings = settings;
        this.healthCheck = healthCheck;
    }

    /// What can never be changed.
    record Settings(String name, String protocol, int port, String vpcId, String targetType, String ipAddressType) {}

    String name() {
        return settings.name();
    }

    boolean ofAddresses() {
        return settings.targetType().equals("ip");
    }

    boolean ofIpv6() {
        return settings.ipAddressType().equals("ipv6");
    }

    /// The value of an attribute, which every group has.
    String attribute(String key) {
        return attributes.getOrDefault(key, "");
    }
}
