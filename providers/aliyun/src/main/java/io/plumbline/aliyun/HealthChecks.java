package io.plumbline.aliyun;

import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.HealthCheck.Probe;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Health checks, to and from parameters of a listener (https://help.aliyun.com/document_detail/27594.html,
/// https://help.aliyun.com/document_detail/27592.html).
final class HealthChecks {
    /// As a check's domain: the address of each backend itself.
    static final String OWN_ADDRESS = "$_ip";

    private static final String ROOT = "/";

    /// Where another path was, the root must be named, and the API takes no path of one character
    /// (https://help.aliyun.com/document_detail/27594.html): an empty query asks a backend for the same.
    private static final String ROOT_AGAIN = "/?";

    static final Stickiness NOT_STICKY = new Stickiness(Setting.managed(false), Setting.unmanaged());

    private HealthChecks() {}

    /// What is managed, and nothing else.
    ///
    /// @param creating the action makes a listener, and writes the interval of layer 4 with a small letter
    static SortedMap<String, String> parameters(HealthCheck check, String protocol, boolean creating) {
        boolean layer7 = isLayer7(protocol);
        TreeMap<String, String> parameters = new TreeMap<>();
        put(
                parameters,
                layer7 ? "HealthCheck" : "HealthCheckSwitch",
                check.enabled().asOptional().map(HealthChecks::onOff));
        String interval = creating && !layer7 ? "healthCheckInterval" : "HealthCheckInterval";
        put(parameters, interval, check.interval().asOptional().map(Duration::toSeconds));
        String timeout = layer7 ? "HealthCheckTimeout" : "HealthCheckConnectTimeout";
        put(parameters, timeout, check.timeout().asOptional().map(Duration::toSeconds));
        put(parameters, "HealthyThreshold", check.healthyThreshold().asOptional());
        put(parameters, "UnhealthyThreshold", check.unhealthyThreshold().asOptional());
        put(parameters, "HealthCheckConnectPort", check.port().asOptional());
        check.probe().asOptional().ifPresent(probe -> probe(parameters, probe, protocol));
        return creating ? withoutRoot(parameters) : parameters;
    }

    private static void probe(SortedMap<String, String> parameters, Probe probe, String protocol) {
        boolean tcp = protocol.equals("tcp");
        switch (probe) {
            case Probe.Connect connect ->
                put(parameters, "HealthCheckType", Optional.of("tcp").filter(type -> tcp));
            case Probe.Http http -> {
                put(parameters, "HealthCheckType", Optional.of("http").filter(type -> tcp));
                put(parameters, "HealthCheckMethod", Optional.of(http.method()).filter(method -> !tcp));
                parameters.put("HealthCheckDomain", http.host().isEmpty() ? OWN_ADDRESS : http.host());
                parameters.put("HealthCheckURI", http.path().equals(ROOT) ? ROOT_AGAIN : http.path());
                parameters.put("HealthCheckHttpCode", http.codes());
            }
            case Probe.Grpc grpc -> {}
        }
    }

    /// A new listener's checks ask for the root, if it is not told otherwise.
    private static SortedMap<String, String> withoutRoot(SortedMap<String, String> parameters) {
        parameters.remove("HealthCheckURI", ROOT_AGAIN);
        return parameters;
    }

    private static void put(SortedMap<String, String> parameters, String name, Optional<?> value) {
        value.ifPresent(present -> parameters.put(name, String.valueOf(present)));
    }

    static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    static boolean isLayer7(String protocol) {
        return protocol.equals("http") || protocol.equals("https");
    }

    /// As the cloud shows it; what it does not tell is unmanaged.
    static HealthCheck read(Fields config, String protocol) {
        boolean layer7 = isLayer7(protocol);
        return new HealthCheck(
                Setting.of(config.onOff("HealthCheck")),
                seconds(config.whole("HealthCheckInterval")),
                seconds(config.whole(layer7 ? "HealthCheckTimeout" : "HealthCheckConnectTimeout")),
                Setting.of(config.whole("HealthyThreshold")),
                Setting.of(config.whole("UnhealthyThreshold")),
                Setting.managed(config.whole("HealthCheckConnectPort")
                        .filter(port -> port > 0)
                        .orElse(Limits.BACKENDS_OWN_PORT)),
                Setting.managed(probe(config, protocol)));
    }

    private static Probe probe(Fields config, String protocol) {
        boolean http = config.textOrNone("HealthCheckType").equalsIgnoreCase("http") && protocol.equals("tcp");
        if (!http && !isLayer7(protocol)) {
            return new Probe.Connect();
        }
        return new Probe.Http(
                http ? "" : config.text("HealthCheckMethod").orElse("head"),
                config.text("HealthCheckDomain")
                        .filter(host -> !host.equals(OWN_ADDRESS))
                        .orElse(""),
                config.text("HealthCheckURI")
                        .filter(path -> !path.equals(ROOT_AGAIN))
                        .orElse(ROOT),
                codes(config.textOrNone("HealthCheckHttpCode")));
    }

    private static String codes(String shown) {
        return Arrays.stream(shown.split(","))
                .map(String::strip)
                .distinct()
                .sorted()
                .collect(Collectors.joining(","));
    }

    private static Setting<Duration> seconds(Optional<Integer> shown) {
        return Setting.of(shown.map(Duration::ofSeconds));
    }
}
