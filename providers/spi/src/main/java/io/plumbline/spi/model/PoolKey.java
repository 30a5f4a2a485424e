package io.plumbline.spi.model;

import io.plumbline.spi.objects.ObjectKey;

/// Names a pool: the object whose backends it holds, and a name within that object (`tcp/80` for a Service's
/// port).
public record PoolKey(ObjectKey object, String name) implements Key {
    private static final String OF_NODES = "/nodes";

    /// The pool of a Service's port.
    public static PoolKey of(ObjectKey service, Transport transport, int port) {
        return new PoolKey(service, transport.text() + "/" + port);
    }

    /// That of a port whose members are nodes, where a cloud's pool is of Pods or of nodes for ever: while the
    /// members change, both exist.
    public static PoolKey ofNodes(ObjectKey service, Transport transport, int port) {
        return new PoolKey(service, transport.text() + "/" + port + OF_NODES);
    }

    /// Whether both are of the same port of the same object, whatever their members are.
    public boolean isSibling(PoolKey other) {
        return object.equals(other.object) && port().equals(other.port());
    }

    /// Whether both are of the same port number of the same object, whatever their transports.
    public boolean sharesNumber(PoolKey other) {
        return object.equals(other.object) && number().equals(other.number());
    }

    private String number() {
        return port().substring(port().indexOf('/') + 1);
    }

    private String port() {
        return name.endsWith(OF_NODES) ? name.substring(0, name.length() - OF_NODES.length()) : name;
    }

    @Override
    public Kind kind() {
        return Kind.POOL;
    }

    @Override
    public String text() {
        return object.text() + ":" + name;
    }
}
