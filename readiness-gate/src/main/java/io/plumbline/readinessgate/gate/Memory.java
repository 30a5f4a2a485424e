package io.plumbline.readinessgate.gate;

import io.plumbline.spi.PodRegistrations.Standing;
import io.plumbline.spi.objects.PodView;
import java.time.Instant;
import java.util.Optional;

/// What is remembered of one waiting Pod (by UID) in this lease term. A new term begins with nothing, so
/// all waits begin anew.
///
/// @param readySince when it was first seen with its containers ready
/// @param placelessSince when it was first seen so and without a place in any pool
/// @param deadlineTold its user knows that it waits too long
public record Memory(Optional<Instant> readySince, Optional<Instant> placelessSince, boolean deadlineTold) {
    public static Memory none() {
        return new Memory(Optional.empty(), Optional.empty(), false);
    }

    /// This memory after one more look.
    public Memory seeing(PodView pod, Standing standing, Instant now) {
        if (!pod.containersReady()) {
            return new Memory(Optional.empty(), Optional.empty(), deadlineTold);
        }
        Optional<Instant> placeless =
                standing.registrations().isEmpty() ? Optional.of(placelessSince.orElse(now)) : Optional.empty();
        return new Memory(Optional.of(readySince.orElse(now)), placeless, deadlineTold);
    }

    public Memory told() {
        return new Memory(readySince, placelessSince, true);
    }
}
