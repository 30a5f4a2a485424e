package io.plumbline.controller.plan;

import io.plumbline.controller.plan.Members.Judged;
import io.plumbline.controller.plan.Verdict.Depart;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.change.Verb;
import io.plumbline.spi.model.Actual.FoundPool;
import io.plumbline.spi.model.Actual.Member;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired.Candidate;
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
///
/// Where what the members are changes (Pods, nodes), nobody goes before at least one of the new kind is there.
final class Replacement {
    private final Judged judged;
    private final Situation situation;
    private final HealthPace pace;
    private final Set<BackendKey> registered = new HashSet<>();

    private Replacement(Judged judged, Situation situation) {
        this.judged = judged;
        this.situation = situation;
        this.pace = HealthPace.of(pool(), situation.capabilities());
        judged.verdicts().stream()
                .filter(Replacement::isRegistered)
                .map(Verdict::key)
                .forEach(registered::add);
    }

    /// What the removals need, and the await where that is one.
    record Terms(Optional<Change.Await> await, List<ChangeName> needs) {}

    /// Of members that leave a pool for others in it.
    static Terms terms(Judged judged, List<Depart> replaced, Situation situation) {
        Replacement replacement = new Replacement(judged, situation);
        List<BackendKey> staying = replacement.staying();
        int enough = Math.min(replacement.serving(replaced), staying.size());
        boolean another = replacement.anotherKind(replaced);
        return replaced.isEmpty()
                ? new Terms(Optional.empty(), replacement.coming())
                : replacement.terms(another ? Math.max(1, enough) : enough);
    }

    /// Of a pool that takes the place of another one.
    ///
    /// @param before members of that other pool
    static Terms terms(Judged judged, FoundPool before, Situation situation) {
        Replacement replacement = new Replacement(judged, situation);
        int serving = (int) before.members().stream()
                .filter(member -> !member.draining())
                .map(Member::key)
                .filter(replacement::mayServe)
                .count();
        return serving == 0
                ? new Terms(Optional.empty(), replacement.coming())
                : replacement.terms(
                        Math.max(1, Math.min(serving, replacement.staying().size())));
    }

    private Terms terms(int enough) {
        List<BackendKey> staying = staying();
        if (!pace.checked() && staying.size() >= enough) {
            return new Terms(Optional.empty(), coming());
        }
        List<BackendKey> waiting =
                staying.stream().filter(key -> !isHealthy(key)).toList();
        int healthy = staying.size() - waiting.size();
        if (healthy >= enough) {
            return new Terms(Optional.empty(), List.of());
        }
        Reason reason =
                new Reason(Reason.AWAITING_REPLACEMENT, healthy + " of " + enough + " that are to stay are healthy");
        Change.Await await = new Change.Await(pool().key(), enough, firstAsk(waiting), reason, coming());
        return new Terms(Optional.of(await), List.of(await.name()));
    }

    private List<ChangeName> coming() {
        return judged.verdicts().stream()
                .filter(verdict -> verdict instanceof Verdict.Add || verdict instanceof Verdict.Rejoin)
                .map(verdict -> new ChangeName(Verb.CREATE, verdict.key()))
                .toList();
    }

    private List<BackendKey> staying() {
        return judged.verdicts().stream()
                .filter(Verdict::stays)
                .map(Verdict::key)
                .toList();
    }

    /// Machines take the place of addresses, or the other way round.
    private boolean anotherKind(List<Depart> replaced) {
        List<Candidate> candidates = judged.work().desired().candidates();
        return !replaced.isEmpty()
                && !candidates.isEmpty()
                && candidates.stream()
                        .noneMatch(candidate -> replaced.stream()
                                .anyMatch(depart -> depart.key().address().getClass()
                                        == candidate.backend().key().address().getClass()));
    }

    /// How many serve now, of those to be replaced and those that are to stay.
    private int serving(List<Depart> replaced) {
        return (int) judged.verdicts().stream()
                .filter(verdict -> verdict.stays() || (verdict instanceof Depart depart && replaced.contains(depart)))
                .map(Verdict::key)
                .filter(registered::contains)
                .filter(this::mayServe)
                .count();
    }

    private boolean mayServe(BackendKey key) {
        return situation.health().of(key).map(Status::serves).orElse(true);
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
