package io.plumbline.tencent;

import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Setting;

/// What only this cloud's load balancers have.
///
/// @param subnetId of an internal one; another needs a new load balancer
/// @param internetChargeType of a public one; another needs a new load balancer
/// @param initialBandwidth in Mbit/s, by annotation: it counts when the load balancer is made and is refused later
/// @param bandwidth in Mbit/s, by TkeServiceConfig: changes are carried out
/// @param deletionProtection by annotation; it is lifted before the load balancer is deleted
record TencentLoadBalancerOptions(
        Setting<String> subnetId,
        Setting<String> internetChargeType,
        Setting<Integer> initialBandwidth,
        Setting<Integer> bandwidth,
        Setting<Boolean> deletionProtection)
        implements Options {
    /// Everything as the cloud has it.
    static TencentLoadBalancerOptions unmanaged() {
        return new TencentLoadBalancerOptions(
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged());
    }

    /// Those of a load balancer that came from us; of any other none are known.
    static TencentLoadBalancerOptions of(Options options) {
        return options instanceof TencentLoadBalancerOptions ours ? ours : unmanaged();
    }
}
