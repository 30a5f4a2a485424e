package io.plumbline.it.virtual;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What goes wrong with the controller's writes to the cluster, by their number since the start.
public final class WriteFaults {
    private final SortedMap<Integer, Effect> byNumber = new TreeMap<>();
    private int writes;

    /// What happens to a write.
    public enum Effect {
        CRASH_BEFORE,
        CRASH_AFTER,
        /// Refused: somebody else has changed the object meanwhile.
        CONFLICT,
        /// Done, and the answer is lost.
        LOSE_REPLY
    }

    /// @param number 1 for the next write
    public void at(int number, Effect effect) {
        byNumber.put(writes + number, effect);
    }

    /// How many writes there have been.
    public int writes() {
        return writes;
    }

    Optional<Effect> meet() {
        writes++;
        return Optional.ofNullable(byNumber.remove(writes));
    }
}
