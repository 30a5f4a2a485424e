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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// When members that others replace may go: when as many of those that are to stay are healthy as serve
/// now, or all of them. Health counts from the registration on; what nobody has asked for is taken to serve
/// now, and not to be healthy.
final class Replacement {
    private final Judged judged;
    private final List<Depart> replaced;
    private final Situation situation;
    private final HealthPace pace;
    private final Set<BackendKey> registered = new HashSet<>();

    private Replacement(Judged judged, List<Depart> replaced, Situation situation) {
        this.judged = judged;
        this.replaced = replaced;
        this.situation = situation;
        this.pace = HealthPace.of(pool(), situation.capabilities());
        judged.verdicts().stream()
                .filter(Replacement::isRegistered)
                .map(Verdict::key)
                .forEach(registered::add);
    }

    /// What the removals need, and the await where that is one.
    record Terms(Optional<Change> await, List<ChangeName> needs) {}

    static Terms terms(Judged judged, List<Depart> replaced, Situation situation) {
        return new Replacement(judged, replaced, situation).terms();
    }

    private Terms terms() {
        List<ChangeName> coming = judged.verdicts().stream()
                .filter(verdict -> verdict instanceof Verdict.Add || verdict instanceof Verdict.Rejoin)
                .map(verdict -> new ChangeName(Verb.CREATE, verdict.key()))
                .toList();
        if (replaced.isEmpty() || !pace.checked()) {
            return new Terms(Optional.empty(), coming);
        }
        List<BackendKey> staying = judged.verdicts().stream()
                .filter(Verdict::stays)
                .map(Verdict::key)
                .toList();
        List<BackendKey> waiting =
                staying.stream().filter(key -> !isHealthy(key)).toList();
        int healthy = staying.size() - waiting.size();
        int enough = Math.min(serving(), staying.size());
        if (healthy >= enough) {
            return new Terms(Optional.empty(), List.of());
        }
        Reason reason =
                new Reason(Reason.AWAITING_REPLACEMENT, healthy + " of " + enough + " that are to stay are healthy");
        Change await = new Change.Await(pool().key(), enough, firstAsk(waiting), reason, coming);
        return new Terms(Optional.of(await), List.of(await.name()));
    }

    /// How many serve now, of those to be replaced and those that are to stay.
    private int serving() {
        return (int) judged.verdicts().stream()
                .filter(verdict -> verdict.stays() || (verdict instanceof Depart depart && replaced.contains(depart)))
                .map(Verdict::key)
                .filter(registered::contains)
                .filter(key -> situation.health().of(key).map(Status::serves).orElse(true))
                .count();
    }

    private boolean isHealthy(BackendKey key) {
        return situation.health().serves(key) && situation.health().askedAt().isAfter(registeredAt(key));
    }

    private Instant firstAsk(List<BackendKey> waiting) {
        return waiting.stream()
                .map(key -> registeredAt(key).plus(pace.earliest()))
                .min(Comparator.naturalOrder())
                .orElse(situation.now());
    }

    private Instant registeredAt(BackendKey key) {
        return registered.contains(key)
                ? situation
                        .history()
                        .registeredAt(key)
                        .orElse(situation.history().termStarted())
                : situation.now();
    }

    private static boolean isRegistered(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Stay stay -> true;
            case Verdict.Reweigh reweigh -> true;
            case Depart depart -> true;
            case Verdict.Add add -> false;
            case Verdict.Rejoin rejoin -> false;
            case Verdict.Drain drain -> false;
            case Verdict.Draining draining -> false;
            case Verdict.Stranger stranger -> false;
        };
    }

    private Pool pool() {
        return judged.work().desired().pool();
    }
}
