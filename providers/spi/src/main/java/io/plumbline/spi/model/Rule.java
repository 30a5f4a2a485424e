package io.plumbline.spi.model;

/// A rule of a layer 7 listener.
///
/// @param pathMatch how `key.path` is compared
/// @param priority the lower is tried first
public record Rule(RuleKey key, PathMatch pathMatch, int priority, RuleAction action, Options options)
        implements Resource {
    /// Kubernetes' path types, and what some clouds have instead of them.
    public enum PathMatch {
        EXACT,
        PREFIX_BY_ELEMENT,
        PREFIX_BY_CHARACTER,
        REGULAR_EXPRESSION
    }
}
