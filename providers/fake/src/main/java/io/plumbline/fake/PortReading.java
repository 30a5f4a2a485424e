package io.plumbline.fake;

import io.plumbline.spi.Dialect.Extent;
import io.plumbline.spi.Dialect.Form;
import io.plumbline.spi.Dialect.PortWishes;
import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.HealthCheck.Probe;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Pool.Scheduling;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import io.plumbline.spi.objects.ServiceView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a Service's annotations say of one of its ports. Pure.
final class PortReading {
    /// Stands for each member's own port.
    private static final int OWN_PORT = 0;

    private static final Duration STICKY = Duration.ofHours(3);

    private final Annotations annotations;
    private final String suffix;

    private PortReading(Annotations annotations, int port) {
        this.annotations = annotations;
        this.suffix = "." + port;
    }

    static PortWishes port(ServiceView service, ServiceView.Port port, Annotations annotations) {
        PortReading reading = new PortReading(annotations, port.port());
        return new PortWishes(
                reading.form(service, port),
                service.traffic().sourceRanges().isEmpty() ? extent(annotations) : Extent.NOTHING,
                Optional.empty(),
                reading.healthCheck(service),
                stickiness(service),
                reading.scheduling(),
                new FakeOptions.OfListener(
                        reading.seconds("idle-timeout-seconds", 10, 900), reading.flag("proxy-protocol")),
                new Options.None());
    }

    private static Extent extent(Annotations annotations) {
        return annotations.flag("pools-only").equals(Setting.managed(true))
                ? Extent.POOL_ONLY
                : Extent.LISTENER_AND_POOL;
    }

    /// One listener for both where the Service has both.
    private Form form(ServiceView service, ServiceView.Port port) {
        boolean both = service.ports().stream()
                .anyMatch(other -> other.port() == port.port() && other.transport() != port.transport());
        boolean joined = annotations.flag("tcp-udp").equals(Setting.managed(true));
        if (both && joined) {
            return Form.TCP_UDP;
        }
        return switch (port.transport()) {
            case TCP -> Form.TCP;
            case UDP -> Form.UDP;
            case TCP_UDP -> Form.TCP_UDP;
        };
    }

    private HealthCheck healthCheck(ServiceView service) {
        return new HealthCheck(
                flag("health-check-enabled"),
                seconds("health-check-interval-seconds", 1, 300),
                seconds("health-check-timeout-seconds", 1, 60),
                number("health-check-healthy-threshold", 1, 10),
                number("health-check-unhealthy-threshold", 1, 10),
                number("health-check-port", 1, 65535).or(nodePort(service)),
                probe());
    }

    /// Under the policy Local a node says itself whether it has a Pod.
    private Setting<Integer> nodePort(ServiceView service) {
        boolean nodes = annotations.flag("direct").equals(Setting.managed(false));
        boolean local = service.traffic().externalTrafficPolicy().equals("Local");
        Optional<Integer> said = local ? service.traffic().healthCheckNodePort() : Optional.of(OWN_PORT);
        return nodes ? Setting.of(said) : Setting.unmanaged();
    }

    private Setting<Probe> probe() {
        return Setting.of(annotations
                .text("health-check-path" + suffix)
                .or(() -> annotations.text("health-check-path"))
                .filter(path -> path.startsWith("/") || annotations.problem("health-check-path", "must begin with /"))
                .map(path -> new Probe.Http("GET", "", path, "200-399")));
    }

    private Setting<Scheduling> scheduling() {
        Map<String, Scheduling> words = Annotations.words(
                List.of("round-robin", "least-connections", "source-hash"),
                List.of(Scheduling.WEIGHTED_ROUND_ROBIN, Scheduling.LEAST_CONNECTIONS, Scheduling.SOURCE_HASH));
        return annotations.word("scheduling" + suffix, words).or(annotations.word("scheduling", words));
    }

    private static Stickiness stickiness(ServiceView service) {
        return service.traffic().sessionAffinity().equals("ClientIP")
                ? new Stickiness(Setting.managed(true), Setting.managed(STICKY))
                : new Stickiness(Setting.managed(false), Setting.unmanaged());
    }

    private Setting<Boolean> flag(String name) {
        return annotations.flag(name + suffix).or(annotations.flag(name));
    }

    private Setting<Integer> number(String name, int lowest, int highest) {
        return annotations.number(name + suffix, lowest, highest).or(annotations.number(name, lowest, highest));
    }

    private Setting<Duration> seconds(String name, int lowest, int highest) {
        return annotations.seconds(name + suffix, lowest, highest).or(annotations.seconds(name, lowest, highest));
    }
}
