package io.plumbline.it.clouds.aws;

import static io.plumbline.it.clouds.aws.Refusal.unless;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.ChangeLog.Happened;
import io.plumbline.it.clouds.aws.Balancer.Settings;
import io.plumbline.it.clouds.aws.Balancer.Zone;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The actions that create, change and delete load balancers.
final class BalancerWrites {
    private final Estate estate;
    private final Pools pools;
    private final Zones zones;

    BalancerWrites(Estate estate, Pools pools) {
        this.estate = estate;
        this.pools = pools;
        this.zones = new Zones(estate);
    }

    ObjectNode create(ApiCall call) {
        call.supports("Name", "Subnets", "SubnetMappings", "SecurityGroups", "Scheme", "Tags", "Type", "IpAddressType");
        Settings settings = settings(call);
        for (Balancer existing : estate.balancers.values()) {
            if (existing.name.equals(settings.name())) {
                unless(
                        same(existing, settings),
                        "DuplicateLoadBalancerName",
                        "A load balancer with the same name '" + existing.name
                                + "' exists, but with different settings");
                return reply(existing);
            }
        }
        unless(
                estate.balancers.size() < estate.limits.of(Limit.NETWORK_BALANCERS),
                "TooManyLoadBalancers",
                "The maximum number of load balancers has been reached");
        zones.requireFree(settings.zones());
        return reply(add(settings));
    }

    private Settings settings(ApiCall call) {
        unless(
                call.text("Type", "application").equals("network"),
                "ValidationError",
                "The simulation supports load balancers of type 'network' only");
        String scheme = call.text("Scheme", "internet-facing");
        List<Zone> standing = zones.read(call, scheme);
        List<String> groups = securityGroups(call);
        Map<String, String> tags = Tags.checked(call.pairs("Tags"));
        return new Settings(name(call), scheme, ipAddressType(call), standing, groups, tags);
    }

    private static String name(ApiCall call) {
        String name = call.text("Name");
        unless(
                name.length() <= 32,
                "ValidationError",
                "The load balancer name '" + name + "' cannot be longer than '32' characters");
        unless(
                name.matches("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"),
                "ValidationError",
                "The load balancer name '" + name
                        + "' can only contain characters that are alphanumeric characters and hyphens(-), and cannot"
                        + " begin or end with a hyphen");
        unless(
                !name.startsWith("internal-"),
                "ValidationError",
                "The load balancer name '" + name + "' cannot begin with 'internal-'");
        return name;
    }

    private static String ipAddressType(ApiCall call) {
        String type = call.text("IpAddressType", "ipv4");
        unless(
                !type.equals("dualstack-without-public-ipv4"),
                "InvalidConfigurationRequest",
                "The IP address type '" + type + "' is not supported by load balancers with type 'network'");
        return type;
    }

    private List<String> securityGroups(ApiCall call) {
        List<String> groups = call.texts("SecurityGroups");
        unless(
                groups.stream().allMatch(estate.securityGroups::containsKey),
                "InvalidSecurityGroup",
                "One or more security groups are invalid");
        unless(
                groups.size() <= 5,
                "InvalidConfigurationRequest",
                "The maximum number of security groups on a load balancer is 5");
        return groups;
    }

    /// Tags are not settings here: a creation by the name of someone else's balancer finds that one.
    private static boolean same(Balancer existing, Settings wanted) {
        return existing.settings.scheme().equals(wanted.scheme())
                && existing.ipAddressType.equals(wanted.ipAddressType())
                && new HashSet<>(existing.zones).equals(new HashSet<>(wanted.zones()))
                && new HashSet<>(existing.securityGroups).equals(new HashSet<>(wanted.securityGroups()));
    }

    private Balancer add(Settings settings) {
        String hash = estate.newHash("load balancer");
        String scheme = settings.scheme().equals("internal") ? "internal-" : "";
        Balancer balancer = new Balancer(
                estate.account.arn("elasticloadbalancing", "loadbalancer/net/" + settings.name() + "/" + hash),
                scheme + settings.name() + "-" + hash + ".elb." + estate.account.region() + ".amazonaws.com",
                estate.dataPlane.claimAddress(),
                settings,
                estate.agenda.now());
        balancer.tags.putAll(settings.tags());
        balancer.attributes.putAll(Attribute.initial(Attribute.OF_BALANCERS));
        balancer.attributes.put(
                "ipv6.deny_all_igw_traffic", Boolean.toString(settings.scheme().equals("internal")));
        estate.balancers.put(balancer.arn, balancer);
        estate.lifecycle("balancer", balancer.arn, Happened.ADDED);
        estate.agenda.after(estate.limits.durationOf(Limit.PROVISIONING_MILLIS), () -> {
            balancer.active = true;
            balancer.listeners.values().forEach(pools::follow);
        });
        return balancer;
    }

