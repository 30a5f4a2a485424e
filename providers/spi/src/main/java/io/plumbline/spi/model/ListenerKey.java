package io.plumbline.spi.model;

/// Names a listener: protocol and port on a load balancer.
public record ListenerKey(LoadBalancerKey loadBalancer, Transport transport, int port) implements Key {
    public ListenerKey {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port);
        }
    }

    @Override
    public Kind kind() {
        return Kind.LISTENER;
    }

    @Override
    public String text() {
        return loadBalancer.text() + ":" + name();
    }

    /// Whether both cannot be on one load balancer: the same port, and a transport in common.
    public boolean excludes(ListenerKey other) {
        return port == other.port && transport.overlaps(other.transport);
    }

    /// `tcp/80`.
    public String name() {
        return transport.text() + "/" + port;
    }
}
