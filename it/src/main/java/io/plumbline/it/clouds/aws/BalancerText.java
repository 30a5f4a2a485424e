package io.plumbline.it.clouds.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.aws.Listener.Forward;
import java.util.List;
import java.util.Map;

/// Load balancers, listeners and target groups as ELBv2 shows them.
final class BalancerText {
    private static final String HOSTED_ZONE = "Z3F0SRJ5LGBH90";

    private BalancerText() {}

    static ObjectNode of(Balancer balancer, Estate estate) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("LoadBalancerArn", balancer.arn)
                .put("DNSName", balancer.hostName)
                .put("CanonicalHostedZoneId", HOSTED_ZONE)
                .put("CreatedTime", balancer.createdAt.toString())
                .put("LoadBalancerName", balancer.name)
                .put("Scheme", balancer.settings.scheme())
                .put("VpcId", estate.account.vpcId())
                .put("Type", "network")
                .put("IpAddressType", balancer.ipAddressType);
        text.putObject("State").put("Code", balancer.active ? "active" : "provisioning");
        text.set("AvailabilityZones", zones(balancer, estate));
        if (!balancer.securityGroups.isEmpty()) {
            balancer.securityGroups.forEach(text.putArray("SecurityGroups")::add);
            text.put("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", balancer.enforceOnPrivateLink);
        }
        return text;
    }

    static ArrayNode zones(Balancer balancer, Estate estate) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Balancer.Zone zone : balancer.zones) {
            ObjectNode text = list.addObject().put("ZoneName", zone.zone()).put("SubnetId", zone.subnetId());
            ArrayNode addresses = text.putArray("LoadBalancerAddresses");
            if (!zone.allocationId().isEmpty()) {
                addresses
                        .addObject()
                        .put("AllocationId", zone.allocationId())
                        .put("IpAddress", estate.account.allocations().getOrDefault(zone.allocationId(), ""));
            }
            if (!zone.privateAddress().isEmpty()) {
                addresses.addObject().put("PrivateIPv4Address", zone.privateAddress());
            }
        }
        return list;
    }

    /// `Attributes` of anything.
    static ObjectNode attributes(Map<String, String> attributes) {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        reply.set("Attributes", Tags.text(attributes));
        return reply;
    }

    static ObjectNode of(Listener listener) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("ListenerArn", listener.arn)
                .put("LoadBalancerArn", listener.balancer.arn)
                .put("Port", listener.port)
                .put("Protocol", listener.protocol);
        if (listener.protocol.equals("TLS")) {
            text.put("SslPolicy", listener.sslPolicy);
            ArrayNode certificates = text.putArray("Certificates");
            listener.certificates.forEach(arn -> certificates.addObject().put("CertificateArn", arn));
            if (!listener.alpn.isEmpty()) {
                listener.alpn.forEach(text.putArray("AlpnPolicy")::add);
            }
        }
        text.putArray("DefaultActions").add(action(listener.forwards));
        return text;
    }

    static ObjectNode action(List<Forward> forwards) {
        ObjectNode action = JsonNodeFactory.instance.objectNode().put("Type", "forward");
        if (forwards.size() == 1) {
            action.put("TargetGroupArn", forwards.getFirst().targetGroupArn());
        }
        ObjectNode config = action.putObject("ForwardConfig");
        ArrayNode groups = config.putArray("TargetGroups");
        forwards.forEach(forward -> groups.addObject()
                .put("TargetGroupArn", forward.targetGroupArn())
                .put("Weight", forward.weight()));
        return action;
    }

    static ObjectNode of(TargetGroup group, Estate estate) {
        HealthCheck check = group.healthCheck;
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("TargetGroupArn", group.arn)
                .put("TargetGroupName", group.name())
                .put("Protocol", group.settings.protocol())
                .put("Port", group.settings.port())
                .put("VpcId", group.settings.vpcId())
                .put("TargetType", group.settings.targetType())
                .put("IpAddressType", group.settings.ipAddressType())
                .put("HealthCheckEnabled", true)
                .put("HealthCheckProtocol", check.protocol())
                .put("HealthCheckPort", check.port())
                .put("HealthCheckIntervalSeconds", check.intervalSeconds())
                .put("HealthCheckTimeoutSeconds", check.timeoutSeconds())
                .put("HealthyThresholdCount", check.healthyThreshold())
                .put("UnhealthyThresholdCount", check.unhealthyThreshold());
        if (!check.path().isEmpty()) {
            text.put("HealthCheckPath", check.path()).putObject("Matcher").put("HttpCode", check.codes());
        }
        ArrayNode balancers = text.putArray("LoadBalancerArns");
        estate.listenersOf(group).stream()
                .map(listener -> listener.balancer.arn)
                .distinct()
                .forEach(balancers::add);
        return text;
    }
}
