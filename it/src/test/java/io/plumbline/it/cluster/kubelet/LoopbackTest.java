package io.plumbline.it.cluster.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LoopbackTest {

    @ParameterizedTest
    @CsvSource({"10.244.3.7, 127.44.3.7", "10.0.0.2, 127.10.0.2", "10.0.1.2, 127.10.1.2", "127.200.1.9, 127.200.1.9"})
    void clusterAddressHasItsPlace(String address, String host) {
        assertThat(Loopback.place(address, 8080)).hasValueSatisfying(place -> {
            assertThat(place.getHostString()).isEqualTo(host);
            assertThat(place.getPort()).isEqualTo(8080);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.0.2", "10.96.0.1", "127.0.0.1", "8.8.8.8", "web.svc", "fd00::1"})
    void anyOtherAddressIsNowhere(String address) {
        assertThat(Loopback.place(address, 8080)).isEmpty();
    }

    @Test
    void lowPortIsItselfOrTwentyThousandHigher() {
        assertThat(Loopback.port(80)).isIn(80, 20_080);
    }
}
