package io.plumbline.controller.apply;

import io.plumbline.spi.Capabilities;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A load balancer as it was last seen in this lease term, kept up by our own writes, so that a change
/// of endpoints costs just its writes. Any doubt drops it. One thread at a time.
public final class LastSeen {
    private Optional<Actual> actual = Optional.empty();
    private Ids ids = Ids.none();
    private Ids named = Ids.none();
    private final List<OwnWrite> recent = new ArrayList<>();

    private record OwnWrite(Change change, Instant at) {}

    /// What is there, as far as we know it.
    public Optional<Actual> actual() {
        return actual;
    }

    /// What is there, with these pools of users: others that they name since are not known.
    public Optional<Actual> actual(Ids asked) {
        return actual.filter(seen -> named.equals(asked));
    }

    /// Identifiers from earlier readings and answers: hints for the next reading.
    public Ids ids() {
        return ids;
    }

    /// Takes a reading, unless it shows what was there before a write of ours that is younger than
    /// `window`.
    ///
    /// @param asked the pools of users that it was asked for
    /// @return whether it was believed; if not, the same must be read again
    public boolean take(Actual read, Ids asked, Duration window, Instant now) {
        recent.removeIf(write -> !write.at.plus(window).isAfter(now));
        if (recent.stream().anyMatch(write -> Contradiction.between(write.change, read))) {
            drop();
            return false;
        }
        actual = Optional.of(read);
        ids = read.ids();
        named = asked;
        return true;
    }

    /// Identifiers that were asked for beside a reading.
    public void know(Ids more) {
        ids = ids.and(more);
    }

    /// Something that we know may be wrong.
    public void drop() {
        actual = Optional.empty();
    }

    /// A change of ours has been done. Where a member's change tells which pool serves now, more has changed than we
    /// can follow.
    public void wrote(Change change, Ids given, Capabilities capabilities, Instant now) {
        ids = ids.and(given);
        recent.removeIf(write -> write.change.key().equals(change.key()));
        recent.add(new OwnWrite(change, now));
        actual = tellsOfItsPool(change, given)
                ? Optional.empty()
                : actual.flatMap(seen -> MemberWrites.after(seen, change, capabilities));
    }

    private static boolean tellsOfItsPool(Change change, Ids given) {
        return change.key() instanceof BackendKey backend
                && given.id(backend.pool()).isPresent();
    }
}
