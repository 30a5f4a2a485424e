package io.plumbline.it.clouds.aws;

import static io.plumbline.it.clouds.aws.Refusal.unless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.ChangeLog.Happened;
import io.plumbline.it.clouds.aws.SecurityGroup.Kind;
import io.plumbline.it.clouds.aws.SecurityGroup.Opening;
import io.plumbline.it.clouds.aws.SecurityGroup.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The EC2 actions about security groups and their ingress rules.
final class SecurityGroups {
    private final Estate estate;
    private final Permissions permissions;

    SecurityGroups(Estate estate) {
        this.estate = estate;
        this.permissions = new Permissions(estate);
        for (String id : estate.account.securityGroupIds()) {
            String name = estate.securityGroups.isEmpty() ? "default" : "nodes";
            estate.securityGroups.put(id, new SecurityGroup(id, name, name + " of the simulated VPC"));
        }
    }

    ObjectNode create(ApiCall call) {
        String name = call.text("GroupName");
        unless(call.has("VpcId"), "MissingParameter", "The request must contain the parameter VpcId");
        unless(
                call.text("VpcId").equals(estate.account.vpcId()),
                "InvalidVpcID.NotFound",
                "The vpc ID '" + call.text("VpcId") + "' does not exist");
        unless(
                name.matches("[A-Za-z0-9 ._:/()#,@\\[\\]+=&;{}!$*-]{1,255}") && !name.startsWith("sg-"),
                "InvalidParameterValue",
                "Invalid value '" + name + "' for groupName");
        unless(
                call.text("Description").matches("[A-Za-z0-9 ._:/()#,@\\[\\]+=&;{}!$*-]{1,255}"),
                "InvalidParameterValue",
                "Invalid value '" + call.text("Description") + "' for groupDescription");
        unless(
                estate.securityGroups.values().stream().noneMatch(group -> group.name.equals(name)),
                "InvalidGroup.Duplicate",
                "The security group '" + name + "' already exists for VPC '" + estate.account.vpcId() + "'");
        unless(
                estate.securityGroups.size() < estate.limits.of(Limit.SECURITY_GROUPS),
                "SecurityGroupLimitExceeded",
                "You've reached the limit on the number of security groups that you can create");
        SecurityGroup group = new SecurityGroup(estate.newId("sg"), name, call.text("Description"));
        group.tags.putAll(specified(call, "security-group"));
        estate.securityGroups.put(group.id, group);
        estate.lifecycle("security-group", group.id, Happened.ADDED);
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        reply.put("GroupId", group.id).put("SecurityGroupArn", estate.account.arn("ec2", "security-group/" + group.id));
        reply.set("Tags", Tags.text(group.tags));
        return reply;
    }

