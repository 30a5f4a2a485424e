package io.plumbline.spi.model;

/// Names a member of a pool, for example `default/web:tcp/80/10.0.3.7:80`.
public record BackendKey(PoolKey pool, Address address, int port) implements Key {
    @Override
    public Kind kind() {
        return Kind.BACKEND;
    }

    @Override
    public String text() {
        return pool.text() + "/" + endpoint();
    }

    /// `10.0.3.7:80`, an IPv6 address in brackets.
    public String endpoint() {
        return address.text() + ":" + port;
    }
}
