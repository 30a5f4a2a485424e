package io.plumbline.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/// What a security group lets in, rule by rule. Pure.
final class SecurityRules {
    private SecurityRules() {}

    /// Sorted.
    static List<SecurityRule> of(SecurityGroup group) {
        List<SecurityRule> rules = new ArrayList<>();
        for (IpPermission shown : group.ipPermissions()) {
            shown.ipRanges().forEach(range -> rules.add(rule(shown, range.cidrIp())));
            shown.ipv6Ranges().forEach(range -> rules.add(rule(shown, range.cidrIpv6())));
            shown.prefixListIds().forEach(list -> rules.add(rule(shown, list.prefixListId())));
            shown.userIdGroupPairs().forEach(pair -> rules.add(rule(shown, pair.groupId())));
        }
        return rules.stream().sorted().distinct().toList();
    }

    private static SecurityRule rule(IpPermission shown, String source) {
        return new SecurityRule(
                shown.ipProtocol(),
                Optional.ofNullable(shown.fromPort()).orElse(-1),
                Optional.ofNullable(shown.toPort()).orElse(-1),
                source);
    }

    /// Whether a rule lets this one in already.
    static boolean covers(SecurityRule there, SecurityRule wanted) {
        boolean protocol = there.protocol().equals("-1") || there.protocol().equals(wanted.protocol());
        boolean ports = there.protocol().equals("-1")
                || there.from() == -1
                || (there.from() <= wanted.from() && wanted.to() <= there.to());
        return protocol && ports && there.source().equals(wanted.source());
    }
}
