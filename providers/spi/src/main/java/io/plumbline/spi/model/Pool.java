package io.plumbline.spi.model;

/// A set of backends that share a health check, without its members.
///
/// @param targets whether its members are Pods or nodes
public record Pool(
        PoolKey key,
        Transport transport,
        Targets targets,
        HealthCheck healthCheck,
        Stickiness stickiness,
        Setting<Scheduling> scheduling,
        Options options)
        implements Resource {

    /// What the members are.
    public enum Targets {
        PODS,
        NODES
    }

    /// How traffic is spread.
    public enum Scheduling {
        WEIGHTED_ROUND_ROBIN,
        LEAST_CONNECTIONS,
        SOURCE_HASH
    }
}
