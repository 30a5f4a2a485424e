package io.plumbline.controller.plan;

import io.plumbline.controller.plan.Members.Judged;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.change.Verb;
import io.plumbline.spi.model.Actual.FoundPool;
import io.plumbline.spi.model.Actual.Member;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.PoolKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A listener that is to lead to another pool than it does. The new one is made beside the old one, gets its
/// members, becomes healthy, takes the traffic; then the old one goes.
///
/// | the cloud tells the health of | order |
/// |---|---|
/// | every pool | pool, members, await, listener, old pool |
/// | attached pools only | pool, members and the pool as the listener's standby, await, listener, old pool |
///
/// @param listener as it is to be for now
/// @param needs of the change that makes it so
/// @param changes beside that
record Takeover(Listener listener, List<ChangeName> needs, List<Change> changes) {
    private static final Reason REPLACED = new Reason(Reason.UNWANTED, "another pool takes its place");

    /// @param standing pools that stand by themselves, and what becomes of their members
    static Takeover of(Ports.Port port, Situation situation, List<Judged> standing) {
        Optional<FoundPool> old = left(port, situation);
        Optional<Judged> successor = old.flatMap(
                        pool -> port.listener().pools().stream().findFirst())
                .flatMap(key -> standing.stream()
                        .filter(judged -> judged.work().desired().pool().key().equals(key))
                        .findFirst());
        return old.flatMap(pool -> successor.map(its -> of(port.listener(), pool, its, situation)))
                .orElse(new Takeover(port.listener(), List.of(), List.of()));
    }

    private static Takeover of(Listener listener, FoundPool old, Judged successor, Situation situation) {
        Replacement.Terms terms = Replacement.terms(successor, old, situation);
        if (terms.await().isEmpty()) {
            return new Takeover(listener, terms.needs(), List.of());
        }
        Change.Await await = terms.await().get();
        List<Change> changes = new ArrayList<>(leaving(old, await.name()));
        if (!situation.capabilities().healthOnlyOfReferencedPools()) {
            changes.add(await);
            return new Takeover(listener, terms.needs(), changes);
        }
        List<ChangeName> attached = new ArrayList<>(await.needs());
        attached.add(new ChangeName(Verb.UPDATE, listener.key()));
        changes.add(await.needing(attached));
        PoolKey present = old.pool().resource().value().key();
        return new Takeover(listener.leadingTo(present, Optional.of(await.pool())), List.of(), changes);
    }

    /// Its members one by one: one whose Pod ends meanwhile is not to stay until the end. The pool itself goes
    /// after them.
    private static List<Change> leaving(FoundPool old, ChangeName await) {
        List<Change> leaving = new ArrayList<>();
        for (Member member : old.members()) {
            if (member.backend() instanceof Owned<Backend> owned) {
                leaving.add(new Change.Remove(owned, REPLACED, List.of(await)));
            }
        }
        return leaving;
    }

    /// The pool that the listener leads to and is to leave; pools inside a listener cannot be left.
    private static Optional<FoundPool> left(Ports.Port port, Situation situation) {
        Stream<PoolKey> before = situation.inline()
                ? Stream.empty()
                : port.kept().stream()
                        .flatMap(found -> found.resource().value().pools().stream())
                        .filter(pool -> !port.listener().pools().contains(pool));
        return before.findFirst().flatMap(situation.actual()::pool);
    }
}
