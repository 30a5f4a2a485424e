package io.plumbline.tencent;

import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Setting;

/// What only this cloud's health checks have.
///
/// @param healthCheckSource where probes come from: 0 the load balancer's own address, 1 the range 100.64.0.0/10
record TencentPoolOptions(Setting<Integer> healthCheckSource) implements Options {
    /// Everything as the cloud has it.
    static TencentPoolOptions unmanaged() {
        return new TencentPoolOptions(Setting.unmanaged());
    }

    /// Those of a pool that came from us; of any other none are known.
    static TencentPoolOptions of(Options options) {
        return options instanceof TencentPoolOptions ours ? ours : unmanaged();
    }
}
