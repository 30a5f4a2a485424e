package io.plumbline.aliyun;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One object within a reply, as the tree that JSON gives. Every field may be missing.
record Fields(Map<?, ?> values) {
    /// Empty where it is missing or says nothing.
    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(String::valueOf).filter(text -> !text.isEmpty());
    }

    String textOrNone(String name) {
        return text(name).orElse("");
    }

    Optional<Integer> whole(String name) {
        return Optional.ofNullable(values.get(name)).flatMap(Fields::number);
    }

    /// `on` or `off`.
    Optional<Boolean> onOff(String name) {
        return text(name).map("on"::equalsIgnoreCase);
    }

    /// `true` or `false`, as text or not.
    Optional<Boolean> bool(String name) {
        return text(name).map(Boolean::valueOf);
    }

    Fields object(String name) {
        return values.get(name) instanceof Map<?, ?> map ? new Fields(map) : new Fields(Map.of());
    }

    /// The objects of a list; empty where there is no list, which is not the same as one without entries.
    Optional<List<Fields>> list(String name) {
        return Optional.ofNullable(elements(values.get(name))).map(Fields::objects);
    }

    /// A list within the object that this API puts around it.
    Optional<List<Fields>> list(String outer, String inner) {
        return object(outer).list(inner);
    }

    List<String> texts(String name) {
        List<?> list = elements(values.get(name));
        return list == null ? List.of() : list.stream().map(String::valueOf).toList();
    }

    private static @Nullable List<?> elements(@Nullable Object value) {
        return value instanceof List<?> list ? list : null;
    }

    private static List<Fields> objects(List<?> list) {
        List<Fields> objects = new ArrayList<>();
        for (Object element : list) {
            if (element instanceof Map<?, ?> map) {
                objects.add(new Fields(map));
            }
        }
        return objects;
    }

    private static Optional<Integer> number(Object value) {
        if (value instanceof Number number) {
            return Optional.of(number.intValue());
        }
        String text = String.valueOf(value);
        return text.matches("-?[0-9]{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
