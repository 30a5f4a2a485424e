package io.plumbline.controller.plan;

import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.change.Verb;
import io.plumbline.spi.model.Actual.FoundPool;
import io.plumbline.spi.model.Actual.Member;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.PoolKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// How many members may go because their containers are not ready: in 10 minutes one, or a quarter of the
/// pool at its highest, and never the last. A new lease term begins with nothing to spare, since nobody
/// knows what the one before has used.
final class Allowance {
    static final Reason EXHAUSTED =
            new Reason(Reason.HELD_BACK, "too many are not ready at once; a health check keeps traffic away from it");
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int SHARE = 4;

    private final Plan plan;
    private final Facts facts;
    private final SortedMap<PoolKey, Integer> taken = new TreeMap<>();

    Allowance(Plan plan, Facts facts) {
        this.plan = plan;
        this.facts = facts;
    }

    /// Takes one, if one is left.
    boolean take(BackendKey member) {
        PoolKey pool = member.pool();
        int used = taken.getOrDefault(pool, 0);
        boolean granted = used < left(pool) && spare(pool) > used;
        if (granted) {
            taken.put(pool, used + 1);
        }
        return granted;
    }

    private long left(PoolKey pool) {
        Instant from = facts.now().minus(WINDOW);
        if (facts.history().termStarted().isAfter(from)) {
            return 0;
        }
        int highest = Math.max(size(pool), facts.history().highestSizes().getOrDefault(pool, 0));
        long used = facts.history().partlyEvidenced().stream()
                .filter(one -> one.pool().equals(pool) && one.at().isAfter(from))
                .count();
        return Math.max(1, highest / SHARE) - used;
    }

    /// Members that may go without taking the last that serves, beside those that the plan takes out anyway.
    private long spare(PoolKey pool) {
        long leaving = plan.changes().stream()
                .filter(change -> change.verb() == Verb.REMOVE || change.verb() == Verb.DRAIN)
                .filter(change -> change.key() instanceof BackendKey backend
                        && backend.pool().equals(pool))
                .filter(Allowance::notForReadiness)
                .count();
        return serving(pool) - leaving - 1;
    }

    private static boolean notForReadiness(Change change) {
        return !change.reason().code().equals(Reason.NOT_READY);
    }

    private int size(PoolKey pool) {
        return members(pool).size();
    }

    private long serving(PoolKey pool) {
        return members(pool).stream().filter(member -> !member.draining()).count();
    }

    private List<Member> members(PoolKey pool) {
        return facts.actual().pool(pool).map(FoundPool::members).orElse(List.of());
    }
}
