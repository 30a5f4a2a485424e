package io.plumbline.spi.model;

/// A load balancer without its listeners.
public record LoadBalancer(
        LoadBalancerKey key, Setting<Scheme> scheme, Setting<AddressFamily> addressFamily, Options options)
        implements Resource {

    /// Who can reach it.
    public enum Scheme {
        INTERNET,
        INTERNAL
    }

    /// The address family that clients use.
    public enum AddressFamily {
        IPV4,
        IPV6,
        DUAL_STACK
    }
}
