package io.plumbline.spi.model;

/// A resource that carries our full mark. It can be made by [Ownership] only, which compares the marks.
public final class Owned<T> implements Ownership<T> {
    private final T value;

    Owned(T value) {
        this.value = value;
    }

    @Override
    public T value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Owned<?> owned && owned.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "Owned[" + value + "]";
    }
}
