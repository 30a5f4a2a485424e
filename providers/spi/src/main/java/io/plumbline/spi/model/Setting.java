package io.plumbline.spi.model;

import java.util.Optional;

/// A setting that somebody asked for, or one that is left as the cloud has it.
public sealed interface Setting<T> {
    /// Kept at `value`.
    record Managed<T>(T value) implements Setting<T> {}

    /// Left alone: at creation the cloud's default, afterwards whatever is there.
    record Unmanaged<T>() implements Setting<T> {}

    static <T> Setting<T> managed(T value) {
        return new Managed<>(value);
    }

    static <T> Setting<T> unmanaged() {
        return new Unmanaged<>();
    }

    static <T> Setting<T> of(Optional<T> value) {
        return value.<Setting<T>>map(Managed::new).orElseGet(Unmanaged::new);
    }

    /// The value that is asked for, if one is.
    default Optional<T> asOptional() {
        return switch (this) {
            case Managed<T>(T value) -> Optional.of(value);
            case Unmanaged<T>() -> Optional.empty();
        };
    }

    /// This one where it is managed, else `other`.
    default Setting<T> or(Setting<T> other) {
        return switch (this) {
            case Managed<T> managed -> managed;
            case Unmanaged<T> unmanaged -> other;
        };
    }
}
