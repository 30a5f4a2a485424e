package io.plumbline.it.clouds.tencent;

import static io.plumbline.it.clouds.tencent.Refusal.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What CreateLoadBalancer orders, once it is known to be possible.
///
/// @param type `OPEN` or `INTERNAL`
/// @param subnetId empty for a public one
record NewBalancer(
        String type,
        Optional<String> name,
        String vpcId,
        String subnetId,
        int number,
        Map<String, String> tags,
        Optional<Balancer.Internet> internet,
        boolean snatPro,
        boolean passToTarget) {
    private static final List<String> CHARGE_TYPES =
            List.of("TRAFFIC_POSTPAID_BY_HOUR", "BANDWIDTH_POSTPAID_BY_HOUR", "BANDWIDTH_PACKAGE");

    static NewBalancer read(JsonNode body, Estate estate) {
        String type = body.path("LoadBalancerType").asText();
        unless(
                type.equals("OPEN") || type.equals("INTERNAL"),
                "InvalidParameterValue",
                "LoadBalancerType must be OPEN or INTERNAL.");
        onlyIf(body, "Forward", "1");
        onlyIf(body, "AddressIPVersion", "IPV4");
        onlyIf(body, "LBChargeType", "POSTPAID_BY_HOUR");
        int number = body.path("Number").asInt(1);
        unless(number >= 1 && number <= 20, "InvalidParameterValue.Range", "Number must be from 1 to 20.");
        Optional<String> name =
                Optional.ofNullable(body.path("LoadBalancerName").textValue());
        name.ifPresent(NewBalancer::checkName);
        return new NewBalancer(
                type,
                name,
                vpc(body, type, estate),
                subnet(body, type, estate),
                number,
                tags(body.path("Tags")),
                internet(body.path("InternetAccessible"), Optional.empty()),
                body.path("SnatPro").asBoolean(false),
                body.path("LoadBalancerPassToTarget").asBoolean(false));
    }

    /// Refuses what the real API takes and the simulation cannot do.
    private static void onlyIf(JsonNode body, String field, String supported) {
        unless(
                !body.has(field) || body.path(field).asText().equals(supported),
                "UnsupportedOperation",
                "The simulation supports no " + field + " but " + supported + ".");
    }

    /// Up to 60 letters, digits, hyphens, underscores and the like.
    static void checkName(String name) {
        unless(
                name.length() <= 60 && name.matches("[\\p{L}\\p{N}_.:/-]+"),
                "InvalidParameterValue.Length",
                "LoadBalancerName must be of 1 to 60 letters, digits, - and _.");
    }

    private static String vpc(JsonNode body, String type, Estate estate) {
        unless(
                body.has("VpcId") || type.equals("OPEN"),
                "MissingParameter",
                "The request is missing a required parameter `VpcId`.");
        String vpc = body.path("VpcId").asText(estate.account.vpcId());
        unless(vpc.equals(estate.account.vpcId()), "InvalidParameterValue", "VpcId " + vpc + " not found");
        return vpc;
    }

    private static String subnet(JsonNode body, String type, Estate estate) {
        unless(
                body.has("SubnetId") || type.equals("OPEN"),
                "MissingParameter",
                "The request is missing a required parameter `SubnetId`.");
        String subnet = body.path("SubnetId").asText("");
        unless(
                subnet.isEmpty() || estate.account.subnetIds().contains(subnet),
                "InvalidParameterValue",
                "SubnetId " + subnet + " not found");
        return subnet;
    }

    private static Map<String, String> tags(JsonNode list) {
        unless(list.size() <= 20, "InvalidParameterValue.Length", "Tags has at most 20 elements.");
        Map<String, String> tags = new LinkedHashMap<>();
        for (JsonNode tag : list) {
            String key = tag.path("TagKey").asText();
            unless(
                    !key.isEmpty() && key.length() <= 127,
                    "InvalidParameterValue.Length",
                    "TagKey must be of 1 to 127 characters.");
            unless(
                    tags.put(key, tag.path("TagValue").asText()) == null,
                    "InvalidParameterValue.Duplicate",
                    "TagKey " + key + " occurs twice.");
        }
        return tags;
    }

    /// What a public balancer pays for; what is not named stays as before, and is at first 10 Mbit/s by traffic.
    static Optional<Balancer.Internet> internet(JsonNode given, Optional<Balancer.Internet> before) {
        if (given.isMissingNode()) {
            return before;
        }
        Balancer.Internet base = before.orElse(new Balancer.Internet("TRAFFIC_POSTPAID_BY_HOUR", 10));
        String chargeType = given.path("InternetChargeType").asText(base.chargeType());
        unless(
                CHARGE_TYPES.contains(chargeType),
                "InvalidParameterValue",
                "InternetChargeType must be one of " + CHARGE_TYPES + ".");
        int bandwidth = given.path("InternetMaxBandwidthOut").asInt(base.maxBandwidthOutMbps());
        unless(
                bandwidth >= 0 && bandwidth <= 2048,
                "InvalidParameterValue.Range",
                "InternetMaxBandwidthOut must be from 0 to 2048.");
        return Optional.of(new Balancer.Internet(chargeType, bandwidth));
    }
}
