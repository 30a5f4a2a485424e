package io.plumbline.aws;

import io.plumbline.aws.AttributeText.Rule;
import io.plumbline.spi.model.Pool.Targets;
import io.plumbline.spi.model.Setting;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// The attributes of a Network Load Balancer's target group, each as the API writes it
/// (https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-
/// group-attributes). Stickiness is not among them: the core has a word for it.
record TargetGroupAttributes(
        Setting<String> deregistrationDelay,
        Setting<String> terminateAtDeregistration,
        Setting<String> preserveClientIp,
        Setting<String> proxyProtocol,
        Setting<String> crossZone,
        Setting<String> terminateUnhealthy,
        Setting<String> unhealthyDraining,
        Setting<String> healthyCountForDns,
        Setting<String> healthyShareForDns,
        Setting<String> healthyCountForRouting,
        Setting<String> healthyShareForRouting) {
    static final String PROXY_PROTOCOL = "proxy_protocol_v2.enabled";
    static final String STICKINESS = "stickiness.enabled";
    static final String STICKINESS_TYPE = "stickiness.type";
    static final String DEREGISTRATION_DELAY = "deregistration_delay.timeout_seconds";
    private static final String TERMINATE_AT_DEREGISTRATION = "deregistration_delay.connection_termination.enabled";
    static final String PRESERVE_CLIENT_IP = "preserve_client_ip.enabled";
    private static final String CROSS_ZONE = "load_balancing.cross_zone.enabled";
    private static final String TERMINATE_UNHEALTHY = "target_health_state.unhealthy.connection_termination.enabled";
    private static final String UNHEALTHY_DRAINING = "target_health_state.unhealthy.draining_interval_seconds";
    private static final String DNS = "target_group_health.dns_failover.minimum_healthy_targets.";
    private static final String ROUTING = "target_group_health.unhealthy_state_routing.minimum_healthy_targets.";

    /// What a value must be, by attribute.
    static final SortedMap<String, Rule> RULES = rules();

    private static SortedMap<String, Rule> rules() {
        TreeMap<String, Rule> rules = new TreeMap<>();
        rules.put(DEREGISTRATION_DELAY, Rule.number(0, 3600));
        rules.put(TERMINATE_AT_DEREGISTRATION, AttributeText.BOOLEAN);
        rules.put(PRESERVE_CLIENT_IP, AttributeText.BOOLEAN);
        rules.put(PROXY_PROTOCOL, AttributeText.BOOLEAN);
        rules.put(CROSS_ZONE, Rule.oneOf("true", "false", "use_load_balancer_configuration"));
        rules.put(TERMINATE_UNHEALTHY, AttributeText.BOOLEAN);
        rules.put(UNHEALTHY_DRAINING, Rule.number(0, 360000));
        rules.put(DNS + "count", Rule.numberOrOff(1, 1000));
        rules.put(DNS + "percentage", Rule.numberOrOff(1, 100));
        rules.put(ROUTING + "count", Rule.number(1, 1000));
        rules.put(ROUTING + "percentage", Rule.numberOrOff(1, 100));
        rules.put(STICKINESS, AttributeText.BOOLEAN);
        rules.put(STICKINESS_TYPE, Rule.oneOf("source_ip"));
        return Collections.unmodifiableSortedMap(rules);
    }

    static TargetGroupAttributes unmanaged() {
        return of(new TreeMap<>());
    }

    static TargetGroupAttributes of(Map<String, String> values) {
        Function<String, Setting<String>> value = key -> Setting.of(Optional.ofNullable(values.get(key)));
        return new TargetGroupAttributes(
                value.apply(DEREGISTRATION_DELAY),
                value.apply(TERMINATE_AT_DEREGISTRATION),
                value.apply(PRESERVE_CLIENT_IP),
                value.apply(PROXY_PROTOCOL),
                value.apply(CROSS_ZONE),
                value.apply(TERMINATE_UNHEALTHY),
                value.apply(UNHEALTHY_DRAINING),
                value.apply(DNS + "count"),
                value.apply(DNS + "percentage"),
                value.apply(ROUTING + "count"),
                value.apply(ROUTING + "percentage"));
    }

    /// What is managed, as the API wants it.
    SortedMap<String, String> managed() {
        TreeMap<String, String> values = new TreeMap<>();
        AttributeText.put(values, DEREGISTRATION_DELAY, deregistrationDelay);
        AttributeText.put(values, TERMINATE_AT_DEREGISTRATION, terminateAtDeregistration);
        AttributeText.put(values, PRESERVE_CLIENT_IP, preserveClientIp);
        AttributeText.put(values, PROXY_PROTOCOL, proxyProtocol);
        AttributeText.put(values, CROSS_ZONE, crossZone);
        AttributeText.put(values, TERMINATE_UNHEALTHY, terminateUnhealthy);
        AttributeText.put(values, UNHEALTHY_DRAINING, unhealthyDraining);
        AttributeText.put(values, DNS + "count", healthyCountForDns);
        AttributeText.put(values, DNS + "percentage", healthyShareForDns);
        AttributeText.put(values, ROUTING + "count", healthyCountForRouting);
        AttributeText.put(values, ROUTING + "percentage", healthyShareForRouting);
        return values;
    }

    /// What a new target group has. The client's address is kept, but not towards addresses behind TCP and TLS
    /// (https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html).
    static SortedMap<String, String> defaults(String protocol, Targets targets) {
        boolean stream = protocol.equals("TCP") || protocol.equals("TLS");
        TreeMap<String, String> defaults = new TreeMap<>();
        defaults.put(DEREGISTRATION_DELAY, "300");
        defaults.put(PROXY_PROTOCOL, "false");
        defaults.put(CROSS_ZONE, "use_load_balancer_configuration");
        defaults.put(STICKINESS, "false");
        defaults.put(PRESERVE_CLIENT_IP, String.valueOf(!(stream && targets == Targets.PODS)));
        return defaults;
    }
}
