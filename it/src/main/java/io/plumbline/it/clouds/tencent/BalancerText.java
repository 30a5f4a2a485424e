package io.plumbline.it.clouds.tencent;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/// A load balancer as DescribeLoadBalancers tells it, with every field that the contract demands.
final class BalancerText {
    // The API tells times of UTC+8 without saying so.
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.ofHours(8));

    private BalancerText() {}

    static String time(Instant at) {
        return TIME.format(at);
    }

    static ObjectNode of(Balancer balancer, TencentAccount account) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        identity(text, balancer);
        network(text, balancer, account);
        money(text, balancer);
        constants(text);
        return text;
    }

    private static void identity(ObjectNode text, Balancer balancer) {
        text.put("LoadBalancerId", balancer.id)
                .put("LoadBalancerName", balancer.name)
                .put("LoadBalancerType", balancer.type)
                .put("Forward", 1)
                .put("Status", balancer.running ? 1 : 0)
                .put("CreateTime", time(balancer.createdAt))
                .put("StatusTime", time(balancer.createdAt))
                .put("ProjectId", 0)
                .put("LoadBalancerPassToTarget", balancer.passToTarget)
                .put("SnatPro", balancer.snatPro)
                .put("TargetCount", balancer.targetCount());
        ArrayNode tags = text.putArray("Tags");
        balancer.tags.forEach(
                (key, value) -> tags.addObject().put("TagKey", key).put("TagValue", value));
        ArrayNode flags = text.putArray("AttributeFlags");
        if (balancer.deleteProtect) {
            flags.add("DeleteProtect");
        }
    }

    private static void network(ObjectNode text, Balancer balancer, TencentAccount account) {
        ArrayNode vips = text.putArray("LoadBalancerVips");
        if (balancer.running) {
            vips.add(balancer.vip);
        }
        ArrayNode groups = text.putArray("SecureGroups");
        balancer.securityGroups.forEach(groups::add);
        text.put("VpcId", balancer.vpcId)
                .put("SubnetId", balancer.subnetId)
                .put("NumericalVpcId", 1)
                .put("AddressIPVersion", "ipv4")
                .put("LoadBalancerDomain", "")
                .put("Domain", "");
        text.putObject("TargetRegionInfo")
                .put("Region", account.region())
                .put("VpcId", balancer.vpcId)
                .put("NumericalVpcId", 1);
    }

    private static void money(ObjectNode text, Balancer balancer) {
        text.put("ChargeType", "POSTPAID_BY_HOUR");
        balancer.internet.ifPresentOrElse(
                internet -> text.putObject("NetworkAttributes")
                        .put("InternetChargeType", internet.chargeType())
                        .put("InternetMaxBandwidthOut", internet.maxBandwidthOutMbps())
                        .putNull("BandwidthpkgSubType"),
                () -> text.putNull("NetworkAttributes"));
    }

    private static void constants(ObjectNode text) {
        for (String empty : List.of(
                "AnycastZone",
                "ConfigId",
                "Egress",
                "HealthLogSetId",
                "HealthLogTopicId",
                "IsBlockTime",
                "LogSetId",
                "LogTopicId",
                "SlaType")) {
            text.put(empty, "");
        }
        for (String no : List.of("IsBlock", "IsDDos", "LocalBgp", "MixIpTarget", "Snat")) {
            text.put(no, false);
        }
        for (String absent : List.of(
                "AddressIPv6",
                "BackupZoneSet",
                "ClusterIds",
                "ClusterTag",
                "ExpireTime",
                "ExtraInfo",
                "IPv6Mode",
                "IsolatedTime",
                "MasterZone",
                "NfvInfo",
                "PrepaidAttributes",
                "VipIsp",
                "Zones")) {
            text.putNull(absent);
        }
        text.put("Isolation", 0).put("OpenBgp", 0).putArray("SnatIps");
        text.putObject("ExclusiveCluster")
                .putNull("ClassicalCluster")
                .putNull("L4Clusters")
                .putNull("L7Clusters");
    }
}
