package io.plumbline.controller.plan;

import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.Verb;
import io.plumbline.spi.model.Actual.FoundPool;
import io.plumbline.spi.model.Actual.Member;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.Transport;
import java.util.List;

/// Where an address and port may be a member only once for each protocol on one load balancer: what must go
/// before a backend can come.
///
/// @param members of all pools; none where that does not matter
record Moves(List<Bound> members) {
    /// A member, and what takes it away.
    record Bound(Transport transport, BackendKey key, ChangeName removal) {}

    static Moves of(Situation situation, Leftovers leftovers) {
        return situation.capabilities().backendUniquePerLoadBalancer()
                ? new Moves(situation.actual().pools().stream()
                        .flatMap(pool -> bound(pool, leftovers).stream())
                        .toList())
                : new Moves(List.of());
    }

    /// What must go before this backend can come.
    List<ChangeName> before(Pool pool, BackendKey coming) {
        return members.stream()
                .filter(bound -> excludes(bound, pool, coming))
                .map(Bound::removal)
                .toList();
    }

    private static boolean excludes(Bound bound, Pool pool, BackendKey coming) {
        return !bound.key().pool().equals(coming.pool())
                && bound.transport().overlaps(pool.transport())
                && bound.key().address().equals(coming.address())
                && bound.key().port() == coming.port();
    }

    private static List<Bound> bound(FoundPool found, Leftovers leftovers) {
        Pool pool = found.pool().resource().value();
        return found.members().stream()
                .map(Member::key)
                .map(key -> new Bound(
                        pool.transport(), key, leftovers.taking(pool.key()).orElse(new ChangeName(Verb.REMOVE, key))))
                .toList();
    }
}
