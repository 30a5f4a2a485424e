package io.plumbline.controller.plan;

import io.plumbline.spi.Capabilities;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Health;
import java.time.Instant;

/// Derives what leads from a load balancer as it is to the one that is wanted.
///
/// | fate | plan |
/// |---|---|
/// | wanted | [Wanted]: what is missing is made, what differs changed, what is not wanted removed |
/// | released, retired | [Released]: everything of ours goes, in as few removals as the cloud allows |
/// | untouched | nothing |
///
/// The same input gives the same plan, whatever the order of its lists. A plan of a converged state has no
/// entry but [Change.Leave]. What a plan may not do is [Guards]' business, not this one's.
public final class Planner {
    private Planner() {}

    /// @param desired with the cloud's defaults filled in
    /// @param actual everything that is there, not a part of it
    /// @param health as far as it was asked for; unknown is fine
    public static Plan plan(
            Desired desired, Actual actual, Health health, Capabilities capabilities, Instant now, History history) {
        Situation situation = new Situation(desired, actual, health, capabilities, now, history);
        return switch (desired.fate()) {
            case WANTED -> Wanted.plan(situation);
            case RELEASED, RETIRED -> Released.plan(situation);
            case UNTOUCHED -> untouched(desired);
        };
    }

    private static Plan untouched(Desired desired) {
        Draft draft = new Draft();
        draft.add(new Change.Leave(desired.key(), new Reason(Reason.UNTOUCHED, "nothing is to be done with it")));
        draft.problems(desired.problems());
        return draft.plan(desired.key());
    }
}
