package io.plumbline.controller.plan;

import io.plumbline.controller.plan.Members.Judged;
import io.plumbline.controller.plan.Members.PoolWork;
import io.plumbline.controller.plan.Verdict.Add;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Desired.Intent;
import java.util.ArrayList;
import java.util.List;

/// How many members a pool may have. What goes, goes; what is bound stays; new members come in the order of
/// their keys, so that the same ones are left out each time.
final class Quota {
    private Quota() {}

    /// The verdicts without those that there is no room for.
    static List<Verdict> apply(PoolWork work, List<Verdict> verdicts, Situation situation) {
        long leaving = verdicts.stream().filter(Quota::frees).count();
        long room = Math.max(0, limit(situation) - work.members().size() + leaving);
        List<Verdict> kept = new ArrayList<>();
        long added = 0;
        for (Verdict verdict : verdicts) {
            boolean adds = verdict instanceof Add && work.member(verdict.key()).isEmpty();
            if (!adds || added < room) {
                kept.add(verdict);
            }
            added += adds ? 1 : 0;
        }
        return List.copyOf(kept);
    }

    /// Who was left out.
    static List<Change> truncated(Judged judged, Situation situation) {
        Reason reason = new Reason(Reason.TRUNCATED, "no room: a pool holds " + limit(situation) + " backends");
        return judged.work().desired().candidates().stream()
                .filter(candidate -> candidate.intent() == Intent.REGISTER)
                .map(candidate -> candidate.backend().key())
                .distinct()
                .filter(key -> judged.verdicts().stream()
                        .noneMatch(verdict -> verdict.key().equals(key)))
                .<Change>map(key -> new Change.Leave(key, reason))
                .toList();
    }

    private static boolean frees(Verdict verdict) {
        return verdict instanceof Verdict.Depart depart && !depart.replaced();
    }

    private static int limit(Situation situation) {
        return situation.capabilities().limits().backendsPerPool();
    }
}
