package io.plumbline.controller.report;

import io.plumbline.controller.plan.History;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Problem;
import java.util.List;

/// How one reconciliation of a load balancer ended.
public sealed interface Round {
    /// Nothing could be wanted: the problems say why.
    record Refused(List<Problem> problems) implements Round {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /// The cloud did not say what is there, so nothing was planned.
    record Unread(Desired desired, Outcome.Failure failure) implements Round {}

    /// A plan was made, guarded, and applied as far as it could be.
    ///
    /// @param plan as the guards left it
    /// @param actual as it was last seen; it may be older than the outcomes
    /// @param outcomes of those changes that were tried; the last of a change counts
    /// @param history tells since when something is waited for
    record Planned(Desired desired, Plan plan, Actual actual, List<Applied> outcomes, History history)
            implements Round {
        public Planned {
            outcomes = List.copyOf(outcomes);
        }
    }

    /// What became of one change.
    record Applied(ChangeName change, Outcome outcome) {}
}
