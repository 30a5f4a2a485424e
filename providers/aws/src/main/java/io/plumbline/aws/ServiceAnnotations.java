package io.plumbline.aws;

import io.plumbline.aws.AttributeText.Rule;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.objects.ServiceView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A Service's annotations, value by value. Each value that cannot be read is a complaint, under the key as it was
/// written.
final class ServiceAnnotations {
    private final ServiceView service;
    private final Complaints complaints;

    ServiceAnnotations(ServiceView service, Complaints complaints) {
        this.service = service;
        this.complaints = complaints;
    }

    /// A key as it was written, and its value.
    private record Written(String key, String text) {}

    ServiceView service() {
        return service;
    }

    boolean has(String name) {
        return written(name).isPresent();
    }

    Optional<String> value(String name) {
        return written(name).map(Written::text);
    }

    /// @param rule what must be, in words
    /// @param meanwhile what counts until it is mended
    Setting<String> text(String name, Predicate<String> valid, String rule, String meanwhile) {
        Optional<String> text = value(name);
        text.filter(Predicate.not(valid)).ifPresent(wrong -> refuse(name, rule, wrong, meanwhile));
        return Setting.of(text.filter(valid));
    }

    Setting<String> oneOf(String name, List<String> allowed, String meanwhile) {
        return text(name, allowed::contains, "must be " + String.join(" or ", allowed), meanwhile);
    }

    /// Empty where it is not written, or cannot be read.
    Optional<Boolean> bool(String name, String meanwhile) {
        return text(
                        name,
                        value -> value.equals("true") || value.equals("false"),
                        "must be \"true\" or \"false\"",
                        meanwhile)
                .asOptional()
                .map(Boolean::valueOf);
    }

    Setting<Integer> number(String name, int least, int most, String meanwhile) {
        Rule rule = Rule.number(least, most);
        return Setting.of(text(name, rule.allows(), "must be " + rule.words(), meanwhile)
                .asOptional()
                .map(Integer::valueOf));
    }

    /// The entries in their order. One that cannot be read spoils the whole list.
    Setting<List<String>> list(String name, Predicate<String> valid, String rule, String meanwhile) {
        return Setting.of(text(
                        name,
                        text -> !entries(text).isEmpty()
                                && entries(text).stream().allMatch(valid),
                        rule,
                        meanwhile)
                .asOptional()
                .map(ServiceAnnotations::entries));
    }

    /// `key=value,key=value`. One that cannot be read spoils the whole list.
    Setting<SortedMap<String, String>> pairs(String name, String meanwhile) {
        return Setting.of(
                list(name, entry -> entry.indexOf('=') > 0, "must be a list like key=value,key=value", meanwhile)
                        .asOptional()
                        .map(ServiceAnnotations::map));
    }

    /// Attributes; one that is not known or whose value is wrong spoils itself only.
    SortedMap<String, String> attributes(String name, SortedMap<String, Rule> rules) {
        SortedMap<String, String> attributes = new TreeMap<>();
        pairs(name, "until then attributes stay as they are")
                .asOptional()
                .orElseGet(TreeMap::new)
                .forEach((key, value) -> {
                    Optional<Rule> rule = Optional.ofNullable(rules.get(key));
                    if (rule.isEmpty()) {
                        complain(
                                name,
                                "has an unknown attribute \"" + key + "\", which has no effect; known are "
                                        + String.join(", ", rules.keySet()));
                    } else if (rule.get().allows().test(value)) {
                        attributes.put(key, value);
                    } else {
                        refuse(name, key + " must be " + rule.get().words(), value, "until then it stays as it is");
                    }
                });
        return attributes;
    }

    void complain(String name, String message) {
        complaints.add(written(name).map(Written::key).orElse(name), message);
    }

    /// Of something that is no annotation.
    void complainOf(String field, String message) {
        complaints.add(field, message);
    }

    private void refuse(String name, String rule, String wrong, String meanwhile) {
        complain(name, rule + ", not \"" + wrong + "\"; " + meanwhile);
    }

    static List<String> entries(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::trim)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    private static SortedMap<String, String> map(List<String> entries) {
        TreeMap<String, String> map = new TreeMap<>();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            map.put(
                    entry.substring(0, equals).trim(),
                    entry.substring(equals + 1).trim());
        }
        return map;
    }

    /// Keys of this kind that are written, without the common part: those of `listener-attributes.` are `TCP-80`.
    List<String> suffixes(String name) {
        List<String> suffixes = new ArrayList<>();
        for (String key : service.metadata().annotations().keySet()) {
            Stream.of(Annotations.BETA + name, Annotations.STABLE + name)
                    .filter(key::startsWith)
                    .map(prefix -> key.substring(prefix.length()))
                    .filter(suffix -> !suffixes.contains(suffix))
                    .forEach(suffixes::add);
        }
        return suffixes.stream().sorted().toList();
    }

    /// The first prefix wins.
    private Optional<Written> written(String name) {
        return Stream.of(Annotations.BETA + name, Annotations.STABLE + name)
                .flatMap(key ->
                        Optional.ofNullable(service.metadata().annotations().get(key))
                                .map(text -> new Written(key, text.trim()))
                                .stream())
                .findFirst();
    }
}
