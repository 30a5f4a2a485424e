package io.plumbline.spi.model;

import io.plumbline.spi.objects.ObjectKey;

/// Names a pool: the object whose backends it holds, and a name within that object (`tcp/80` for a Service's
/// port).
public record PoolKey(ObjectKey object, String name) implements Key {
    /// The pool of a Service's port.
    public static PoolKey of(ObjectKey service, Transport transport, int port) {
        return new PoolKey(service, transport.text() + "/" + port);
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
