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

    /// `tcp/80`.
    public String name() {
        return transport.text() + "/" + port;
    }
}
