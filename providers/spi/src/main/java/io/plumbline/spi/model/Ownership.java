package io.plumbline.spi.model;

import java.util.Optional;

/// Whose a resource of the cloud is. Only an [Owned] one can be updated or removed: the changes that do so take
/// nothing else.
public sealed interface Ownership<T> permits Owned, Ownership.Borrowed, Ownership.Foreign {
    T value();

    /// Decides by the mark that the resource carries. It is ours only where that equals the mark that ours would
    /// carry.
    ///
    /// @param seen the mark read from the cloud, if there is a whole one
    static <T> Ownership<T> decide(Mark expected, Optional<Mark> seen, T value) {
        return seen.filter(expected::equals).isPresent()
                ? new Owned<>(value, expected.object())
                : new Foreign<>(value, "not our mark");
    }

    /// Decides by a hash, for a cloud whose resource has no room for the whole mark.
    static <T> Ownership<T> decideByHash(Mark expected, Optional<String> seenHash, T value) {
        return seenHash.filter(expected.hash()::equals).isPresent()
                ? new Owned<>(value, expected.object())
                : new Foreign<>(value, "not our mark");
    }

    /// What belongs to `owner` as its part (a member of a pool that is ours) and carries no mark of its own.
    static <T> Owned<T> partOf(Owned<?> owner, T value) {
        return new Owned<>(value, owner.object());
    }

    /// The user's own, lent to us: things with our mark may be put on it, it is never changed and never removed.
    record Borrowed<T>(T value) implements Ownership<T> {}

    /// Somebody else's: left alone.
    ///
    /// @param why in words that a condition can show
    record Foreign<T>(T value, String why) implements Ownership<T> {}
}
