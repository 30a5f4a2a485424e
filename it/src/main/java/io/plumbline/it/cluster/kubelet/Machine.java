package io.plumbline.it.cluster.kubelet;

import java.util.Optional;

/// A simulated node's machine.
///
/// @param name the Node's
/// @param address InternalIP, 10.0.a.n
/// @param providerId `spec.providerID`
public record Machine(String name, String address, Optional<String> providerId) {}
