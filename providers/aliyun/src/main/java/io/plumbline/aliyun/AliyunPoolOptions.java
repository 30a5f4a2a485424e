package io.plumbline.aliyun;

import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Setting;

/// What only this cloud's pools have.
///
/// @param scheduler the cloud's own name of it
/// @param totalWeight what all members weigh together; [Normalize] spreads it over them
record AliyunPoolOptions(Setting<String> scheduler, Setting<Integer> totalWeight) implements Options {
    /// Everything as the cloud has it.
    static AliyunPoolOptions unmanaged() {
        return new AliyunPoolOptions(Setting.unmanaged(), Setting.unmanaged());
    }

    /// Those of a pool that came from us; of any other none are known.
    static AliyunPoolOptions of(Options options) {
        return options instanceof AliyunPoolOptions ours ? ours : unmanaged();
    }
}
