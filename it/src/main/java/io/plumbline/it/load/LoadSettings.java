package io.plumbline.it.load;

import java.net.InetSocketAddress;
import java.time.Duration;

/// What to send.
///
/// @param target on loopback; anything else is refused
/// @param requestsPerSecond offered, whatever the answers
/// @param slowEvery every so-manieth request takes [#SLOW]; 0 for none
public record LoadSettings(InetSocketAddress target, int requestsPerSecond, int slowEvery) {
    /// How long a slow request takes at the server.
    public static final Duration SLOW = Duration.ofSeconds(2);

    /// A request that takes longer has failed.
    public static final Duration TIMEOUT = Duration.ofSeconds(5);

    /// More than this is refused: the laboratory shares its machine.
    public static final int HIGHEST_RATE = 2_000;

    public LoadSettings {
        if (!target.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("load is sent on loopback only, not to " + target);
        }
        if (requestsPerSecond < 1 || requestsPerSecond > HIGHEST_RATE) {
            throw new IllegalArgumentException("between 1 and " + HIGHEST_RATE + " requests a second");
        }
    }
}
