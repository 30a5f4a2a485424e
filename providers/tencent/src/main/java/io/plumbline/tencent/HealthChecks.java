package io.plumbline.tencent;

import com.tencentcloudapi.clb.v20180317.models.HealthCheck;
import io.plumbline.spi.model.HealthCheck.Probe;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Transport;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Health checks, to and from the SDK's shape (https://cloud.tencent.com/document/api/214/30694#HealthCheck).
final class HealthChecks {
    /// A check of a TCP listener by HTTP must name its version.
    private static final String HTTP_VERSION = "HTTP/1.1";

    private HealthChecks() {}

    /// What is managed, and nothing else; empty where nothing is.
    static Optional<HealthCheck> request(Call.Settings settings) {
        io.plumbline.spi.model.HealthCheck wanted = settings.healthCheck();
        Setting<Integer> source = settings.options().healthCheckSource();
        if (wanted.equals(io.plumbline.spi.model.HealthCheck.unmanaged())
                && source.asOptional().isEmpty()) {
            return Optional.empty();
        }
        HealthCheck check = new HealthCheck();
        wanted.enabled().asOptional().map(enabled -> enabled ? 1L : 0L).ifPresent(check::setHealthSwitch);
        wanted.interval().asOptional().map(Duration::toSeconds).ifPresent(check::setIntervalTime);
        wanted.timeout().asOptional().map(Duration::toSeconds).ifPresent(check::setTimeOut);
        wanted.healthyThreshold().asOptional().map(Integer::longValue).ifPresent(check::setHealthNum);
        wanted.unhealthyThreshold().asOptional().map(Integer::longValue).ifPresent(check::setUnHealthNum);
        wanted.port().asOptional().map(Integer::longValue).ifPresent(check::setCheckPort);
        wanted.probe().asOptional().ifPresent(probe -> probe(check, probe, settings.transport()));
        source.asOptional().map(Integer::longValue).ifPresent(check::setSourceIpType);
        return Optional.of(check);
    }

    private static void probe(HealthCheck check, Probe probe, Transport transport) {
        switch (probe) {
            case Probe.Connect connect -> check.setCheckType(transport == Transport.UDP ? "PING" : "TCP");
            case Probe.Http http -> {
                check.setCheckType("HTTP");
                check.setHttpVersion(HTTP_VERSION);
                check.setHttpCheckMethod(http.method());
                check.setHttpCheckDomain(http.host());
                check.setHttpCheckPath(http.path());
                check.setHttpCode(Long.valueOf(http.codes()));
            }
            case Probe.Grpc grpc -> check.setCheckType("GRPC");
        }
    }

    /// As the cloud shows it; what it does not tell is unmanaged.
    static io.plumbline.spi.model.HealthCheck read(HealthCheck shown) {
        return new io.plumbline.spi.model.HealthCheck(
                Setting.of(Optional.ofNullable(shown.getHealthSwitch()).map(on -> on == 1)),
                seconds(shown.getIntervalTime()),
                seconds(shown.getTimeOut()),
                number(shown.getHealthNum()),
                number(shown.getUnHealthNum()),
                Setting.of(Optional.ofNullable(shown.getCheckPort())
                        .filter(port -> port > 0)
                        .map(Long::intValue)),
                Setting.of(Optional.ofNullable(shown.getCheckType()).flatMap(type -> probe(type, shown))));
    }

    static TencentPoolOptions readOptions(HealthCheck shown) {
        return new TencentPoolOptions(number(shown.getSourceIpType()));
    }

    private static Optional<Probe> probe(String type, HealthCheck shown) {
        return switch (type) {
            case "TCP", "PING" -> Optional.of(new Probe.Connect());
            case "HTTP" ->
                Optional.of(new Probe.Http(
                        Optional.ofNullable(shown.getHttpCheckMethod()).orElse(""),
                        Optional.ofNullable(shown.getHttpCheckDomain()).orElse(""),
                        Optional.ofNullable(shown.getHttpCheckPath()).orElse(""),
                        Optional.ofNullable(shown.getHttpCode())
                                .map(String::valueOf)
                                .orElse("")));
            default -> Optional.empty();
        };
    }

    private static Setting<Integer> number(@Nullable Long shown) {
        return Setting.of(Optional.ofNullable(shown).map(Long::intValue));
    }

    private static Setting<Duration> seconds(@Nullable Long shown) {
        return Setting.of(Optional.ofNullable(shown).map(Duration::ofSeconds));
    }
}
