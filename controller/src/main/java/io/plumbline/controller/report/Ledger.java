package io.plumbline.controller.report;

import io.plumbline.controller.report.Round.Applied;
import io.plumbline.controller.report.Round.Planned;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.Verb;
import io.plumbline.spi.model.Actual.Found;
import io.plumbline.spi.model.Actual.State;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.Key;
import io.plumbline.spi.model.Ownership;
import io.plumbline.spi.model.Resource;
import io.plumbline.spi.objects.ObjectKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A round, so arranged that it can be asked what stands and what became of a change.
final class Ledger {
    private final Planned round;
    private final Map<ChangeName, Outcome> outcomes = new HashMap<>();

    Ledger(Planned round) {
        this.round = round;
        round.outcomes().forEach((Applied applied) -> outcomes.put(applied.change(), applied.outcome()));
    }

    Planned round() {
        return round;
    }

    Stream<Change> changes() {
        return round.plan().changes().stream();
    }

    Optional<Outcome> outcome(Change change) {
        return Optional.ofNullable(outcomes.get(change.name()));
    }

    boolean done(Change change) {
        return outcome(change).filter(Outcome.Done.class::isInstance).isPresent();
    }

    /// The cloud's refusal of a change, if it was refused.
    Optional<Outcome.Rejected> rejection(Change change) {
        return outcome(change)
                .flatMap(outcome ->
                        outcome instanceof Outcome.Rejected rejected ? Optional.of(rejected) : Optional.empty());
    }

    /// Problems of one object, of the plan and of what was wanted.
    List<Problem> problems(ObjectKey object) {
        return Stream.concat(round.desired().problems().stream(), round.plan().problems().stream())
                .filter(problem -> problem.object().equals(object))
                .sorted()
                .distinct()
                .toList();
    }

    /// Whether a load balancer or listener is there and works, by what was last seen and by what was done
    /// since.
    boolean stands(Key key) {
        return did(key, Verb.CREATE)
                || did(key, Verb.REPLACE)
                || (!did(key, Verb.REMOVE)
                        && found(key)
                                .filter(found -> found.state() == State.ACTIVE && !isForeign(found.resource()))
                                .isPresent());
    }

    /// Somebody else's stands in its place.
    boolean occupied(Key key) {
        return found(key).filter(found -> isForeign(found.resource())).isPresent();
    }

    boolean failed(Key key) {
        return found(key).filter(found -> found.state() == State.FAILED).isPresent();
    }

    boolean did(Key key, Verb verb) {
        return outcomes.get(new ChangeName(verb, key)) instanceof Outcome.Done;
    }

    Optional<Found<? extends Resource>> found(Key key) {
        return Stream.<Found<? extends Resource>>concat(
                        round.actual().loadBalancer().stream(), round.actual().listeners().stream())
                .filter(found -> found.resource().value().key().equals(key))
                .findFirst();
    }

    private static boolean isForeign(Ownership<?> ownership) {
        return ownership instanceof Ownership.Foreign<?>;
    }
}
