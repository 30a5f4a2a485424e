package io.plumbline.controller.desired;

import io.plumbline.controller.snapshot.ClusterSnapshot;
import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Dialect;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Problem;
import java.util.List;

/// What is wanted of one load balancer, or what stands in the way.
public sealed interface DesiredState {
    /// This is wanted; what is not valid has been left out and is a problem in it.
    record Valid(Desired desired) implements DesiredState {}

    /// Nobody takes part in it whom we may serve. Without a problem there is nobody at all.
    record Invalid(List<Problem> problems) implements DesiredState {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }

    /// Merges what every claimant of the snapshot's key wants. Pure.
    static DesiredState from(ClusterSnapshot snapshot, Dialect dialect, Capabilities capabilities, Settings settings) {
        return Merge.of(snapshot, new Context(dialect, capabilities, settings));
    }

    /// What everything here is decided by, beside the snapshot.
    record Context(Dialect dialect, Capabilities capabilities, Settings settings) {}
}
