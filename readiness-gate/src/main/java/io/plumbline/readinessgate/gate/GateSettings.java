package io.plumbline.readinessgate.gate;

import io.plumbline.spi.objects.PodView;
import java.time.Duration;
import java.util.List;

/// How gates are decided.
///
/// @param nativeTypes condition types that Pods may already carry, from [io.plumbline.spi.Capabilities];
///     `<service>` stands for a Service's name, `<name>` for any
/// @param settle how long a Pod with ready containers must be without a place in any pool before its gate
///     opens for want of one
/// @param deadline how long a Pod with ready containers may wait before it is reported
public record GateSettings(List<String> nativeTypes, Duration settle, Duration deadline, AtDeadline atDeadline) {
    /// Our condition type.
    public static final String TYPE = PodView.Gate.OURS;

    public static final Duration SETTLE = Duration.ofSeconds(30);
    public static final Duration DEADLINE = Duration.ofMinutes(10);

    public GateSettings {
        nativeTypes = List.copyOf(nativeTypes);
    }

    /// The numbers of the documentation; gates stay closed at the deadline.
    public static GateSettings usual(List<String> nativeTypes) {
        return new GateSettings(nativeTypes, SETTLE, DEADLINE, AtDeadline.STAY_CLOSED);
    }

    /// What happens to a gate at its deadline.
    public enum AtDeadline {
        /// It stays closed, and opens as soon as the load balancer says healthy.
        STAY_CLOSED,
        /// It opens: availability is preferred to certainty.
        OPEN
    }
}
