package io.plumbline.tencent;

import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.HealthCheck.Probe;
import io.plumbline.spi.model.Pool.Scheduling;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import io.plumbline.spi.model.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a TkeServiceConfig says of one listener. What it does not say is unmanaged: the cloud's default when the
/// listener is made, and whatever is there afterwards.
///
/// Ranges: https://cloud.tencent.com/document/product/457/45700 and
/// https://cloud.tencent.com/document/api/214/30694#HealthCheck.
record ListenerConfig(
        HealthCheck healthCheck,
        Stickiness stickiness,
        Setting<Scheduling> scheduling,
        TencentListenerOptions listenerOptions,
        TencentPoolOptions poolOptions) {
    private static final int DEFAULT_INTERVAL_SECONDS = 5;
    private static final String ANY_CODE = "31";

    /// Says nothing.
    static ListenerConfig silent() {
        return new ListenerConfig(
                HealthCheck.unmanaged(),
                Stickiness.unmanaged(),
                Setting.unmanaged(),
                TencentListenerOptions.unmanaged(),
                TencentPoolOptions.unmanaged());
    }

    /// Reads one entry of `l4Listeners`, whose protocol and port are known already.
    static ListenerConfig read(Section entry, Transport transport) {
        Setting<String> name = entry.text(
                "listenerName",
                "[^\\p{Cntrl}]{1," + Names.LONGEST_SUFFIX + "}",
                "must have 1 to " + Names.LONGEST_SUFFIX + " characters, since our mark of ownership precedes it");
        Stickiness stickiness =
                entry.section("session").map(ListenerConfig::session).orElseGet(Stickiness::unmanaged);
        Optional<Section> check = entry.section("healthCheck");
        Setting<Scheduling> scheduling = scheduling(entry);
        HealthCheck healthCheck =
                check.map(section -> healthCheck(section, transport)).orElseGet(HealthCheck::unmanaged);
        Setting<Integer> source =
                check.map(section -> section.integer("sourceIpType", 0, 1)).orElseGet(Setting::unmanaged);
        check.ifPresent(Section::reportUnknown);
        entry.reportUnknown();
        return new ListenerConfig(
                healthCheck, stickiness, scheduling, new TencentListenerOptions(name), new TencentPoolOptions(source));
    }

    private static Setting<Scheduling> scheduling(Section entry) {
        Optional<String> text =
                entry.oneOf("scheduler", List.of("WRR", "LEAST_CONN")).asOptional();
        return Setting.of(
                text.map(name -> name.equals("WRR") ? Scheduling.WEIGHTED_ROUND_ROBIN : Scheduling.LEAST_CONNECTIONS));
    }

    private static Stickiness session(Section session) {
        Setting<Boolean> enabled = session.requiredBool("enable");
        Setting<Integer> seconds = session.integer("sessionExpireTime", 30, 3600);
        session.reportUnknown();
        boolean off = enabled.equals(Setting.managed(false));
        return new Stickiness(enabled, off ? Setting.unmanaged() : duration(seconds));
    }

    private static HealthCheck healthCheck(Section check, Transport transport) {
        Setting<Integer> interval = check.integer("intervalTime", 5, 300);
        return new HealthCheck(
                check.requiredBool("enable"),
                duration(interval),
                duration(timeout(check, interval)),
                check.integer("healthNum", 2, 10),
                check.integer("unHealthNum", 2, 10),
                check.integer("checkPort", 1, 65535),
                probe(check, transport));
    }

    private static Setting<Integer> timeout(Section check, Setting<Integer> interval) {
        Setting<Integer> timeout = check.integer("timeout", 2, 60);
        int limit = interval.asOptional().orElse(DEFAULT_INTERVAL_SECONDS);
        if (timeout.asOptional().filter(seconds -> seconds >= limit).isEmpty()) {
            return timeout;
        }
        check.complain("timeout", "must be less than intervalTime (" + limit + "); until then it stays as it is");
        return Setting.unmanaged();
    }

    private static Setting<Probe> probe(Section check, Transport transport) {
        boolean udp = transport == Transport.UDP;
        Setting<String> type = check.oneOf("checkType", udp ? List.of("PING") : List.of("TCP", "HTTP"));
        if (udp) {
            return Setting.of(type.asOptional().map(ping -> new Probe.Connect()));
        }
        Setting<Probe> http = http(check, type.equals(Setting.managed("HTTP")));
        return type.equals(Setting.managed("TCP")) ? Setting.managed(new Probe.Connect()) : http;
    }

    /// The API wants a domain for an HTTP check on a TCP listener, and has defaults for the rest.
    private static Setting<Probe> http(Section check, boolean wanted) {
        Optional<String> domain = check.text("httpCheckDomain", "[a-z0-9.-]{1,80}", "must be a host name without *")
                .asOptional();
        String path = check.text(
                        "httpCheckPath", "/[\\x21-\\x7e]{0,79}", "must begin with / and have at most 80 characters")
                .asOptional()
                .orElse("/");
        String method = check.oneOf("httpCheckMethod", List.of("HEAD", "GET"))
                .asOptional()
                .orElse("HEAD");
        String codes = check.integer("httpCode", 1, 31)
                .asOptional()
                .map(String::valueOf)
                .orElse(ANY_CODE);
        if (wanted && domain.isEmpty()) {
            check.complain(
                    "httpCheckDomain", "is needed for checkType HTTP; until then the kind of check stays as it is");
        }
        return wanted ? Setting.of(domain.map(host -> new Probe.Http(method, host, path, codes))) : Setting.unmanaged();
    }

    private static Setting<Duration> duration(Setting<Integer> seconds) {
        return Setting.of(seconds.asOptional().map(Duration::ofSeconds));
    }
}
