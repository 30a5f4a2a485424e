package io.plumbline.it.clouds.aliyun;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a listener speaks.
enum Protocol {
    TCP,
    UDP,
    HTTP,
    HTTPS;

    /// `tcp`, `udp`, `http`, `https`
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Protocol> of(String wireName) {
        return Arrays.stream(values())
                .filter(protocol -> protocol.wireName().equals(wireName.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    boolean isLayer7() {
        return this == HTTP || this == HTTPS;
    }

    /// Whether both may listen on one port: UDP beside any other.
    boolean mayShareItsPortWith(Protocol other) {
        return (this == UDP) != (other == UDP);
    }
}
