package io.plumbline.controller.desired;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Address ranges.
class CidrTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/16, 10.0.255.255, true",
        "10.0.0.0/16, 10.1.0.0, false",
        "0.0.0.0/0, 192.0.2.1, true",
        "192.0.2.1/32, 192.0.2.1, true",
        "192.0.2.1/32, 192.0.2.2, false",
        "fd00::/64, fd00::1, true",
        "fd00::/64, fd00:0:0:1::1, false",
        "::/0, 10.0.0.1, false",
        "10.0.0.0/8, no address, false",
    })
    void containsWhatSharesItsPrefix(String range, String address, boolean expected) {
        assertThat(Cidr.parse(range).orElseThrow().contains(address)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "10.0.0/8/8", "example.com/8", "/8", ""})
    void whatIsNoRangeIsNone(String text) {
        assertThat(Cidr.parse(text)).isEmpty();
    }
}
