package io.plumbline.spi.model;

import java.time.Duration;

/// Whether one client stays with one backend, and for how long.
public record Stickiness(Setting<Boolean> enabled, Setting<Duration> duration) {
    /// As the cloud has it.
    public static Stickiness unmanaged() {
        return new Stickiness(Setting.unmanaged(), Setting.unmanaged());
    }
}
