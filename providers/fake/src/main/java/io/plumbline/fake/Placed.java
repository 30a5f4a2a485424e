package io.plumbline.fake;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// Lists whose elements have a name, changed by copying.
final class Placed {
    private Placed() {}

    /// With `element` in the place of the one of its name, or at the end.
    static <T> List<T> put(List<T> elements, T element, Function<T, String> name) {
        String its = name.apply(element);
        return elements.stream().anyMatch(other -> name.apply(other).equals(its))
                ? elements.stream()
                        .map(other -> name.apply(other).equals(its) ? element : other)
                        .toList()
                : Stream.concat(elements.stream(), Stream.of(element)).toList();
    }

    static <T> List<T> drop(List<T> elements, String name, Function<T, String> nameOf) {
        return elements.stream()
                .filter(other -> !nameOf.apply(other).equals(name))
                .toList();
    }
}
