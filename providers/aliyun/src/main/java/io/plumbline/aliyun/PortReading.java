package io.plumbline.aliyun;

import io.plumbline.spi.Dialect.Extent;
import io.plumbline.spi.Dialect.Form;
import io.plumbline.spi.Dialect.PortWishes;
import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import io.plumbline.spi.objects.ServiceView;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;

/// A Service's annotations -> what each of its ports is.
final class PortReading {
    private static final List<String> SCHEDULERS = List.of("rr", "wrr", "wlc", "sch", "tch", "qch");

    /// Those of a TCP listener, and of an HTTP or HTTPS one
    /// (https://help.aliyun.com/document_detail/27594.html,
    /// https://help.aliyun.com/document_detail/27592.html).
    private static final List<String> LAYER_4 = List.of("rr", "wrr", "wlc", "sch", "tch");

    private static final List<String> LAYER_7 = List.of("rr", "wrr");
    private static final String PLAIN = "rr";

    /// The longest that a TCP listener keeps a client with a backend
    /// (https://help.aliyun.com/document_detail/27594.html); Kubernetes' own default of three hours is
    /// beyond it.
    private static final int LONGEST_SESSION_SECONDS = 3600;

    private final ServiceAnnotations annotations;
    private final ServiceView service;
    private final boolean byPods;
    private final PortAnnotations portAnnotations;
    private final SortedMap<Integer, Integer> forwards;
    private final SortedMap<Integer, String> groups;
    private final Setting<Integer> totalWeight;

    PortReading(ServiceAnnotations annotations, ServiceView service, boolean byPods) {
        this.annotations = annotations;
        this.service = service;
        this.byPods = byPods;
        this.portAnnotations = new PortAnnotations(annotations, service);
        this.forwards = portAnnotations.forwards();
        this.groups = portAnnotations.groups();
        this.totalWeight = totalWeight();
    }

    List<PortWishes> ports() {
        portAnnotations.reportUseless();
        boolean listeners = !annotations.has(Annotations.ID)
                || annotations.text(Annotations.OVERRIDE).equals(Optional.of("true"));
        return service.ports().stream()
                .map(port -> listeners ? whole(port) : poolOnly(port))
                .toList();
    }

    private PortWishes whole(ServiceView.Port port) {
        Form form = portAnnotations.form(port);
        Optional<Integer> forward = Optional.ofNullable(forwards.get(port.port()));
        return new PortWishes(
                form,
                Extent.LISTENER_AND_POOL,
                group(port),
                new CheckAnnotations(annotations, service.traffic(), byPods).of(form),
                stickiness(form),
                Setting.unmanaged(),
                new ListenerAnnotations(annotations, service).of(form, forward),
                new AliyunPoolOptions(scheduler(form), weightOf(port)));
    }

    /// The user's own listener has the health check, the scheduler and all else.
    private PortWishes poolOnly(ServiceView.Port port) {
        return new PortWishes(
                portAnnotations.form(port),
                Extent.POOL_ONLY,
                group(port),
                HealthCheck.unmanaged(),
                Stickiness.unmanaged(),
                Setting.unmanaged(),
                AliyunListenerOptions.unmanaged(),
                new AliyunPoolOptions(Setting.unmanaged(), weightOf(port)));
    }

    private Optional<String> group(ServiceView.Port port) {
        return Optional.ofNullable(groups.get(port.port())).filter(group -> annotations.has(Annotations.ID));
    }

    private Setting<Integer> totalWeight() {
        Setting<Integer> weight = annotations.whole(Annotations.WEIGHT, 0, Limits.HIGHEST_WEIGHT, Setting.unmanaged());
        boolean counts = annotations.has(Annotations.ID) && annotations.has(Annotations.VGROUP_PORT);
        if (annotations.has(Annotations.WEIGHT) && !counts) {
            annotations.complain(
                    Annotations.WEIGHT,
                    "has no effect without loadbalancer-id and loadbalancer-vgroup-port: set both, or remove it");
        }
        return counts ? weight : Setting.unmanaged();
    }

    private Setting<Integer> weightOf(ServiceView.Port port) {
        return group(port).isPresent() ? totalWeight : Setting.unmanaged();
    }

    private Setting<String> scheduler(Form form) {
        Setting<String> scheduler = annotations.oneOf(Annotations.SCHEDULER, SCHEDULERS, Setting.managed(usual(form)));
        boolean known = scheduler.asOptional().map(has(form)::contains).orElse(true);
        if (!known) {
            annotations.complain(
                    Annotations.SCHEDULER,
                    "is " + scheduler.asOptional().orElse("") + ", which "
                            + form.name().toLowerCase(Locale.ROOT)
                            + " listeners do not have: until then they get " + usual(form) + "; use one of "
                            + String.join(", ", has(form)));
            return Setting.managed(usual(form));
        }
        if (local() && scheduler.equals(Setting.managed(PLAIN))) {
            annotations.complain(
                    Annotations.SCHEDULER,
                    "is rr, which ignores weights: with externalTrafficPolicy: Local a node weighs as many Pods as it"
                            + " has; set wrr, or remove it");
        }
        return scheduler;
    }

    private static List<String> has(Form form) {
        return switch (form) {
            case TCP, TCP_UDP, TLS -> LAYER_4;
            case UDP -> SCHEDULERS;
            case HTTP, HTTPS -> LAYER_7;
        };
    }

    /// Where all weigh alike `rr` will do.
    private String usual(Form form) {
        if (form == Form.UDP && clientIp()) {
            return "sch";
        }
        return byPods || local() ? "wrr" : PLAIN;
    }

    private boolean local() {
        return !byPods && service.traffic().externalTrafficPolicy().equals("Local");
    }

    private boolean clientIp() {
        return service.traffic().sessionAffinity().equals("ClientIP");
    }

    /// Of a TCP listener; others do it by scheduler or by cookie.
    private Stickiness stickiness(Form form) {
        if (form != Form.TCP) {
            if (clientIp() && form != Form.UDP) {
                annotations.complain(
                        "spec.sessionAffinity",
                        "ClientIP has no effect on http and https ports: set loadbalancer-sticky-session");
            }
            return HealthChecks.NOT_STICKY;
        }
        int absent = clientIp() ? LONGEST_SESSION_SECONDS : 0;
        Setting<Integer> seconds =
                annotations.whole(Annotations.PERSISTENCE_TIMEOUT, 0, LONGEST_SESSION_SECONDS, Setting.managed(absent));
        return seconds.asOptional().map(PortReading::sticking).orElseGet(Stickiness::unmanaged);
    }

    private static Stickiness sticking(int seconds) {
        return seconds == 0
                ? HealthChecks.NOT_STICKY
                : new Stickiness(Setting.managed(true), Setting.managed(Duration.ofSeconds(seconds)));
    }
}
