package io.plumbline.controller.plan;

import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Verb;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.Key;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.PoolKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// A plan that is being written. It lives within one call and ends as a [Plan].
final class Draft {
    private final List<Change> changes = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    void add(Change change) {
        changes.add(change);
    }

    void add(Step step) {
        changes.addAll(step.changes());
        problems.addAll(step.problems());
    }

    void add(Collection<? extends Change> more) {
        changes.addAll(more);
    }

    void problems(Collection<Problem> more) {
        problems.addAll(more);
    }

    /// Those changes so far that make one of these.
    List<ChangeName> making(Collection<? extends Key> keys) {
        return namesOf(keys).stream()
                .filter(name -> name.verb() == Verb.CREATE || name.verb() == Verb.REPLACE)
                .toList();
    }

    /// What is done so far to one of these.
    List<ChangeName> namesOf(Collection<? extends Key> keys) {
        return changes.stream()
                .filter(change -> !(change instanceof Change.Leave) && keys.contains(change.key()))
                .map(Change::name)
                .toList();
    }

    /// Removals so far of members of this pool.
    List<ChangeName> leaving(PoolKey pool) {
        return changes.stream()
                .filter(change -> change.verb() == Verb.REMOVE
                        && change.key() instanceof BackendKey member
                        && member.pool().equals(pool))
                .map(Change::name)
                .toList();
    }

    Plan plan(LoadBalancerKey key) {
        return new Plan(
                key,
                Ordering.order(BreakBeforeMake.explained(changes)),
                problems.stream().sorted().distinct().toList());
    }
}