    private ObjectNode reply(Balancer balancer) {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        reply.putArray("LoadBalancers").add(BalancerText.of(balancer, estate));
        return reply;
    }

    ObjectNode delete(ApiCall call) {
        Balancer balancer = estate.balancers.get(call.text("LoadBalancerArn"));
        if (balancer == null) {
            requireArn(call.text("LoadBalancerArn"));
            return JsonNodeFactory.instance.objectNode();
        }
        unless(
                !"true".equals(balancer.attributes.get("deletion_protection.enabled")),
                "OperationNotPermitted",
                "Load balancer '" + balancer.arn + "' cannot be deleted because deletion protection is enabled");
        List<Listener> listeners = List.copyOf(balancer.listeners.values());
        balancer.listeners.clear();
        listeners.forEach(estate::forget);
        listeners.forEach(pools::removed);
        estate.balancers.remove(balancer.arn);
        estate.lifecycle("balancer", balancer.arn, Happened.REMOVED);
        return JsonNodeFactory.instance.objectNode();
    }

    private static void requireArn(String arn) {
        unless(
                arn.matches("arn:aws[\\w-]*:elasticloadbalancing:.*:loadbalancer/.*"),
                "ValidationError",
                "'" + arn + "' is not a valid load balancer ARN");
    }

    ObjectNode modifyAttributes(ApiCall call) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerArn"));
        Map<String, String> wanted = call.pairs("Attributes");
        Attribute.check(Attribute.OF_BALANCERS, wanted, "Load balancer");
        Map<String, String> after = new LinkedHashMap<>(balancer.attributes);
        after.putAll(wanted);
        unless(
                !"true".equals(after.get("access_logs.s3.enabled")) || !"".equals(after.get("access_logs.s3.bucket")),
                "InvalidConfigurationRequest",
                "The value of 'access_logs.s3.bucket' cannot be empty when access logs are enabled");
        balancer.attributes.putAll(wanted);
        estate.lifecycle("balancer", balancer.arn, Happened.CHANGED);
        return BalancerText.attributes(balancer.attributes);
    }

    ObjectNode setSecurityGroups(ApiCall call) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerArn"));
        unless(
                !balancer.settings.securityGroups().isEmpty(),
                "InvalidConfigurationRequest",
                "You cannot set security groups on a load balancer with type 'network' that was created without any");
        List<String> groups = securityGroups(call);
        unless(!groups.isEmpty(), "InvalidConfigurationRequest", "At least one security group must be specified");
        balancer.securityGroups = groups;
        balancer.enforceOnPrivateLink =
                call.text("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", balancer.enforceOnPrivateLink);
        estate.lifecycle("balancer", balancer.arn, Happened.CHANGED);
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        groups.forEach(reply.putArray("SecurityGroupIds")::add);
        return reply.put("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", balancer.enforceOnPrivateLink);
    }

    ObjectNode setSubnets(ApiCall call) {
        call.supports("LoadBalancerArn", "Subnets", "SubnetMappings", "IpAddressType");
        Balancer balancer = estate.balancer(call.text("LoadBalancerArn"));
        List<Zone> wanted = zones.read(call, balancer.settings.scheme());
        for (Zone before : balancer.zones) {
            wanted.stream()
                    .filter(after -> after.zone().equals(before.zone()))
                    .findFirst()
                    .ifPresent(after -> unless(
                            after.equals(before),
                            "InvalidConfigurationRequest",
                            "The subnet of a zone in which a load balancer with type 'network' stands cannot be"
                                    + " changed: " + before.zone()));
        }
        zones.requireFree(
                wanted.stream().filter(zone -> !balancer.zones.contains(zone)).toList());
        balancer.zones = wanted;
        estate.lifecycle("balancer", balancer.arn, Happened.CHANGED);
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        reply.set("AvailabilityZones", BalancerText.zones(balancer, estate));
        return reply.put("IpAddressType", balancer.ipAddressType);
    }

    ObjectNode setIpAddressType(ApiCall call) {
        Balancer balancer = estate.balancer(call.text("LoadBalancerArn"));
        String type = ipAddressType(call);
        for (Listener listener : balancer.listeners.values()) {
            ListenerWrites.requireFamily(type, listener.protocol);
            pools.groupsOf(listener).forEach(group -> ListenerWrites.requireFamily(type, group));
        }
        balancer.ipAddressType = type;
        estate.lifecycle("balancer", balancer.arn, Happened.CHANGED);
        return JsonNodeFactory.instance.objectNode().put("IpAddressType", balancer.ipAddressType);
    }
}
