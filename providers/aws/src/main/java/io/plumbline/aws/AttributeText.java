package io.plumbline.aws;

import io.plumbline.spi.model.Setting;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What the attributes of load balancers, target groups and listeners have in common: names and values are texts.
final class AttributeText {
    private AttributeText() {}

    static final Rule BOOLEAN = Rule.oneOf("true", "false");

    /// What a value must be.
    ///
    /// @param words after "must be"
    record Rule(Predicate<String> allows, String words) {
        static Rule oneOf(String... values) {
            return new Rule(List.of(values)::contains, String.join(" or ", values));
        }

        static Rule number(int least, int most) {
            return new Rule(
                    text -> text.matches("[0-9]{1,7}")
                            && Integer.parseInt(text) >= least
                            && Integer.parseInt(text) <= most,
                    "a whole number from " + least + " to " + most);
        }

        /// A number, or `off`.
        static Rule numberOrOff(int least, int most) {
            Rule number = number(least, most);
            return new Rule(text -> text.equals("off") || number.allows().test(text), "off or " + number.words());
        }
    }

    static void put(SortedMap<String, String> values, String key, Setting<String> setting) {
        setting.asOptional().ifPresent(value -> values.put(key, value));
    }

    /// Those of `wanted` that `present` does not have already.
    static SortedMap<String, String> missing(SortedMap<String, String> wanted, SortedMap<String, String> present) {
        TreeMap<String, String> missing = new TreeMap<>(wanted);
        missing.entrySet().removeIf(entry -> entry.getValue().equals(present.get(entry.getKey())));
        return missing;
    }
}
