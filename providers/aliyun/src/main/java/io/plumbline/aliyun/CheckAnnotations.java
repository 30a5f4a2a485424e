package io.plumbline.aliyun;

import io.plumbline.spi.Dialect.Form;
import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.HealthCheck.Probe;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.objects.ServiceView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a Service's annotations say of health checks.
final class CheckAnnotations {
    private static final List<String> CODES = List.of("http_2xx", "http_3xx", "http_4xx", "http_5xx");
    private static final String HTTP = "http";

    /// Where a node tells whether it has a Pod of a Service under `externalTrafficPolicy: Local`.
    private static final String NODE_HEALTH = "/healthz";

    private final ServiceAnnotations annotations;
    private final Optional<Integer> healthCheckNodePort;

    /// @param byPods Pods are the backends, and node health says nothing of them
    CheckAnnotations(ServiceAnnotations annotations, ServiceView.Traffic traffic, boolean byPods) {
        this.annotations = annotations;
        this.healthCheckNodePort = traffic.healthCheckNodePort()
                .filter(port ->
                        !byPods && port > 0 && traffic.externalTrafficPolicy().equals("Local"));
    }

    HealthCheck of(Form form) {
        return switch (form) {
            case TCP, UDP, TCP_UDP, TLS -> layer4(form);
            case HTTP, HTTPS -> layer7();
        };
    }

    private HealthCheck layer4(Form form) {
        Setting<Boolean> enabled = annotations.onOff(Annotations.CHECK_SWITCH, true);
        Setting<Duration> timeout = seconds(Annotations.CHECK_CONNECT_TIMEOUT, 300, 5);
        if (form != Form.TCP) {
            return check(enabled, timeout, Optional.empty(), Setting.managed(new Probe.Connect()));
        }
        Optional<Integer> nodePort = healthCheckNodePort.filter(port -> !annotations.has(Annotations.CHECK_TYPE));
        Setting<String> type = annotations.oneOf(
                Annotations.CHECK_TYPE, List.of("tcp", HTTP), Setting.managed(nodePort.isPresent() ? HTTP : "tcp"));
        Setting<Probe> probe =
                Setting.of(type.asOptional().map(text -> text.equals(HTTP) ? http("", nodePort) : new Probe.Connect()));
        if (type.equals(Setting.managed("tcp"))) {
            reportHttpOnly();
        }
        return check(enabled, timeout, nodePort, probe);
    }

    private void reportHttpOnly() {
        if (!annotations.has(Annotations.PROTOCOL_PORT)) {
            List.of(Annotations.CHECK_URI, Annotations.CHECK_DOMAIN, Annotations.CHECK_CODE).stream()
                    .filter(annotations::has)
                    .forEach(
                            key -> annotations.complain(
                                    key,
                                    "has no effect on a check by tcp: set loadbalancer-health-check-type to http, or remove it"));
        }
    }

    private HealthCheck layer7() {
        Setting<Boolean> enabled = annotations.onOff(Annotations.CHECK_FLAG, false);
        String method = annotations
                .oneOf(Annotations.CHECK_METHOD, List.of("head", "get"), Setting.managed("head"))
                .asOptional()
                .orElse("head");
        return check(
                enabled,
                seconds(Annotations.CHECK_TIMEOUT, 300, 5),
                healthCheckNodePort,
                Setting.managed(http(method, healthCheckNodePort)));
    }

    /// Of a check that is off nothing else counts.
    private HealthCheck check(
            Setting<Boolean> enabled, Setting<Duration> timeout, Optional<Integer> nodePort, Setting<Probe> probe) {
        HealthCheck check = new HealthCheck(
                enabled,
                seconds(Annotations.CHECK_INTERVAL, 50, 2),
                timeout,
                annotations.whole(Annotations.HEALTHY, 2, 10, Setting.managed(3)),
                annotations.whole(Annotations.UNHEALTHY, 2, 10, Setting.managed(3)),
                port(nodePort),
                probe);
        HealthCheck none = HealthCheck.unmanaged();
        return enabled.equals(Setting.managed(false))
                ? new HealthCheck(
                        enabled,
                        none.interval(),
                        none.timeout(),
                        none.healthyThreshold(),
                        none.unhealthyThreshold(),
                        none.port(),
                        none.probe())
                : check;
    }

    private Setting<Integer> port(Optional<Integer> nodePort) {
        Setting<Integer> absent = Setting.managed(nodePort.orElse(Limits.BACKENDS_OWN_PORT));
        return annotations
                        .text(Annotations.CHECK_PORT)
                        .filter(String.valueOf(Limits.BACKENDS_OWN_PORT)::equals)
                        .isPresent()
                ? Setting.managed(Limits.BACKENDS_OWN_PORT)
                : annotations.whole(Annotations.CHECK_PORT, 1, 65535, absent);
    }

    private Probe http(String method, Optional<Integer> nodePort) {
        String path = annotations
                .matching(
                        Annotations.CHECK_URI,
                        text -> text.matches("/[\\x21-\\x7e]{0,79}"),
                        "must begin with / and have at most 80 characters",
                        Setting.managed(nodePort.isPresent() ? NODE_HEALTH : "/"))
                .asOptional()
                .orElse("/");
        String host = annotations
                .matching(
                        Annotations.CHECK_DOMAIN,
                        text -> text.equals(HealthChecks.OWN_ADDRESS) || text.matches("[A-Za-z0-9.-]{1,80}"),
                        "must be a host name of at most 80 characters, or $_ip",
                        Setting.managed(HealthChecks.OWN_ADDRESS))
                .asOptional()
                .filter(text -> !text.equals(HealthChecks.OWN_ADDRESS))
                .orElse("");
        return new Probe.Http(method, host, path, codes());
    }

    private String codes() {
        List<String> unknown = annotations
                .pieces(Annotations.CHECK_CODE)
                .filter(code -> !CODES.contains(code))
                .toList();
        if (!unknown.isEmpty()) {
            annotations.complain(
                    Annotations.CHECK_CODE,
                    "must list some of " + String.join(", ", CODES) + ", not "
                            + ServiceAnnotations.quoted(String.join(",", unknown)) + ": correct or remove it");
        }
        String codes = annotations
                .pieces(Annotations.CHECK_CODE)
                .filter(CODES::contains)
                .distinct()
                .sorted()
                .collect(Collectors.joining(","));
        return codes.isEmpty() ? CODES.getFirst() : codes;
    }

    private Setting<Duration> seconds(String key, int most, int absent) {
        return Setting.of(annotations
                .whole(key, 1, most, Setting.managed(absent))
                .asOptional()
                .map(Duration::ofSeconds));
    }
}
