package io.plumbline.controller.plan;

import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.change.Verb;
import io.plumbline.spi.model.Key;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Turns changes into `Leave`.
final class Hold {
    private Hold() {}

    /// The plan without these changes and without those that need them, each left alone for its reason.
    static Plan back(Plan plan, Map<ChangeName, Reason> held) {
        Map<ChangeName, Reason> all = withDependents(plan, held);
        Map<Key, Change> left = new LinkedHashMap<>();
        List<Change> kept = new ArrayList<>();
        for (Change change : plan.changes()) {
            Optional<Reason> reason = Optional.ofNullable(all.get(change.name()));
            if (reason.isEmpty()) {
                kept.add(change);
            } else if (change.verb() != Verb.AWAIT) {
                left.putIfAbsent(change.key(), new Change.Leave(change.key(), reason.get()));
            }
        }
        kept.addAll(left.values());
        return new Plan(plan.key(), Ordering.order(kept), plan.problems());
    }

    /// A plan is ordered, so that what a change needs has been seen before it.
    private static Map<ChangeName, Reason> withDependents(Plan plan, Map<ChangeName, Reason> held) {
        Map<ChangeName, Reason> all = new LinkedHashMap<>(held);
        for (Change change : plan.changes()) {
            change.needs().stream()
                    .filter(all::containsKey)
                    .findFirst()
                    .ifPresent(need -> all.putIfAbsent(change.name(), dependent(need)));
        }
        return all;
    }

    private static Reason dependent(ChangeName need) {
        return new Reason(Reason.HELD_BACK, "waits for \"" + need.text() + "\", which is held back");
    }
}
