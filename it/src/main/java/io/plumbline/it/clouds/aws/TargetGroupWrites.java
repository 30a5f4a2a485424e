package io.plumbline.it.clouds.aws;

import static io.plumbline.it.clouds.aws.Refusal.unless;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.ChangeLog.Happened;
import io.plumbline.it.clouds.aws.TargetGroup.Settings;
import java.util.List;
import java.util.Map;

/// The actions that create, change and delete target groups.
final class TargetGroupWrites {
    private static final List<String> PROTOCOLS = List.of("TCP", "TLS", "UDP", "TCP_UDP");

    private final Estate estate;
    private final Pools pools;

    TargetGroupWrites(Estate estate, Pools pools) {
        this.estate = estate;
        this.pools = pools;
    }

    ObjectNode create(ApiCall call) {
        call.supports(
                "Name",
                "Protocol",
                "Port",
                "VpcId",
                "TargetType",
                "IpAddressType",
                "Tags",
                "Matcher",
                "HealthCheckEnabled",
                "HealthCheckIntervalSeconds",
                "HealthCheckPath",
                "HealthCheckPort",
                "HealthCheckProtocol",
                "HealthCheckTimeoutSeconds",
                "HealthyThresholdCount",
                "UnhealthyThresholdCount");
        Settings settings = settings(call);
        HealthCheck check = HealthCheck.created(call.body());
        Map<String, String> tags = Tags.checked(call.pairs("Tags"));
        for (TargetGroup existing : estate.targetGroups.values()) {
            if (existing.name().equals(settings.name())) {
                unless(
                        existing.settings.equals(settings) && existing.healthCheck.equals(check),
                        "DuplicateTargetGroupName",
                        "A target group with the same name '" + settings.name()
                                + "' exists, but with different settings");
                return reply(existing);
            }
        }
        unless(
                estate.targetGroups.size() < estate.limits.of(Limit.TARGET_GROUPS),
                "TooManyTargetGroups",
                "The maximum number of target groups has been reached");
        return reply(add(settings, check, tags));
    }

    private Settings settings(ApiCall call) {
        String protocol = call.text("Protocol");
        unless(
                PROTOCOLS.contains(protocol),
                "ValidationError",
                "The simulation supports target groups of the protocols " + PROTOCOLS + " only");
        unless(call.has("Port"), "ValidationError", "A port must be specified");
        unless(call.has("VpcId"), "ValidationError", "A VPC ID must be specified");
        unless(
                call.text("VpcId").equals(estate.account.vpcId()),
                "ValidationError",
                "The VPC ID '" + call.text("VpcId") + "' is not found");
        String type = call.text("TargetType", "instance");
        unless(
                type.equals("instance") || type.equals("ip"),
                "ValidationError",
                "The simulation supports targets of type 'instance' and 'ip' only");
        return new Settings(
                name(call),
                protocol,
                call.body().path("Port").intValue(),
                call.text("VpcId"),
                type,
                call.text("IpAddressType", "ipv4"));
    }

    private static String name(ApiCall call) {
        String name = call.text("Name");
        unless(
                name.length() <= 32,
                "ValidationError",
                "Target group name '" + name + "' cannot be longer than '32' characters");
        unless(
                name.matches("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"),
                "ValidationError",
                "Target group name '" + name
                        + "' can only contain characters that are alphanumeric characters or hyphens(-), and cannot begin"
                        + " or end with a hyphen");
        return name;
    }

    private TargetGroup add(Settings settings, HealthCheck check, Map<String, String> tags) {
        String hash = estate.newHash("target group");
        TargetGroup group = new TargetGroup(
                estate.account.arn("elasticloadbalancing", "targetgroup/" + settings.name() + "/" + hash),
                settings,
                check);
        group.tags.putAll(tags);
        group.attributes.putAll(Attribute.initial(Attribute.OF_TARGET_GROUPS));
        boolean datagrams = settings.protocol().contains("UDP");
        group.attributes.put("deregistration_delay.connection_termination.enabled", Boolean.toString(datagrams));
        group.attributes.put("preserve_client_ip.enabled", Boolean.toString(datagrams || !group.ofAddresses()));
        estate.targetGroups.put(group.arn, group);
        estate.lifecycle("target-group", group.arn, Happened.ADDED);
        return group;
    }

    private ObjectNode reply(TargetGroup group) {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        reply.putArray("TargetGroups").add(BalancerText.of(group, estate));
        return reply;
    }

    ObjectNode modify(ApiCall call) {
        call.supports(
                "TargetGroupArn",
                "Matcher",
                "HealthCheckEnabled",
                "HealthCheckIntervalSeconds",
                "HealthCheckPath",
                "HealthCheckPort",
                "HealthCheckProtocol",
                "HealthCheckTimeoutSeconds",
                "HealthyThresholdCount",
                "UnhealthyThresholdCount");
        TargetGroup group = estate.targetGroup(call.text("TargetGroupArn"));
        group.healthCheck = group.healthCheck.changed(call.body());
        changed(group);
        return reply(group);
    }

    ObjectNode modifyAttributes(ApiCall call) {
        TargetGroup group = estate.targetGroup(call.text("TargetGroupArn"));
        Map<String, String> wanted = call.pairs("Attributes");
        Attribute.check(Attribute.OF_TARGET_GROUPS, wanted, "Target group");
        unless(
                !("false".equals(wanted.get("preserve_client_ip.enabled"))
                        && group.settings.protocol().contains("UDP")),
                "InvalidConfigurationRequest",
                "Client IP preservation cannot be disabled for target groups with protocol '"
                        + group.settings.protocol() + "'");
        group.attributes.putAll(wanted);
        changed(group);
        return BalancerText.attributes(group.attributes);
    }

    private void changed(TargetGroup group) {
        estate.lifecycle("target-group", group.arn, Happened.CHANGED);
        pools.changed(group);
    }

    /// Deleting what is absent succeeds.
    ObjectNode delete(ApiCall call) {
        String arn = call.text("TargetGroupArn");
        unless(
                arn.matches("arn:aws[\\w-]*:elasticloadbalancing:.*:targetgroup/.*"),
                "ValidationError",
                "'" + arn + "' is not a valid target group ARN");
        TargetGroup group = estate.targetGroups.get(arn);
        if (group != null) {
            unless(
                    estate.listenersOf(group).isEmpty(),
                    "ResourceInUse",
                    "Target group '" + arn + "' is currently in use by a listener or a rule");
            estate.targetGroups.remove(arn);
            estate.lifecycle("target-group", arn, Happened.REMOVED);
        }
        return JsonNodeFactory.instance.objectNode();
    }
}
