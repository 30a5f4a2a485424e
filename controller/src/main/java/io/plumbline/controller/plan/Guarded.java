package io.plumbline.controller.plan;

import io.plumbline.spi.change.Plan;
import java.util.List;

/// What a guard says of a plan.
public sealed interface Guarded {
    /// This much of it is safe; what is not has become a `Leave`.
    record Safe(Plan plan) implements Guarded {}

    /// It cannot tell yet: read these afresh and ask again. An answer that cannot be had is put into the
    /// evidence as unreadable, so that the next call decides.
    record NeedsEvidence(List<Evidence.Question> questions) implements Guarded {
        public NeedsEvidence {
            questions = List.copyOf(questions);
        }
    }
}
