package io.plumbline.it.clouds.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.clouds.Probe;
import java.time.Duration;

/// A target group's health check: its defaults, what the API refuses, and the probe that it asks for.
///
/// Numbers: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html.
///
/// @param protocol `TCP`, `HTTP` or `HTTPS`
/// @param port `traffic-port` or a number
/// @param path empty for TCP
/// @param codes empty for TCP, else for example `200-399`
record HealthCheck(
        String protocol,
        String port,
        String path,
        String codes,
        int intervalSeconds,
        int timeoutSeconds,
        int healthyThreshold,
        int unhealthyThreshold) {
    private static final String TRAFFIC_PORT = "traffic-port";

    /// What a new group checks, as far as the request does not say otherwise.
    static HealthCheck created(ObjectNode request) {
        String protocol = request.path("HealthCheckProtocol").asText("TCP");
        HealthCheck usual = new HealthCheck(
                protocol,
                TRAFFIC_PORT,
                protocol.equals("TCP") ? "" : "/",
                protocol.equals("TCP") ? "" : "200-399",
                30,
                protocol.equals("HTTP") ? 6 : 10,
                5,
                2);
        return usual.changed(request);
    }

    /// The check with the request's changes; what it does not name stays.
    HealthCheck changed(ObjectNode request) {
        validate(
                !request.has("HealthCheckEnabled")
                        || request.path("HealthCheckEnabled").booleanValue(),
                "Health check enabled must be true for target groups with target type 'instance' or 'ip'");
        String newProtocol = request.path("HealthCheckProtocol").asText(protocol);
        boolean web = newProtocol.startsWith("HTTP");
        validate(web || newProtocol.equals("TCP"), "Health check protocol '" + newProtocol + "' is not supported");
        validate(
                web || !(request.has("HealthCheckPath") || request.has("Matcher")),
                "Health check path and matcher are not supported for health checks with protocol 'TCP'");
        HealthCheck next = new HealthCheck(
                newProtocol,
                request.path("HealthCheckPort").asText(port),
                web ? request.path("HealthCheckPath").asText(path.isEmpty() ? "/" : path) : "",
                web ? request.at("/Matcher/HttpCode").asText(codes.isEmpty() ? "200-399" : codes) : "",
                request.path("HealthCheckIntervalSeconds").asInt(intervalSeconds),
                request.path("HealthCheckTimeoutSeconds").asInt(timeoutSeconds),
                request.path("HealthyThresholdCount").asInt(healthyThreshold),
                request.path("UnhealthyThresholdCount").asInt(unhealthyThreshold));
        next.validate();
        return next;
    }

    private void validate() {
        validate(
                port.equals(TRAFFIC_PORT) || isPort(port),
                "Health check port '" + port + "' must be 'traffic-port' or a number from 1 to 65535");
        validate(path.isEmpty() || path.startsWith("/"), "Health check path '" + path + "' must begin with '/'");
        validate(
                codes.isEmpty() || Probe.Web.isCodes(codes, 200, 599),
                "Health check matcher HTTP code '" + codes + "' must be within '200-599'");
        validate(
                timeoutSeconds <= intervalSeconds,
                "Health check interval must be greater than or equal to the timeout");
    }

    private static boolean isPort(String text) {
        return text.matches("\\d{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65535;
    }

    private static void validate(boolean holds, String message) {
        Refusal.unless(holds, "ValidationError", message);
    }

    Duration interval() {
        return Duration.ofSeconds(intervalSeconds);
    }

    /// The port at which a target is checked.
    int portOf(Target target) {
        return port.equals(TRAFFIC_PORT) ? target.port() : Integer.parseInt(port);
    }

    /// The probe of one target.
    ///
    /// @param balancer the address that its Host header names
    Probe probe(Target target, String balancer) {
        Probe.How how = switch (protocol) {
            case "TCP" -> new Probe.Connect();
            case "HTTP" -> new Probe.Web(Probe.Web.Scheme.HTTP, balancer, path, codes);
            default -> new Probe.Web(Probe.Web.Scheme.HTTPS, balancer, path, codes);
        };
        return new Probe(target.address(), portOf(target), Duration.ofSeconds(timeoutSeconds), how);
    }
}
