package io.plumbline.aws;

import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Setting;
import java.util.SortedMap;

/// What only this cloud's target groups have.
///
/// @param protocol `TCP`, `TLS`, `UDP` or `TCP_UDP`; never changes
/// @param ipAddressType family of the targets' addresses, `ipv4` or `ipv6`
/// @param checkPort `traffic-port` or a number
/// @param checkTls a probe by HTTP goes over TLS
/// @param leftover a target group of the other kind ([GroupKind]) is left over from a change of targets
/// @param tags beside our own
record AwsPoolOptions(
        Setting<String> protocol,
        Setting<String> ipAddressType,
        Setting<String> checkPort,
        Setting<Boolean> checkTls,
        Setting<Boolean> leftover,
        Setting<SortedMap<String, String>> tags,
        TargetGroupAttributes attributes)
        implements Options {
    static final String TRAFFIC_PORT = "traffic-port";

    /// Everything as the cloud has it.
    static AwsPoolOptions unmanaged() {
        return new AwsPoolOptions(
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                TargetGroupAttributes.unmanaged());
    }

    /// Those of a pool that came from us; of any other none are known.
    static AwsPoolOptions of(Options options) {
        return options instanceof AwsPoolOptions ours ? ours : unmanaged();
    }
}
