package io.plumbline.controller.plan;

import io.plumbline.controller.plan.Verdict.Add;
import io.plumbline.controller.plan.Verdict.Depart;
import io.plumbline.controller.plan.Verdict.Drain;
import io.plumbline.controller.plan.Verdict.Draining;
import io.plumbline.controller.plan.Verdict.Rejoin;
import io.plumbline.controller.plan.Verdict.Reweigh;
import io.plumbline.controller.plan.Verdict.Stay;
import io.plumbline.controller.plan.Verdict.Stranger;
import io.plumbline.spi.change.FieldChange;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Actual.Member;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired.Candidate;
import io.plumbline.spi.model.Desired.Intent;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.Ownership.Borrowed;
import io.plumbline.spi.model.Ownership.Foreign;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Resolves what is wanted of each candidate against who is a member.
///
/// | wanted | no member | member for this Pod | member for another Pod |
/// |---|---|---|---|
/// | REGISTER | add | stay, right weight | remove and add |
/// | KEEP | - | stay | depart |
/// | DRAIN | - | drain, once | depart |
/// | REMOVE | - | depart | depart |
/// | nobody wants anything | - | depart | depart |
final class Verdicts {
    private static final Reason NOBODY = new Reason(Reason.UNWANTED, "no endpoint of the Service any more");

    private Verdicts() {}

    /// One for each backend that is a candidate or a member, sorted by key.
    static List<Verdict> of(Members.PoolWork work, Situation situation) {
        TreeSet<BackendKey> keys = new TreeSet<>();
        work.desired()
                .candidates()
                .forEach(candidate -> keys.add(candidate.backend().key()));
        work.members().forEach(member -> keys.add(member.key()));
        return keys.stream()
                .flatMap(key -> verdict(work.candidates(key), work.member(key), situation).stream())
                .toList();
    }

    private static Optional<Verdict> verdict(List<Candidate> candidates, Optional<Member> member, Situation situation) {
        Optional<Candidate> registering = candidates.stream()
                .filter(candidate -> candidate.intent() == Intent.REGISTER)
                .min(Comparator.comparing(
                        candidate -> candidate.backend().registrant().orElse("")));
        if (member.isEmpty()) {
            return registering.map(candidate -> new Add(candidate.backend()));
        }
        return Optional.of(
                switch (member.get().backend()) {
                    case Owned<Backend> owned -> bound(candidates, registering, member.get(), owned, situation);
                    case Borrowed<Backend>(Backend backend) -> new Stranger(backend.key(), "its user's own");
                    case Foreign<Backend>(Backend backend, String why) -> new Stranger(backend.key(), why);
                });
    }

    private static Verdict bound(
            List<Candidate> candidates,
            Optional<Candidate> registering,
            Member member,
            Owned<Backend> owned,
            Situation situation) {
        Optional<Candidate> holder = candidates.stream()
                .filter(candidate -> holds(candidate, owned.value(), situation))
                .min(Comparator.comparing(Candidate::intent));
        if (registering.isPresent() && !registering.equals(holder)) {
            return new Rejoin(owned, registering.get().backend());
        }
        if (holder.isEmpty()) {
            return new Depart(owned, NOBODY, !member.draining());
        }
        return switch (holder.get().intent()) {
            case REGISTER -> registered(holder.get().backend(), member, owned, situation);
            case KEEP -> new Stay(owned);
            case DRAIN ->
                member.draining()
                        ? new Draining(owned)
                        : new Drain(owned, holder.get().reason());
            case REMOVE -> {
                Reason reason = holder.get().reason();
                yield new Depart(owned, reason, reason.code().equals(Reason.UNWANTED) && !member.draining());
            }
        };
    }

    private static Verdict registered(Backend desired, Member member, Owned<Backend> owned, Situation situation) {
        List<FieldChange> fields = Diff.fields(desired, owned.value());
        boolean weightGiven = desired.weight().asOptional().isPresent();
        if (!member.draining() || (fields.isEmpty() && weightGiven)) {
            return fields.isEmpty() ? new Stay(owned) : new Reweigh(owned, desired, fields);
        }
        return switch (situation.capabilities().drain()) {
            case DEREGISTER -> new Add(desired);
            case WEIGHT_ZERO ->
                new Reweigh(
                        owned, desired, fields.isEmpty() ? List.of(new FieldChange("weight", "0", "unset")) : fields);
        };
    }

    /// Whose registration it is: the target's own label says so, else our memory. Where neither knows, a
    /// Pod whose load-balancer gate still waits cannot have been registered before, so it was somebody
    /// else.
    private static boolean holds(Candidate candidate, Backend member, Situation situation) {
        Optional<String> uid = candidate.backend().registrant();
        if (uid.isEmpty()) {
            return true;
        }
        if (situation.capabilities().labelsBackends() && member.registrant().isPresent()) {
            return member.registrant().equals(uid.map(Mark::shortHash));
        }
        return situation
                .history()
                .registrant(member.key())
                .map(known -> known.equals(uid.get()))
                .orElse(!candidate.gateWaits() || candidate.intent() != Intent.REGISTER);
    }
}
