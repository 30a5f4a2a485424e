package io.plumbline.spi.model;

import java.util.Locale;

/// The protocols of one port; [#TCP_UDP] is one listener for both.
public enum Transport {
    TCP,
    UDP,
    TCP_UDP;

    /// As keys print it: `tcp`, `udp`, `tcp_udp`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether a listener of this and one of `other` cannot share a port.
    public boolean overlaps(Transport other) {
        return this == other || this == TCP_UDP || other == TCP_UDP;
    }
}
