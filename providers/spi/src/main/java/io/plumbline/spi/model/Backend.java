package io.plumbline.spi.model;

import java.util.Optional;

/// A member of a pool.
///
/// @param weight its share; 0 gets no new connections and keeps those that it has
/// @param registrant the UID of the Pod that the registration belongs to, where that is known. In [Actual] it comes
///     from the target's own label, as [Mark#shortHash(String)], where the cloud has one.
public record Backend(BackendKey key, Setting<Integer> weight, Optional<String> registrant) implements Resource {}
