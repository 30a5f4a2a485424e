package io.plumbline.readinessgate.webhook;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A Pod that is about to be created, as far as the webhook looks at it.
///
/// @param name empty where the API server is still to make one up
/// @param gates condition types of `spec.readinessGates`; empty where the field is missing
/// @param graceSeconds `spec.terminationGracePeriodSeconds`
public record IncomingPod(
        String namespace,
        String name,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        Optional<List<String>> gates,
        Optional<Long> graceSeconds,
        List<Container> containers) {
    public IncomingPod {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        gates = gates.map(List::copyOf);
        containers = List.copyOf(containers);
    }

    /// One of `spec.containers`.
    public record Container(String name, Lifecycle lifecycle) {}

    /// What a container's `lifecycle` holds.
    public enum Lifecycle {
        ABSENT,
        WITHOUT_PRE_STOP,
        WITH_PRE_STOP
    }
}
