package io.plumbline.spi;

import java.util.Optional;
import java.util.function.Function;

/// What a question to a cloud brought.
public sealed interface Answer<T> {
    /// The answer.
    record Got<T>(T value) implements Answer<T> {}

    /// None, and why; it says nothing about what is there.
    record Missed<T>(Outcome.Failure failure) implements Answer<T> {}

    default <R> Answer<R> map(Function<? super T, ? extends R> function) {
        return switch (this) {
            case Got<T>(T value) -> new Got<>(function.apply(value));
            case Missed<T>(Outcome.Failure failure) -> new Missed<>(failure);
        };
    }

    default Optional<T> asOptional() {
        return switch (this) {
            case Got<T>(T value) -> Optional.of(value);
            case Missed<T>(Outcome.Failure failure) -> Optional.empty();
        };
    }
}
