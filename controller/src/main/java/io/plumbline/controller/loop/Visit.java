package io.plumbline.controller.loop;

import java.time.Duration;

/// When a load balancer wants to be visited again.
public sealed interface Visit {
    /// Nothing is wrong.
    ///
    /// @param after the next visit, if no event comes earlier
    record Again(Duration after) implements Visit {}

    /// Something failed: the queue doubles the wait at each failure in a row.
    ///
    /// @param atLeast how long the other side asked us to stay away
    record Failed(Duration atLeast, String why) implements Visit {}

    /// Nothing is left to do for this key, ever, unless an event comes.
    record Finished() implements Visit {}
}
