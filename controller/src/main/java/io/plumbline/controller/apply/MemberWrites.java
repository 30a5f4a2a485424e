package io.plumbline.controller.apply;

import io.plumbline.spi.Capabilities;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Actual.FoundPool;
import io.plumbline.spi.model.Actual.Member;
import io.plumbline.spi.model.Actual.State;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.Ownership;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.Setting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a load balancer looks like after a write of ours. Pure.
///
/// Only changes of members are followed, since those are what the hot path makes; after anything else
/// the load balancer is read again.
final class MemberWrites {
    private MemberWrites() {}

    /// @return empty where it must be read again
    static Optional<Actual> after(Actual actual, Change change, Capabilities capabilities) {
        return switch (change) {
            case Change.Create create
            when create.desired() instanceof Backend backend -> put(actual, backend, State.ACTIVE, capabilities);
            case Change.Update update
            when update.desired() instanceof Backend backend -> put(actual, backend, State.ACTIVE, capabilities);
            case Change.Drain drain -> drained(actual, drain.was().value(), capabilities);
            case Change.Remove remove
            when remove.was().value() instanceof Backend backend -> without(actual, backend.key());
            case Change.Create create -> Optional.empty();
            case Change.Update update -> Optional.empty();
            case Change.Replace replace -> Optional.empty();
            case Change.Remove remove -> Optional.empty();
            case Change.Await await -> Optional.of(actual);
            case Change.Leave leave -> Optional.of(actual);
        };
    }

    private static Optional<Actual> drained(Actual actual, Backend backend, Capabilities capabilities) {
        return switch (capabilities.drain()) {
            case WEIGHT_ZERO ->
                put(
                        actual,
                        new Backend(backend.key(), Setting.managed(0), backend.registrant()),
                        State.STOPPED,
                        capabilities);
            case DEREGISTER -> without(actual, backend.key());
        };
    }

    private static Optional<Actual> put(Actual actual, Backend backend, State state, Capabilities capabilities) {
        return actual.pool(backend.key().pool())
                .flatMap(pool -> pool.pool().resource() instanceof Owned<Pool> owner
                        ? Optional.of(replaced(actual, withMember(pool, owner, labelled(backend, capabilities), state)))
                        : Optional.empty());
    }

    private static Backend labelled(Backend backend, Capabilities capabilities) {
        Optional<String> label =
                capabilities.labelsBackends() ? backend.registrant().map(MemberWrites::hashed) : Optional.empty();
        return new Backend(backend.key(), backend.weight(), label);
    }

    /// A registrant that was read is a hash already.
    private static String hashed(String registrant) {
        return registrant.contains("-") ? Mark.shortHash(registrant) : registrant;
    }

    private static Optional<Actual> without(Actual actual, BackendKey key) {
        return actual.pool(key.pool()).map(pool -> replaced(actual, new FoundPool(pool.pool(), others(pool, key))));
    }

    private static FoundPool withMember(FoundPool pool, Owned<Pool> owner, Backend backend, State state) {
        List<Member> members = new ArrayList<>(others(pool, backend.key()));
        Optional<String> id = pool.members().stream()
                .filter(member -> member.key().equals(backend.key()))
                .findFirst()
                .flatMap(Member::id);
        members.add(new Member(Ownership.partOf(owner, backend), state, id));
        members.sort(Comparator.comparing(member -> member.backend().value().key()));
        return new FoundPool(pool.pool(), members);
    }

    private static List<Member> others(FoundPool pool, BackendKey key) {
        return pool.members().stream()
                .filter(member -> !member.backend().value().key().equals(key))
                .toList();
    }

    private static Actual replaced(Actual actual, FoundPool pool) {
        return new Actual(
                actual.key(),
                actual.loadBalancer(),
                actual.addresses(),
                actual.deletionProtected(),
                actual.listeners(),
                actual.rules(),
                actual.pools().stream()
                        .map(found -> found.pool()
                                        .resource()
                                        .value()
                                        .key()
                                        .equals(pool.pool().resource().value().key())
                                ? pool
                                : found)
                        .toList(),
                actual.accessLists(),
                actual.certificates(),
                actual.readAt());
    }
}
