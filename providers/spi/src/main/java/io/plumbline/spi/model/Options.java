package io.plumbline.spi.model;

/// Settings that only one cloud has. A provider implements it by records whose components are [Setting]s; the core
/// carries and compares them, component by component, without knowing what they mean.
public interface Options {
    /// For a cloud that adds no setting to a resource.
    record None() implements Options {}
}
