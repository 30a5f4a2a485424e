package io.plumbline.tencent;

import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Setting;

/// What only this cloud's listeners have.
///
/// @param listenerName what follows our mark in the listener's name
record TencentListenerOptions(Setting<String> listenerName) implements Options {
    /// Everything as the cloud has it.
    static TencentListenerOptions unmanaged() {
        return new TencentListenerOptions(Setting.unmanaged());
    }

    /// Those of a listener that came from us; of any other none are known.
    static TencentListenerOptions of(Options options) {
        return options instanceof TencentListenerOptions ours ? ours : unmanaged();
    }
}
