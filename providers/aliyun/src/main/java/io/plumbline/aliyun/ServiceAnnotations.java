package io.plumbline.aliyun;

import io.plumbline.spi.model.Setting;
import io.plumbline.spi.objects.ServiceView;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A Service's annotations, value by value. An absent one, which an empty one is too, means what `absent` says; one
/// that cannot be read is a complaint, and its setting stays as it is at the cloud.
final class ServiceAnnotations {
    private static final String MEANWHILE = "; until then it stays as it is";

    private final SortedMap<String, String> annotations;
    private final Complaints complaints;

    ServiceAnnotations(ServiceView service, Complaints complaints) {
        this.annotations = service.metadata().annotations();
        this.complaints = complaints;
    }

    /// As it is written; empty where it is absent.
    Optional<String> text(String key) {
        return Optional.ofNullable(annotations.get(written(key))).filter(text -> !text.isEmpty());
    }

    boolean has(String key) {
        return text(key).isPresent();
    }

    /// The key under which the user has written it.
    String written(String key) {
        if (key.contains("/") || key.startsWith("spec.")) {
            return key;
        }
        String alias = Annotations.ALIAS + key;
        boolean first = !annotations.getOrDefault(Annotations.full(key), "").isEmpty();
        return !first && !annotations.getOrDefault(alias, "").isEmpty() ? alias : Annotations.full(key);
    }

    /// @param message a sentence that says what is wrong and what to change
    void complain(String key, String message) {
        complaints.add(written(key), message);
    }

    Setting<Boolean> onOff(String key, boolean absent) {
        return either(key, "on", "off", absent);
    }

    /// @param yes what says so, and `no` what does not
    Setting<Boolean> either(String key, String yes, String no, boolean absent) {
        Setting<String> text = oneOf(key, List.of(yes, no), Setting.managed(absent ? yes : no));
        return Setting.of(text.asOptional().map(yes::equals));
    }

    Setting<String> oneOf(String key, List<String> allowed, Setting<String> absent) {
        return matching(key, allowed::contains, "must be " + String.join(" or ", allowed), absent);
    }

    /// @param rule what a text must look like, in words
    Setting<String> matching(String key, Predicate<String> valid, String rule, Setting<String> absent) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return absent;
        }
        if (!valid.test(text.get())) {
            complain(key, rule + ", not " + quoted(text.get()) + MEANWHILE);
        }
        return Setting.of(text.filter(valid));
    }

    Setting<Integer> whole(String key, int least, int most, Setting<Integer> absent) {
        Setting<String> text = matching(
                key,
                number -> number.matches("[0-9]{1,9}")
                        && Integer.parseInt(number) >= least
                        && Integer.parseInt(number) <= most,
                "must be a whole number from " + least + " to " + most,
                Setting.unmanaged());
        return has(key) ? Setting.of(text.asOptional().map(Integer::valueOf)) : absent;
    }

    /// Pairs `a:b` or `a=b` in a list; a piece that is none is a complaint of its own, and the others
    /// count.
    ///
    /// @param example what a piece looks like
    List<Pair> pairs(String key, char separator, String example) {
        return pieces(key)
                .flatMap(piece -> pair(key, piece, separator, example).stream())
                .toList();
    }

    /// The pieces of a list.
    Stream<String> pieces(String key) {
        return text(key).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(piece -> !piece.isEmpty());
    }

    private Optional<Pair> pair(String key, String piece, char separator, String example) {
        int at = piece.indexOf(separator);
        if (at <= 0 || at == piece.length() - 1) {
            complain(key, "has " + quoted(piece) + ", which should look like " + example + ": correct or remove it");
            return Optional.empty();
        }
        return Optional.of(new Pair(
                piece, piece.substring(0, at).strip(), piece.substring(at + 1).strip()));
    }

    /// One piece of a list.
    ///
    /// @param piece as it was written
    record Pair(String piece, String left, String right) {
        static SortedMap<String, String> byLeft(List<Pair> pairs) {
            TreeMap<String, String> byLeft = new TreeMap<>();
            pairs.forEach(pair -> byLeft.put(pair.left(), pair.right()));
            return byLeft;
        }
    }

    static Optional<Integer> port(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65535
                ? Optional.of(Integer.valueOf(text))
                : Optional.empty();
    }

    static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
