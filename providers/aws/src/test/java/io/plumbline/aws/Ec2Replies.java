package io.plumbline.aws;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Answers of EC2 as its query protocol writes them.
final class Ec2Replies {
    private Ec2Replies() {}

    static String list(String action, String list, String... items) {
        return "<" + action + "Response><" + list + ">"
                + Stream.of(items).map(item -> "<item>" + item + "</item>").collect(Collectors.joining())
                + "</" + list + "></" + action + "Response>";
    }

    static String refusal(String code) {
        return "<Response><Errors><Error><Code>" + code + "</Code><Message>no</Message></Error></Errors>"
                + "<RequestID>r-1</RequestID></Response>";
    }

    static String subnet(String id, String zone, String cidr, String... tags) {
        return "<subnetId>" + id + "</subnetId><availabilityZone>" + zone + "</availabilityZone><cidrBlock>" + cidr
                + "</cidrBlock><ipv6CidrBlockAssociationSet><item><ipv6CidrBlock>2001:db8:0:" + id.substring(7)
                + "::/64</ipv6CidrBlock></item></ipv6CidrBlockAssociationSet>" + tags(tags);
    }

    /// @param tags `key=value`
    static String tags(String... tags) {
        return "<tagSet>"
                + Stream.of(tags)
                        .map(tag -> tag.split("=", 2))
                        .map(tag -> "<item><key>" + tag[0] + "</key><value>" + tag[1] + "</value></item>")
                        .collect(Collectors.joining())
                + "</tagSet>";
    }

    static String routes(String gateway, String association) {
        return "<associationSet><item>" + association + "</item></associationSet><routeSet><item><gatewayId>" + gateway
                + "</gatewayId></item></routeSet>";
    }

    /// @param permissions as [#permission] writes them
    static String group(String id, String tags, String... permissions) {
        return "<groupId>" + id + "</groupId><groupName>of-" + id + "</groupName>" + tags + "<ipPermissions>"
                + Stream.of(permissions).collect(Collectors.joining()) + "</ipPermissions>";
    }

    static String permission(String protocol, int from, int to, String source) {
        return "<item><ipProtocol>" + protocol + "</ipProtocol><fromPort>" + from + "</fromPort><toPort>" + to
                + "</toPort><groups><item><groupId>" + source + "</groupId></item></groups></item>";
    }

    /// @param addresses of IPv4 or IPv6
    static String networkInterface(String group, String... addresses) {
        return "<networkInterfaceId>eni-1</networkInterfaceId><groupSet><item><groupId>" + group
                + "</groupId></item></groupSet>" + set("privateIpAddressesSet", "privateIpAddress", false, addresses)
                + set("ipv6AddressesSet", "ipv6Address", true, addresses);
    }

    private static String set(String set, String name, boolean ipv6, String... addresses) {
        return "<" + set + ">"
                + Stream.of(addresses)
                        .filter(address -> Cidr.isIpv6(address) == ipv6)
                        .map(address -> "<item><" + name + ">" + address + "</" + name + "></item>")
                        .collect(Collectors.joining())
                + "</" + set + ">";
    }
}
