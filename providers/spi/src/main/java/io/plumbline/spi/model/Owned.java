package io.plumbline.spi.model;

import io.plumbline.spi.objects.ObjectKey;

/// A resource that carries our full mark. It can be made by [Ownership] only, which compares the marks. Two are equal
/// where their values are.
public final class Owned<T> implements Ownership<T> {
    private final T value;
    private final ObjectKey object;

    Owned(T value, ObjectKey object) {
        this.value = value;
        this.object = object;
    }

    /// Whose it is by its mark, or by the mark of what it is a part of.
    public ObjectKey object() {
        return object;
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
