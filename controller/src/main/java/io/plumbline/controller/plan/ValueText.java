package io.plumbline.controller.plan;

import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Key;
import io.plumbline.spi.model.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Values as plans print them.
final class ValueText {
    private ValueText() {}

    static String of(Object value) {
        return switch (value) {
            case Setting.Managed<?>(Object managed) -> of(managed);
            case Setting.Unmanaged<?> unmanaged -> "unset";
            case Optional<?> optional -> optional.map(ValueText::of).orElse("none");
            case Duration duration -> duration(duration);
            case Key key -> key.text();
            case Address address -> address.text();
            case List<?> list -> list.stream().map(ValueText::of).collect(Collectors.joining(", ", "[", "]"));
            case String text -> text.isEmpty() ? "\"\"" : text;
            case Record simple
            when simple.getClass().getRecordComponents().length == 0 ->
                simple.getClass().getSimpleName();
            default -> value.toString();
        };
    }

    private static String duration(Duration duration) {
        return duration.toMillisPart() == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
