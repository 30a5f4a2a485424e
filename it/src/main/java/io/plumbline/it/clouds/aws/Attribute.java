package io.plumbline.it.clouds.aws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A documented attribute of a Network Load Balancer, its target groups or its listeners.
///
/// @param pattern what its value must match
/// @param usual its value until it is changed
record Attribute(String key, String pattern, String usual) {
    private static final String TRUTH = "true|false";
    private static final String COUNT = "\\d{1,4}";

    /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
    static final List<Attribute> OF_BALANCERS = List.of(
            new Attribute("deletion_protection.enabled", TRUTH, "false"),
            new Attribute("load_balancing.cross_zone.enabled", TRUTH, "false"),
            new Attribute("access_logs.s3.enabled", TRUTH, "false"),
            new Attribute("access_logs.s3.bucket", ".*", ""),
            new Attribute("access_logs.s3.prefix", ".*", ""),
            new Attribute("ipv6.deny_all_igw_traffic", TRUTH, "false"),
            new Attribute("zonal_shift.config.enabled", TRUTH, "false"),
            new Attribute(
                    "dns_record.client_routing_policy",
                    "availability_zone_affinity|partial_availability_zone_affinity|any_availability_zone",
                    "any_availability_zone"),
            new Attribute("secondary_ips.auto_assigned.per_subnet", "[0-7]", "0"));

    /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html
    static final List<Attribute> OF_TARGET_GROUPS = List.of(
            new Attribute(
                    "deregistration_delay.timeout_seconds", "[0-9]|[1-9]\\d{1,2}|[12]\\d{3}|3[0-5]\\d{2}|3600", "300"),
            new Attribute("deregistration_delay.connection_termination.enabled", TRUTH, "false"),
            new Attribute("stickiness.enabled", TRUTH, "false"),
            new Attribute("stickiness.type", "source_ip", "source_ip"),
            new Attribute("preserve_client_ip.enabled", TRUTH, "true"),
            new Attribute("proxy_protocol_v2.enabled", TRUTH, "false"),
            new Attribute(
                    "load_balancing.cross_zone.enabled",
                    TRUTH + "|use_load_balancer_configuration",
                    "use_load_balancer_configuration"),
            new Attribute("target_group_health.dns_failover.minimum_healthy_targets.count", "off|" + COUNT, "1"),
            new Attribute(
                    "target_group_health.dns_failover.minimum_healthy_targets.percentage", "off|[1-9]\\d?|100", "off"),
            new Attribute("target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", COUNT, "1"),
            new Attribute(
                    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage",
                    "off|[1-9]\\d?|100",
                    "off"),
            new Attribute("target_health_state.unhealthy.connection_termination.enabled", TRUTH, "true"),
            new Attribute("target_health_state.unhealthy.draining_interval_seconds", "\\d{1,6}", "0"));

    /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ListenerAttribute.html
    static final List<Attribute> OF_LISTENERS =
            List.of(new Attribute("tcp.idle_timeout.seconds", "[6-9]\\d|[1-9]\\d{2}|[1-5]\\d{3}|6000", "350"));

    /// What something has that was just made.
    static Map<String, String> initial(List<Attribute> known) {
        Map<String, String> values = new LinkedHashMap<>();
        known.forEach(attribute -> values.put(attribute.key(), attribute.usual()));
        return values;
    }

    /// Refuses keys that are not known and values that do not fit.
    ///
    /// @param what what the messages name, for example `Load balancer`
    static void check(List<Attribute> known, Map<String, String> wanted, String what) {
        wanted.forEach((key, value) -> {
            Optional<Attribute> attribute =
                    known.stream().filter(each -> each.key().equals(key)).findFirst();
            Refusal.unless(
                    attribute.isPresent(),
                    "InvalidConfigurationRequest",
                    what + " attribute key '" + key + "' is not recognized");
            Refusal.unless(
                    value.matches(attribute.orElseThrow().pattern()),
                    "InvalidConfigurationRequest",
                    what + " attribute value '" + value + "' is not valid for key '" + key + "'");
        });
    }
}
