package io.plumbline.controller.plan;

import io.plumbline.controller.plan.Members.Judged;
import io.plumbline.controller.plan.Verdict.Depart;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.change.Verb;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Health.Status;
import io.plumbline.spi.model.Pool;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// When members that others replace may go: when as many serve without them as do with them, or as many as there will
/// be. Health counts from the registration on.
///
/// @param needs what the removals need
record Replacement(Optional<Change> await, List<ChangeName> needs) {

    static Replacement of(Judged judged, List<Depart> replaced, Situation situation) {
        Pool pool = judged.work().desired().pool();
        List<BackendKey> staying = judged.verdicts().stream()
                .filter(Verdict::stays)
                .map(Verdict::key)
                .toList();
        List<ChangeName> coming = judged.verdicts().stream()
                .filter(verdict -> verdict instanceof Verdict.Add || verdict instanceof Verdict.Rejoin)
                .map(verdict -> new ChangeName(Verb.CREATE, verdict.key()))
                .toList();
        HealthPace pace = HealthPace.of(pool, situation.capabilities());
        if (replaced.isEmpty() || !pace.checked()) {
            return new Replacement(Optional.empty(), coming);
        }
        long serving = served(judged, replaced, situation);
        int enough = (int) Math.min(serving, staying.size());
        List<BackendKey> healthy =
                staying.stream().filter(key -> healthy(judged, key, situation)).toList();
        if (healthy.size() >= enough) {
            return new Replacement(Optional.empty(), List.of());
        }
        Instant firstAsk = staying.stream()
                .filter(key -> !healthy.contains(key))
                .map(key -> registeredAt(judged, key, situation).plus(pace.earliest()))
                .min(Comparator.naturalOrder())
                .orElse(situation.now());
        Reason reason = new Reason(
                Reason.AWAITING_REPLACEMENT, healthy.size() + " of " + enough + " that are to stay are healthy");
        Change await = new Change.Await(pool.key(), enough, firstAsk, reason, coming);
        return new Replacement(Optional.of(await), List.of(await.name()));
    }

    /// Members that serve now, as far as anybody knows: those to be replaced and those that are to stay.
    private static long served(Judged judged, List<Depart> replaced, Situation situation) {
        return judged.verdicts().stream()
                .filter(verdict -> bound(verdict) && (verdict.stays() || replaced.contains(verdict)))
                .filter(verdict -> situation
                        .health()
                        .of(verdict.key())
                        .filter(Status.UNHEALTHY::equals)
                        .isEmpty())
                .count();
    }

    private static boolean healthy(Judged judged, BackendKey key, Situation situation) {
        boolean asked = situation.health().askedAt().isAfter(registeredAt(judged, key, situation));
        return asked && situation.health().serves(key);
    }

    private static Instant registeredAt(Judged judged, BackendKey key, Situation situation) {
        boolean bound =
                judged.verdicts().stream().anyMatch(verdict -> verdict.key().equals(key) && bound(verdict));
        return bound
                ? situation
                        .history()
                        .registeredAt(key)
                        .orElse(situation.history().termStarted())
                : situation.now();
    }

    private static boolean bound(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Stay stay -> true;
            case Verdict.Reweigh reweigh -> true;
            case Verdict.Depart depart -> true;
            case Verdict.Add add -> false;
            case Verdict.Rejoin rejoin -> false;
            case Verdict.Drain drain -> false;
            case Verdict.Draining draining -> false;
            case Verdict.Stranger stranger -> false;
        };
    }
}
