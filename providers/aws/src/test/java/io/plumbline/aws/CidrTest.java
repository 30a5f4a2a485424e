package io.plumbline.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/8, 10.0.0.0/8",
        "0.0.0.0/0, 0.0.0.0/0",
        "192.168.1.255/31, 192.168.1.254/31",
        "2001:DB8:0:0:0:0:0:1/64, 2001:db8::/64",
        "::/0, ::/0",
        "fd00:0:0:1::1/128, fd00:0:0:1::1/128",
    })
    void itIsShownAsTheCloudShowsIt(String written, String shown) {
        assertThat(Cidr.canonical(written)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "10.0.0/8", "host/8", "::/129", "10.0.0.256/8", ""})
    void whatIsNoneIsNone(String text) {
        assertThat(Cidr.isOne(text)).isFalse();
    }

    @Test
    void itContainsItsAddresses() {
        assertThat(Cidr.contains("10.64.0.0/10", "10.100.1.1")).isTrue();
        assertThat(Cidr.contains("10.64.0.0/10", "10.128.0.1")).isFalse();
    }
}
