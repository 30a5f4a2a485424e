package io.plumbline.aws;

import io.plumbline.aws.AttributeText.Rule;
import io.plumbline.spi.model.Setting;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// The attributes of a Network Load Balancer, each as the API writes it
/// (https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#load-balancer-
/// attributes).
record LoadBalancerAttributes(
        Setting<String> deletionProtection,
        Setting<String> accessLogs,
        Setting<String> accessLogsBucket,
        Setting<String> accessLogsPrefix,
        Setting<String> crossZone,
        Setting<String> dnsRouting,
        Setting<String> denyIpv6Gateway,
        Setting<String> zonalShift,
        Setting<String> secondaryAddresses) {
    static final String DELETION_PROTECTION = "deletion_protection.enabled";
    static final String ACCESS_LOGS = "access_logs.s3.enabled";
    static final String ACCESS_LOGS_BUCKET = "access_logs.s3.bucket";
    static final String ACCESS_LOGS_PREFIX = "access_logs.s3.prefix";
    static final String CROSS_ZONE = "load_balancing.cross_zone.enabled";
    private static final String DNS_ROUTING = "dns_record.client_routing_policy";
    private static final String DENY_IPV6_GATEWAY = "ipv6.deny_all_igw_traffic";
    private static final String ZONAL_SHIFT = "zonal_shift.config.enabled";
    private static final String SECONDARY_ADDRESSES = "secondary_ips.auto_assigned.per_subnet";

    /// What a value must be, by attribute.
    static final SortedMap<String, Rule> RULES = rules();

    private static SortedMap<String, Rule> rules() {
        TreeMap<String, Rule> rules = new TreeMap<>();
        rules.put(DELETION_PROTECTION, AttributeText.BOOLEAN);
        rules.put(ACCESS_LOGS, AttributeText.BOOLEAN);
        rules.put(ACCESS_LOGS_BUCKET, new Rule(text -> text.matches("[a-z0-9.-]{3,63}"), "the name of a bucket"));
        rules.put(ACCESS_LOGS_PREFIX, new Rule(text -> !text.startsWith("/"), "a path that does not begin with /"));
        rules.put(CROSS_ZONE, AttributeText.BOOLEAN);
        rules.put(
                DNS_ROUTING,
                Rule.oneOf(
                        "any_availability_zone", "availability_zone_affinity", "partial_availability_zone_affinity"));
        rules.put(DENY_IPV6_GATEWAY, AttributeText.BOOLEAN);
        rules.put(ZONAL_SHIFT, AttributeText.BOOLEAN);
        rules.put(SECONDARY_ADDRESSES, Rule.number(0, 7));
        return Collections.unmodifiableSortedMap(rules);
    }

    static LoadBalancerAttributes unmanaged() {
        return of(new TreeMap<>());
    }

    static LoadBalancerAttributes of(Map<String, String> values) {
        Function<String, Setting<String>> value = key -> Setting.of(Optional.ofNullable(values.get(key)));
        return new LoadBalancerAttributes(
                value.apply(DELETION_PROTECTION),
                value.apply(ACCESS_LOGS),
                value.apply(ACCESS_LOGS_BUCKET),
                value.apply(ACCESS_LOGS_PREFIX),
                value.apply(CROSS_ZONE),
                value.apply(DNS_ROUTING),
                value.apply(DENY_IPV6_GATEWAY),
                value.apply(ZONAL_SHIFT),
                value.apply(SECONDARY_ADDRESSES));
    }

    /// What is managed, as the API wants it.
    SortedMap<String, String> managed() {
        TreeMap<String, String> values = new TreeMap<>();
        AttributeText.put(values, DELETION_PROTECTION, deletionProtection);
        AttributeText.put(values, ACCESS_LOGS, accessLogs);
        AttributeText.put(values, ACCESS_LOGS_BUCKET, accessLogsBucket);
        AttributeText.put(values, ACCESS_LOGS_PREFIX, accessLogsPrefix);
        AttributeText.put(values, CROSS_ZONE, crossZone);
        AttributeText.put(values, DNS_ROUTING, dnsRouting);
        AttributeText.put(values, DENY_IPV6_GATEWAY, denyIpv6Gateway);
        AttributeText.put(values, ZONAL_SHIFT, zonalShift);
        AttributeText.put(values, SECONDARY_ADDRESSES, secondaryAddresses);
        return values;
    }

    /// What a new load balancer has.
    static SortedMap<String, String> defaults() {
        TreeMap<String, String> defaults = new TreeMap<>();
        defaults.put(DELETION_PROTECTION, "false");
        defaults.put(ACCESS_LOGS, "false");
        defaults.put(ACCESS_LOGS_BUCKET, "");
        defaults.put(ACCESS_LOGS_PREFIX, "");
        defaults.put(CROSS_ZONE, "false");
        defaults.put(DNS_ROUTING, "any_availability_zone");
        defaults.put(ZONAL_SHIFT, "false");
        return defaults;
    }
}
