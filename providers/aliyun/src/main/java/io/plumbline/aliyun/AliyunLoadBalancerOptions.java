package io.plumbline.aliyun;

import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Setting;

/// What only this cloud's load balancers have.
///
/// @param instanceChargeType `PayByCLCU` or `PayBySpec`
/// @param spec of one that is paid by it
/// @param internetChargeType of a public one
/// @param bandwidth in Mbit/s, of a public one that is paid by it
/// @param deletionProtection ours: lifted before it is deleted
/// @param modificationProtection against changes in the console
/// @param tags those that an annotation lists, beside our mark
/// @param placement where it was made
record AliyunLoadBalancerOptions(
        Setting<String> name,
        Setting<String> instanceChargeType,
        Setting<String> spec,
        Setting<String> internetChargeType,
        Setting<Integer> bandwidth,
        Setting<Boolean> deletionProtection,
        Setting<Boolean> modificationProtection,
        Setting<Pairs> tags,
        Placement placement)
        implements Options {
    /// Everything as the cloud has it.
    static AliyunLoadBalancerOptions unmanaged() {
        return new AliyunLoadBalancerOptions(
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Placement.unmanaged());
    }

    /// Those of a load balancer that came from us; of any other none are known.
    static AliyunLoadBalancerOptions of(Options options) {
        return options instanceof AliyunLoadBalancerOptions ours ? ours : unmanaged();
    }

    /// Where a load balancer stands: chosen when it is made, never changed.
    ///
    /// @param vSwitchId of an internal one
    /// @param address of an internal one, within its vSwitch
    record Placement(
            Setting<String> networkType,
            Setting<String> vSwitchId,
            Setting<String> address,
            Setting<String> masterZoneId,
            Setting<String> slaveZoneId,
            Setting<String> resourceGroupId) {
        static Placement unmanaged() {
            return new Placement(
                    Setting.unmanaged(),
                    Setting.unmanaged(),
                    Setting.unmanaged(),
                    Setting.unmanaged(),
                    Setting.unmanaged(),
                    Setting.unmanaged());
        }
    }
}
