package io.plumbline.spi.model;

import java.time.Duration;

/// How a pool's members are probed; every part may be left to the cloud.
///
/// @param healthyThreshold probes in a row that must pass
/// @param unhealthyThreshold probes in a row that must fail
/// @param port the port that is probed, where it is not the member's own
public record HealthCheck(
        Setting<Boolean> enabled,
        Setting<Duration> interval,
        Setting<Duration> timeout,
        Setting<Integer> healthyThreshold,
        Setting<Integer> unhealthyThreshold,
        Setting<Integer> port,
        Setting<Probe> probe) {

    /// Everything as the cloud has it.
    public static HealthCheck unmanaged() {
        return new HealthCheck(
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged());
    }

    /// What one probe is.
    public sealed interface Probe {
        /// A connection that opens; on a UDP pool, the cloud's own way (usually no ICMP refusal).
        record Connect() implements Probe {}

        /// A request and the status codes that pass, as the cloud writes them (`200-399`, `http_2xx`).
        record Http(String method, String host, String path, String codes) implements Probe {}

        /// The standard gRPC health service.
        record Grpc(String service, String codes) implements Probe {}
    }
}
