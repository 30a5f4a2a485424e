package io.plumbline.readinessgate.watch;

import io.plumbline.readinessgate.gate.GatePatch;
import io.plumbline.spi.objects.PodView;
import java.time.Instant;

/// What is written about Pods.
public interface PodWrites {
    /// Writes conditions into a Pod's status, once, without retries.
    ///
    /// @param now for `lastTransitionTime`
    Written patch(GatePatch patch, Instant now);

    /// Tells the Pod's user something, as an event of type Warning. One that cannot be written (its
    /// namespace may be terminating) is dropped.
    void warn(PodView pod, String reason, String message, Instant now);

    /// What became of a patch.
    sealed interface Written {
        record Done() implements Written {}

        /// The Pod is gone, or another one has its name.
        record Replaced() implements Written {}

        /// The Pod has changed since; look again.
        record Stale() implements Written {}

        record Failed(String why) implements Written {}
    }
}
