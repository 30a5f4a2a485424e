package io.plumbline.it.clouds.aws;

import static io.plumbline.it.clouds.aws.Refusal.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.aws.SecurityGroup.Kind;
import io.plumbline.it.clouds.aws.SecurityGroup.Opening;
import io.plumbline.it.clouds.aws.SecurityGroup.Rule;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What requests say of rules, and rules as replies show them.
final class Permissions {
    private static final Map<String, String> NUMBERS = Map.of("6", "tcp", "17", "udp", "1", "icmp", "58", "icmpv6");

    private final Estate estate;

    Permissions(Estate estate) {
        this.estate = estate;
    }

    /// The openings of a request with their descriptions, in its order.
    Map<Opening, String> read(ApiCall call) {
        Map<Opening, String> openings = new LinkedHashMap<>();
        if (call.has("IpProtocol")) {
            JsonNode body = call.body();
            put(openings, body, Kind.IPV4, call.text("CidrIp"), "");
        }
        for (JsonNode permission : call.body().path("IpPermissions")) {
            int before = openings.size();
            sources(permission, "IpRanges", "CidrIp", Kind.IPV4, openings);
            sources(permission, "Ipv6Ranges", "CidrIpv6", Kind.IPV6, openings);
            sources(permission, "UserIdGroupPairs", "GroupId", Kind.GROUP, openings);
            sources(permission, "PrefixListIds", "PrefixListId", Kind.PREFIX_LIST, openings);
            unless(openings.size() > before, "InvalidParameterValue", "A permission must name at least one source");
        }
        unless(!openings.isEmpty(), "MissingParameter", "The request must contain the parameter ipPermissions");
        return openings;
    }

    private void sources(JsonNode permission, String list, String field, Kind kind, Map<Opening, String> openings) {
        for (JsonNode source : permission.path(list)) {
            put(
                    openings,
                    permission,
                    kind,
                    source.path(field).asText(""),
                    source.path("Description").asText(""));
        }
    }

    private void put(Map<Opening, String> openings, JsonNode permission, Kind kind, String source, String text) {
        Opening opening = opening(permission, kind, source);
        unless(
                openings.put(opening, text) == null,
                "InvalidParameterValue",
                "The same permission must not appear multiple times");
    }

    /// One rule of ModifySecurityGroupRules.
    Opening read(JsonNode rule) {
        if (rule.has("CidrIpv4")) {
            return opening(rule, Kind.IPV4, rule.path("CidrIpv4").asText());
        }
        if (rule.has("CidrIpv6")) {
            return opening(rule, Kind.IPV6, rule.path("CidrIpv6").asText());
        }
        return rule.has("ReferencedGroupId")
                ? opening(rule, Kind.GROUP, rule.path("ReferencedGroupId").asText())
                : opening(rule, Kind.PREFIX_LIST, rule.path("PrefixListId").asText(""));
    }

    private Opening opening(JsonNode permission, Kind kind, String source) {
        String named = permission.path("IpProtocol").asText("").toLowerCase(Locale.ROOT);
        String protocol = NUMBERS.getOrDefault(named, named);
        unless(
                protocol.equals("-1") || NUMBERS.containsValue(protocol),
                "InvalidParameterValue",
                "Invalid value '" + named + "' for IP protocol");
        boolean ports = protocol.equals("tcp") || protocol.equals("udp");
        int from = permission.path("FromPort").asInt(-1);
        int to = permission.path("ToPort").asInt(-1);
        unless(
                !ports || (from >= 0 && from <= to && to <= 65535),
                "InvalidParameterValue",
                "Invalid port range " + from + " to " + to + " for IP protocol " + protocol);
        check(kind, source);
        return new Opening(protocol, protocol.equals("-1") ? -1 : from, protocol.equals("-1") ? -1 : to, kind, source);
    }

    private void check(Kind kind, String source) {
        switch (kind) {
            case IPV4 ->
                unless(Cidr.isRange(source), "InvalidParameterValue", "CIDR block " + source + " is malformed");
            case IPV6 ->
                unless(
                        source.matches("[0-9a-f:]*:[0-9a-f:]*/(12[0-8]|1[01]\\d|\\d{1,2})"),
                        "InvalidParameterValue",
                        "CIDR block " + source + " is malformed");
            case GROUP ->
                unless(
                        estate.securityGroups.containsKey(source),
                        "InvalidGroup.NotFound",
                        "The security group '" + source + "' does not exist");
            case PREFIX_LIST ->
                unless(
                        source.equals(Vpc.PREFIX_LIST),
                        "InvalidPrefixListID.NotFound",
                        "The prefix list ID '" + source + "' does not exist");
        }
    }

    /// Rules as DescribeSecurityGroups shows them: those of the same ports together.
    ArrayNode grouped(Collection<Rule> rules) {
        Map<String, ObjectNode> permissions = new LinkedHashMap<>();
        for (Rule rule : rules) {
            Opening opening = rule.opening();
            ObjectNode permission = permissions.computeIfAbsent(
                    opening.protocol() + " " + opening.fromPort() + " " + opening.toPort(), any -> empty(opening));
            switch (opening.kind()) {
                case IPV4 -> source(permission, "IpRanges", "CidrIp", rule);
                case IPV6 -> source(permission, "Ipv6Ranges", "CidrIpv6", rule);
                case GROUP ->
                    source(permission, "UserIdGroupPairs", "GroupId", rule).put("UserId", estate.account.accountId());
                case PREFIX_LIST -> source(permission, "PrefixListIds", "PrefixListId", rule);
            }
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        permissions.values().forEach(list::add);
        return list;
    }

    private static ObjectNode empty(Opening opening) {
        ObjectNode permission = JsonNodeFactory.instance.objectNode().put("IpProtocol", opening.protocol());
        ports(permission, opening);
        permission.putArray("IpRanges");
        permission.putArray("Ipv6Ranges");
        permission.putArray("UserIdGroupPairs");
        permission.putArray("PrefixListIds");
        return permission;
    }

    private static void ports(ObjectNode text, Opening opening) {
        if (!opening.protocol().equals("-1")) {
            text.put("FromPort", opening.fromPort()).put("ToPort", opening.toPort());
        }
    }

    private static ObjectNode source(ObjectNode permission, String list, String field, Rule rule) {
        ObjectNode source =
                permission.withArray(list).addObject().put(field, rule.opening().source());
        if (!rule.description().isEmpty()) {
            source.put("Description", rule.description());
        }
        return source;
    }

    /// A rule as DescribeSecurityGroupRules shows it.
    ObjectNode text(SecurityGroup group, Rule rule) {
        Opening opening = rule.opening();
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("SecurityGroupRuleId", rule.id())
                .put("GroupId", group.id)
                .put("GroupOwnerId", estate.account.accountId())
                .put("IsEgress", false)
                .put("IpProtocol", opening.protocol())
                .put("FromPort", opening.fromPort())
                .put("ToPort", opening.toPort());
        switch (opening.kind()) {
            case IPV4 -> text.put("CidrIpv4", opening.source());
            case IPV6 -> text.put("CidrIpv6", opening.source());
            case GROUP ->
                text.putObject("ReferencedGroupInfo")
                        .put("GroupId", opening.source())
                        .put("UserId", estate.account.accountId());
            case PREFIX_LIST -> text.put("PrefixListId", opening.source());
        }
        if (!rule.description().isEmpty()) {
            text.put("Description", rule.description());
        }
        text.set("Tags", Tags.text(rule.tags()));
        return text;
    }
}
