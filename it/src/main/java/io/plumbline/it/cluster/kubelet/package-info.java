/// Simulated nodes and the small kubelet: each Pod bound to such a node becomes real HTTP and UDP servers on
/// loopback.
///
/// Input: Pods from the API server. Output: their status, and traffic answered. Status is decided by pure functions
/// ([PodReport]); sockets belong to one selector loop ([PodServers]). Must not: listen outside 127/8, or touch Pods
/// of nodes that are not ours.
@NullMarked
package io.plumbline.it.cluster.kubelet;

import org.jspecify.annotations.NullMarked;
