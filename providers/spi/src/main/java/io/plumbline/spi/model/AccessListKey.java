package io.plumbline.spi.model;

/// Names an access list, which several listeners and load balancers may share.
public record AccessListKey(String name) implements Key {
    @Override
    public Kind kind() {
        return Kind.ACCESS_LIST;
    }

    @Override
    public String text() {
        return name;
    }
}
