package io.plumbline.it.cluster.kubelet;

import java.time.Instant;

/// The state that all containers of a Pod share here.
sealed interface ContainerState {

    /// Not started, or ended and to be started again.
    record Waiting(String reason) implements ContainerState {}

    record Running(Instant since) implements ContainerState {}

    /// Ended for good.
    record Terminated(int exitCode, String reason, Instant at) implements ContainerState {}
}
