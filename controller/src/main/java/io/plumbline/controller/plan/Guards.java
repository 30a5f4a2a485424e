package io.plumbline.controller.plan;

import io.plumbline.controller.plan.Guarded.NeedsEvidence;
import io.plumbline.controller.plan.Guarded.Safe;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Reason;
import java.util.Map;

/// Holds back what must not be done, or what no evidence supports. What is held back becomes a `Leave` with
/// its reason, and so does whatever needs it.
///
/// | guard | lets pass |
/// |---|---|
/// | [ModeGuard] | what the mode allows |
/// | [OwnershipGuard] | what touches nothing but our own |
/// | [EvidenceGuard] | a removal that a fresh read supports |
/// | [LastServingGuard] | what leaves somebody behind who serves |
///
/// The blast radius over all load balancers together is not this function's business: it limits several
/// plans, and has its place after this one.
public final class Guards {
    private Guards() {}

    /// The plan without these changes and without those that need them, each left alone for its reason.
    public static Plan without(Plan plan, Map<ChangeName, Reason> held) {
        return held.isEmpty() ? plan : Hold.back(plan, held);
    }

    /// Pure: it reads nothing. Where it lacks evidence it says what to read afresh; each answer, an
    /// unreadable one too, brings the next call further.
    public static Guarded guard(Plan plan, Facts facts) {
        Plan told = Refusals.inUsersWords(plan, facts.dialect());
        Plan allowed = OwnershipGuard.guard(ModeGuard.guard(told, facts.mode()), facts.actual());
        return switch (EvidenceGuard.guard(allowed, facts)) {
            case NeedsEvidence needs -> needs;
            case Safe(Plan supported) -> LastServingGuard.guard(supported, facts);
        };
    }
}
