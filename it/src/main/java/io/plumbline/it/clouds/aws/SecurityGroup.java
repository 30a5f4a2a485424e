package io.plumbline.it.clouds.aws;

import java.util.LinkedHashMap;
import java.util.Map;

/// A security group with its ingress rules by id. All egress is allowed.
final class SecurityGroup {
    final String id;
    final String name;
    final String description;
    final Map<String, String> tags = new LinkedHashMap<>();
    final Map<String, Rule> rules = new LinkedHashMap<>();

    SecurityGroup(String id, String name, String description) {
        this.id = id;
        this.name = name;
        this.description = description;
    }

    /// What a rule lets in: two rules of a group never let in the same.
    ///
    /// @param protocol `tcp`, `udp`, `icmp`, `icmpv6` or `-1` for all
    /// @param fromPort -1 where the protocol has none
    /// @param source a range, a security group or a prefix list
    record Opening(String protocol, int fromPort, int toPort, Kind kind, String source) {}

    /// What a source is.
    enum Kind {
        IPV4,
        IPV6,
        GROUP,
        PREFIX_LIST
    }

    /// An ingress rule.
    record Rule(String id, Opening opening, String description, Map<String, String> tags) {}
}