    private static Map<String, String> specified(ApiCall call, String type) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (JsonNode specification : call.body().path("TagSpecifications")) {
            unless(
                    specification.path("ResourceType").asText().equals(type),
                    "InvalidParameterValue",
                    "'" + specification.path("ResourceType").asText()
                            + "' is not a valid taggable resource type for this operation");
            tags.putAll(ApiCall.pairs(specification.path("Tags")));
        }
        unless(tags.size() <= 50, "TagLimitExceeded", "The maximum number of tags is 50");
        return tags;
    }

    private SecurityGroup group(ApiCall call) {
        unless(call.has("GroupId"), "MissingParameter", "The request must contain the parameter groupId");
        return group(call.text("GroupId"));
    }

    private SecurityGroup group(String id) {
        return Optional.ofNullable(estate.securityGroups.get(id))
                .orElseThrow(
                        () -> new Refusal("InvalidGroup.NotFound", "The security group '" + id + "' does not exist"));
    }

    ObjectNode delete(ApiCall call) {
        SecurityGroup group = group(call);
        unless(
                !group.name.equals("default"),
                "InvalidGroup.Reserved",
                "The security group '" + group.id + "' is the default one and cannot be deleted");
        boolean onBalancer =
                estate.balancers.values().stream().anyMatch(balancer -> balancer.securityGroups.contains(group.id));
        boolean onInterfaces = group.id.equals(Vpc.nodeGroup(estate));
        boolean referenced = estate.securityGroups.values().stream()
                .filter(other -> other != group)
                .flatMap(other -> other.rules.values().stream())
                .anyMatch(rule -> rule.opening().kind() == Kind.GROUP
                        && rule.opening().source().equals(group.id));
        unless(
                !onBalancer && !onInterfaces && !referenced,
                "DependencyViolation",
                "resource " + group.id + " has a dependent object");
        estate.securityGroups.remove(group.id);
        estate.lifecycle("security-group", group.id, Happened.REMOVED);
        return JsonNodeFactory.instance.objectNode().put("Return", true).put("GroupId", group.id);
    }

    ObjectNode authorize(ApiCall call) {
        SecurityGroup group = group(call);
        Map<Opening, String> wanted = permissions.read(call);
        Map<String, String> tags = specified(call, "security-group-rule");
        wanted.keySet()
                .forEach(opening -> unless(
                        find(group, opening).isEmpty(),
                        "InvalidPermission.Duplicate",
                        "the specified rule \"peer: " + opening.source() + ", " + opening.protocol() + ", from port: "
                                + opening.fromPort() + ", to port: " + opening.toPort() + ", ALLOW\" already exists"));
        requireRoom(group, wanted.size());
        ObjectNode reply = JsonNodeFactory.instance.objectNode().put("Return", true);
        ArrayNode list = reply.putArray("SecurityGroupRules");
        wanted.forEach((opening, description) -> {
            Rule rule = new Rule(estate.newId("sgr"), opening, description, new LinkedHashMap<>(tags));
            group.rules.put(rule.id(), rule);
            list.add(permissions.text(group, rule));
        });
        estate.lifecycle("security-group", group.id, Happened.CHANGED);
        return reply;
    }

    private void requireRoom(SecurityGroup group, int more) {
        unless(
                group.rules.size() + more <= estate.limits.of(Limit.RULES_PER_SECURITY_GROUP),
                "RulesPerSecurityGroupLimitExceeded",
                "The maximum number of rules per security group has been reached.");
    }

    private static Optional<Rule> find(SecurityGroup group, Opening opening) {
        return group.rules.values().stream()
                .filter(rule -> rule.opening().equals(opening))
                .findFirst();
    }

    /// Nothing is revoked where one of the rules does not exist.
    ObjectNode revoke(ApiCall call) {
        SecurityGroup group = group(call);
        List<Rule> leaving = new ArrayList<>();
        for (String id : call.texts("SecurityGroupRuleIds")) {
            leaving.add(rule(group, id));
        }
        if (leaving.isEmpty()) {
            permissions
                    .read(call)
                    .keySet()
                    .forEach(opening -> leaving.add(find(group, opening)
                            .orElseThrow(() -> new Refusal(
                                    "InvalidPermission.NotFound",
                                    "The specified rule does not exist in this security group."))));
        }
        leaving.forEach(rule -> group.rules.remove(rule.id()));
        estate.lifecycle("security-group", group.id, Happened.CHANGED);
        return JsonNodeFactory.instance.objectNode().put("Return", true);
    }

    private static Rule rule(SecurityGroup group, String id) {
        return Optional.ofNullable(group.rules.get(id))
                .orElseThrow(() -> new Refusal(
                        "InvalidSecurityGroupRuleId.NotFound",
                        "The security group rule ID '" + id + "' does not exist"));
    }

    ObjectNode modifyRules(ApiCall call) {
        SecurityGroup group = group(call);
        Map<String, Rule> after = new LinkedHashMap<>(group.rules);
        for (JsonNode update : call.body().path("SecurityGroupRules")) {
            JsonNode wanted = update.path("SecurityGroupRule");
            Rule before = rule(group, update.path("SecurityGroupRuleId").asText());
            Opening opening = permissions.read(wanted);
            unless(
                    opening.kind() == before.opening().kind(),
                    "InvalidParameterValue",
                    "The kind of source of a rule cannot be changed");
            after.put(
                    before.id(),
                    new Rule(before.id(), opening, wanted.path("Description").asText(""), before.tags()));
        }
        unless(
                after.values().stream().map(Rule::opening).distinct().count() == after.size(),
                "InvalidPermission.Duplicate",
                "the specified rule already exists");
        group.rules.putAll(after);
        estate.lifecycle("security-group", group.id, Happened.CHANGED);
        return JsonNodeFactory.instance.objectNode().put("Return", true);
    }

    ObjectNode describe(ApiCall call) {
        return Thing.describe(
                call,
                new Thing.Names("GroupIds", "InvalidGroup.NotFound", "SecurityGroups"),
                estate.securityGroups.values().stream().map(this::thing).toList());
    }

    private Thing thing(SecurityGroup group) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("GroupId", group.id)
                .put("GroupName", group.name)
                .put("Description", group.description)
                .put("OwnerId", estate.account.accountId())
                .put("VpcId", estate.account.vpcId())
                .put("SecurityGroupArn", estate.account.arn("ec2", "security-group/" + group.id));
        text.set("IpPermissions", permissions.grouped(group.rules.values()));
        text.putArray("IpPermissionsEgress")
                .addObject()
                .put("IpProtocol", "-1")
                .putArray("IpRanges")
                .addObject()
                .put("CidrIp", "0.0.0.0/0");
        text.set("Tags", Tags.text(group.tags));
        Map<String, List<String>> facts = Thing.facts(
                "group-id", group.id,
                "group-name", group.name,
                "description", group.description,
                "vpc-id", estate.account.vpcId(),
                "owner-id", estate.account.accountId());
        facts.put("ip-permission.group-id", groupsLetIn(group));
        return new Thing(group.id, facts, group.tags, text);
    }

    private static List<String> groupsLetIn(SecurityGroup group) {
        return group.rules.values().stream()
                .map(Rule::opening)
                .filter(opening -> opening.kind() == Kind.GROUP)
                .map(Opening::source)
                .distinct()
                .toList();
    }

    ObjectNode describeRules(ApiCall call) {
        List<Thing> all = new ArrayList<>();
        for (SecurityGroup group : estate.securityGroups.values()) {
            for (Rule rule : group.rules.values()) {
                all.add(new Thing(
                        rule.id(),
                        Thing.facts("group-id", group.id, "security-group-rule-id", rule.id()),
                        rule.tags(),
                        permissions.text(group, rule)));
            }
        }
        return Thing.describe(
                call,
                new Thing.Names("SecurityGroupRuleIds", "InvalidSecurityGroupRuleId.NotFound", "SecurityGroupRules"),
                all);
    }
}
