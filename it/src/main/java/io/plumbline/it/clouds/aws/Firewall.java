package io.plumbline.it.clouds.aws;

import io.plumbline.it.clouds.aws.SecurityGroup.Kind;
import io.plumbline.it.clouds.aws.SecurityGroup.Opening;
import java.util.Optional;

/// Whether the security group of nodes and Pods lets a balancer's health checks in. Looked at only where
/// [Limit#SECURITY_GROUPS_CHECKED] is 1.
final class Firewall {
    private final Estate estate;

    Firewall(Estate estate) {
        this.estate = estate;
    }

    /// Whether some balancer that uses the group reaches its targets at a TCP port.
    boolean letsIn(TargetGroup group, int port) {
        if (estate.limits.of(Limit.SECURITY_GROUPS_CHECKED) != 1) {
            return true;
        }
        return estate.listenersOf(group).stream()
                .map(listener -> listener.balancer)
                .anyMatch(balancer -> letsIn(balancer, port));
    }

    private boolean letsIn(Balancer balancer, int port) {
        return Optional.ofNullable(estate.securityGroups.get(Vpc.nodeGroup(estate))).stream()
                .flatMap(nodes -> nodes.rules.values().stream())
                .map(SecurityGroup.Rule::opening)
                .filter(opening -> opening.protocol().equals("-1")
                        || (opening.protocol().equals("tcp") && opening.fromPort() <= port && port <= opening.toPort()))
                .anyMatch(opening -> names(opening, balancer));
    }

    private boolean names(Opening opening, Balancer balancer) {
        boolean byGroup = opening.kind() == Kind.GROUP && balancer.securityGroups.contains(opening.source());
        boolean byRange = opening.kind() == Kind.IPV4
                && estate.account.subnets().stream()
                        .filter(subnet -> balancer.zones.stream()
                                .anyMatch(zone -> zone.subnetId().equals(subnet.id())))
                        .anyMatch(subnet -> Cidr.contains(
                                opening.source(),
                                subnet.cidr().substring(0, subnet.cidr().indexOf('/'))));
        return byGroup || byRange;
    }
}
