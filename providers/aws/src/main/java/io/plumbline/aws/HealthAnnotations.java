package io.plumbline.aws;

import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.HealthCheck.Probe;
import io.plumbline.spi.model.Pool.Targets;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.objects.ServiceView;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a Service's annotations say of health checks. What they do not say has the defaults of the table; what
/// cannot be read stays as it is.
///
/// Ranges: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html.
final class HealthAnnotations {
    private static final String AS_IT_IS = "until then it stays as it is";
    private static final List<String> PROTOCOLS = List.of("tcp", "http", "https");

    private final ServiceAnnotations annotations;
    private final Targets targets;
    private final boolean byHealthCheckNodePort;

    HealthAnnotations(ServiceAnnotations annotations, Targets targets) {
        this.annotations = annotations;
        this.targets = targets;
        ServiceView.Traffic traffic = annotations.service().traffic();
        this.byHealthCheckNodePort = targets == Targets.NODES
                && traffic.externalTrafficPolicy().equals("Local")
                && traffic.healthCheckNodePort().isPresent();
    }

    /// A check, with what the core has no word for.
    record Check(HealthCheck check, Setting<String> port, Setting<Boolean> tls) {}

    Check read() {
        int defaultThreshold = byHealthCheckNodePort ? 2 : 3;
        Setting<String> protocol = protocol();
        Setting<Integer> interval = number(Annotations.CHECK_INTERVAL, 5, 300, 10);
        HealthCheck check = new HealthCheck(
                Setting.managed(true),
                duration(interval),
                duration(timeout(interval)),
                number(Annotations.CHECK_HEALTHY, 2, 10, defaultThreshold),
                number(Annotations.CHECK_UNHEALTHY, 2, 10, defaultThreshold),
                Setting.unmanaged(),
                probe(protocol));
        Setting<Boolean> tls = Setting.of(protocol.asOptional().map(text -> text.equals("https")));
        return new Check(check, port(), tls);
    }

    private Setting<String> protocol() {
        if (!annotations.has(Annotations.CHECK_PROTOCOL)) {
            return Setting.managed(byHealthCheckNodePort ? "http" : "tcp");
        }
        return Setting.of(annotations
                .text(
                        Annotations.CHECK_PROTOCOL,
                        text -> PROTOCOLS.contains(text.toLowerCase(Locale.ROOT)),
                        "must be " + String.join(" or ", PROTOCOLS),
                        AS_IT_IS)
                .asOptional()
                .map(text -> text.toLowerCase(Locale.ROOT)));
    }

    private Setting<Probe> probe(Setting<String> protocol) {
        Setting<String> path = path();
        Setting<String> codes = codes();
        if (protocol.equals(Setting.managed("tcp"))) {
            return Setting.managed(new Probe.Connect());
        }
        return Setting.of(protocol.asOptional()
                .flatMap(any -> path.asOptional())
                .flatMap(to -> codes.asOptional().map(passing -> new Probe.Http("GET", "", to, passing))));
    }

    private Setting<String> path() {
        if (!annotations.has(Annotations.CHECK_PATH)) {
            return Setting.managed(byHealthCheckNodePort ? "/healthz" : "/");
        }
        return annotations.text(
                Annotations.CHECK_PATH,
                text -> text.matches("/[\\x21-\\x7e]{0,1023}"),
                "must begin with / and have at most 1024 characters",
                AS_IT_IS);
    }

    private Setting<String> codes() {
        if (!annotations.has(Annotations.CHECK_CODES)) {
            return Setting.managed("200-399");
        }
        return annotations.text(
                Annotations.CHECK_CODES,
                text -> text.matches("[2-5][0-9]{2}([,-][2-5][0-9]{2})*"),
                "must be HTTP codes from 200 to 599 like 200, 200,301 or 200-399",
                AS_IT_IS);
    }

    private Setting<Integer> number(String name, int least, int most, int absent) {
        return annotations.has(name) ? annotations.number(name, least, most, AS_IT_IS) : Setting.managed(absent);
    }

    private Setting<Integer> timeout(Setting<Integer> interval) {
        int most = interval.asOptional().orElse(300);
        if (!annotations.has(Annotations.CHECK_TIMEOUT)) {
            return Setting.managed(Math.min(byHealthCheckNodePort ? 6 : 10, most));
        }
        Setting<Integer> timeout = annotations.number(Annotations.CHECK_TIMEOUT, 2, 120, AS_IT_IS);
        if (timeout.asOptional().filter(seconds -> seconds > most).isEmpty()) {
            return timeout;
        }
        annotations.complain(
                Annotations.CHECK_TIMEOUT,
                "must not be more than the interval (" + most + "); until then it is " + most);
        return Setting.managed(most);
    }

    private Setting<String> port() {
        Optional<String> written = annotations.value(Annotations.CHECK_PORT);
        if (written.isEmpty()) {
            return Setting.managed(annotations
                    .service()
                    .traffic()
                    .healthCheckNodePort()
                    .filter(any -> byHealthCheckNodePort)
                    .map(String::valueOf)
                    .orElse(AwsPoolOptions.TRAFFIC_PORT));
        }
        Optional<String> port = port(written.get());
        if (port.isEmpty()) {
            annotations.complain(
                    Annotations.CHECK_PORT,
                    "must be " + AwsPoolOptions.TRAFFIC_PORT
                            + ", a number from 1 to 65535, or the name of a port of the "
                            + "Service whose target port is a number, not \"" + written.get() + "\"; " + AS_IT_IS);
        }
        return Setting.of(port);
    }

    private Optional<String> port(String text) {
        boolean number = text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65535;
        if (text.equals(AwsPoolOptions.TRAFFIC_PORT) || number) {
            return Optional.of(text);
        }
        return annotations.service().ports().stream()
                .filter(port -> port.name().equals(text))
                .findFirst()
                .flatMap(this::target);
    }

    private Optional<String> target(ServiceView.Port port) {
        return switch (targets) {
            case PODS -> Optional.of(port.targetPort()).filter(text -> text.matches("[0-9]+"));
            case NODES -> port.nodePort().map(String::valueOf);
        };
    }

    private static Setting<Duration> duration(Setting<Integer> seconds) {
        return Setting.of(seconds.asOptional().map(Duration::ofSeconds));
    }
}
