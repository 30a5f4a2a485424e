package io.plumbline.controller.loop;

import io.plumbline.controller.desired.Settings;
import io.plumbline.controller.plan.Mode;
import java.time.Duration;

/// How a controller is run.
///
/// @param settings what is ours and how it is named
/// @param mode how much it may do
/// @param lease the election of a leader
/// @param workers load balancers that are worked on at the same time
/// @param replacementGrace how long a replaced load balancer stays after another one's address was published
public record ControllerOptions(
        Settings settings, Mode mode, LeaseOptions lease, int workers, Duration replacementGrace) {
    /// Replaced load balancers stay for 10 minutes.
    public ControllerOptions(Settings settings, Mode mode, LeaseOptions lease, int workers) {
        this(settings, mode, lease, workers, Duration.ofMinutes(10));
    }

    /// @param namespace of the Lease
    /// @param name of the Lease
    /// @param identity of this process, another one for each start
    /// @param duration after which a silent leader is replaced
    /// @param renewDeadline after which a leader that could not renew stops; shorter than `duration`
    /// @param retryPeriod between attempts
    public record LeaseOptions(
            String namespace,
            String name,
            String identity,
            Duration duration,
            Duration renewDeadline,
            Duration retryPeriod) {}
}
