package io.plumbline.it.cluster.nodeproxy;

import java.util.List;

/// What is done at a [Place].
sealed interface Rule {
    /// New connections go to one of these; never empty.
    record Forward(List<Target> targets) implements Rule {
        public Forward {
            targets = List.copyOf(targets);
            if (targets.isEmpty()) {
                throw new IllegalArgumentException("nobody to forward to");
            }
        }
    }

    /// A Service's health check is answered.
    ///
    /// @param localEndpoints ready ones on this node
    record Health(String namespace, String service, int localEndpoints) implements Rule {}

    /// An endpoint's address in the cluster.
    record Target(String address, int port) {}
}
