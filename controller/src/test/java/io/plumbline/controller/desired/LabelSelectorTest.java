package io.plumbline.controller.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Label selectors, against the labels `a=1,b=2,empty=`.
class LabelSelectorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''               | true",
                "a=1              | true",
                "a==1,b=2         | true",
                "a=2              | false",
                "a!=2             | true",
                "absent!=2        | true",
                "a in (1,3),b     | true",
                "a in (2, 3)      | false",
                "a notin (2)      | true",
                "absent notin (2) | true",
                "a notin (1)      | false",
                "b                | true",
                "absent           | false",
                "!absent          | true",
                "!a               | false",
                "empty=           | true",
                "node.kubernetes.io/role = x | false",
            })
    void selectsAsKubernetesDoes(String selector, boolean expected) {
        TreeMap<String, String> labels = new TreeMap<>(Map.of("a", "1", "b", "2", "empty", ""));

        assertThat(LabelSelector.parse(selector))
                .hasValueSatisfying(parsed -> assertThat(parsed.selects(labels)).isEqualTo(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a in 1", "a=1,,b=2", "= 1", "a in (1", "a b"})
    void whatCannotBeReadIsNoSelector(String selector) {
        assertThat(LabelSelector.parse(selector)).isEmpty();
    }
}
