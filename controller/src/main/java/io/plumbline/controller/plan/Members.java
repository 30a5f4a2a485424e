package io.plumbline.controller.plan;

import io.plumbline.controller.plan.Verdict.Add;
import io.plumbline.controller.plan.Verdict.Depart;
import io.plumbline.controller.plan.Verdict.Drain;
import io.plumbline.controller.plan.Verdict.Draining;
import io.plumbline.controller.plan.Verdict.Rejoin;
import io.plumbline.controller.plan.Verdict.Reweigh;
import io.plumbline.controller.plan.Verdict.Stay;
import io.plumbline.controller.plan.Verdict.Stranger;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.change.Verb;
import io.plumbline.spi.model.Actual.Member;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired.Candidate;
import io.plumbline.spi.model.Desired.DesiredPool;
import io.plumbline.spi.model.Owned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The changes of pools' members.
///
/// | member | needs |
/// |---|---|
/// | leaves because its Pod is terminating, gone or not ready | nothing |
/// | comes | its pool; whatever holds its place |
/// | leaves because others replace it | that as many of them are healthy |
/// | leaves because a backend of another pool needs its place | nothing, and that one needs it |
final class Members {
    private static final Reason COMES = new Reason(Reason.DESIRED, "desired, absent");

    private Members() {}

    /// A pool to work on.
    ///
    /// @param members it has now; none where it is still to be made
    /// @param making changes that must come before it can have members
    record PoolWork(DesiredPool desired, List<Member> members, List<ChangeName> making) {
        List<Candidate> candidates(BackendKey key) {
            return desired.candidates().stream()
                    .filter(candidate -> candidate.backend().key().equals(key))
                    .toList();
        }

        Optional<Member> member(BackendKey key) {
            return members.stream().filter(member -> member.key().equals(key)).findFirst();
        }
    }

    /// A pool and what becomes of each backend.
    record Judged(PoolWork work, List<Verdict> verdicts) {}

    static List<Change> changes(List<Judged> all, Moves moves, Situation situation) {
        List<Change> coming =
                all.stream().flatMap(judged -> coming(judged, moves).stream()).toList();
        Set<ChangeName> first =
                coming.stream().flatMap(change -> change.needs().stream()).collect(Collectors.toSet());
        List<Change> changes = new ArrayList<>(coming);
        for (Judged judged : all) {
            List<Depart> replaced = replaced(judged, first);
            Replacement.Terms terms = Replacement.terms(judged, replaced, situation);
            terms.await().ifPresent(changes::add);
            replaced.forEach(one -> changes.add(remove(one, terms.needs())));
            judged.verdicts().stream()
                    .filter(verdict -> !(verdict instanceof Depart depart && replaced.contains(depart)))
                    .forEach(verdict -> changes.addAll(staying(verdict)));
            changes.addAll(Quota.truncated(judged, situation));
        }
        return changes;
    }

    /// All pools of the load balancer: one that is full leaves no room in the others.
    static List<Judged> judge(List<PoolWork> pools, Situation situation) {
        List<Judged> each = pools.stream()
                .map(work -> new Judged(work, Quota.apply(work, Verdicts.of(work, situation), situation)))
                .toList();
        return Quota.together(each, situation);
    }

    /// What is registered.
    private static List<Change> coming(Judged judged, Moves moves) {
        List<Change> coming = new ArrayList<>();
        for (Verdict verdict : judged.verdicts()) {
            switch (verdict) {
                case Add(Backend desired) -> {
                    List<ChangeName> needs = new ArrayList<>(judged.work().making());
                    needs.addAll(moves.before(judged.work().desired().pool(), desired.key()));
                    coming.add(new Change.Create(desired, COMES, needs));
                }
                case Rejoin(Owned<Backend> member, Backend desired) ->
                    coming.add(new Change.Create(desired, COMES, List.of(new ChangeName(Verb.REMOVE, desired.key()))));
                case Stay _, Reweigh _, Drain _, Draining _, Depart _, Stranger _ -> {}
            }
        }
        return coming;
    }

    /// What leaves only when others have taken its place.
    private static List<Depart> replaced(Judged judged, Set<ChangeName> first) {
        List<Depart> replaced = new ArrayList<>();
        for (Verdict verdict : judged.verdicts()) {
            if (verdict instanceof Depart depart
                    && depart.replaced()
                    && !first.contains(new ChangeName(Verb.REMOVE, depart.key()))) {
                replaced.add(depart);
            }
        }
        return replaced;
    }

    /// What happens to it at once.
    private static List<Change> staying(Verdict verdict) {
        return switch (verdict) {
            case Rejoin(Owned<Backend> member, Backend desired) ->
                List.of(new Change.Remove(
                        member,
                        new Reason(Reason.REGISTERED_FOR_ANOTHER, "registered for another Pod of this address"),
                        List.of()));
            case Reweigh reweigh ->
                List.of(new Change.Update(
                        reweigh.member(),
                        reweigh.desired(),
                        reweigh.fields(),
                        new Reason(Reason.DIFFERS, "differs"),
                        List.of()));
            case Drain(Owned<Backend> member, Reason reason) -> List.of(new Change.Drain(member, reason, List.of()));
            case Depart depart -> List.of(remove(depart, List.of()));
            case Stranger(BackendKey key, String why) ->
                List.of(new Change.Leave(key, new Reason(Reason.FOREIGN, "not ours: " + why)));
            case Add _, Stay _, Draining _ -> List.of();
        };
    }

    private static Change remove(Depart depart, List<ChangeName> needs) {
        return new Change.Remove(depart.member(), depart.reason(), needs);
    }
}
