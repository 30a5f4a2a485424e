package io.plumbline.controller.loop;

import io.plumbline.controller.desired.Lives;
import io.plumbline.controller.loop.Case.Role;
import io.plumbline.controller.plan.Incarnation;
import io.plumbline.controller.plan.Succession;
import io.plumbline.controller.plan.Succession.Life;
import io.plumbline.controller.snapshot.ClusterSnapshot;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.change.FieldChange;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Claimant;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.Desired.Publishing;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.objects.ServiceView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One visit of a load balancer and of the one that takes its place: both exist for a while, both follow their Pods,
/// the published address moves when the new one is healthy, and the old one goes when names are no longer cached.
///
/// Which of them may exist is written on the Service before anything is made, so that a process that comes after a
/// crash looks for both.
final class Replacing {
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration WHILE_BECOMING_HEALTHY = Duration.ofMillis(500);
    private static final Duration FOR_ITS_USER = Duration.ofSeconds(30);

    private final Reconciler reconciler;
    private final ClusterSnapshot seen;
    private final Desired desired;
    private final Journal.Line line;

    Replacing(Reconciler reconciler, ClusterSnapshot seen, Desired desired, Journal.Line line) {
        this.reconciler = reconciler;
        this.seen = seen;
        this.desired = desired;
        this.line = line;
    }

    /// What is known of an incarnation.
    sealed interface Sighted {
        record Seen(Actual actual) implements Sighted {}

        /// The cloud works on it, or does not answer.
        record Unknown(Visit next) implements Sighted {}
    }

    /// Which incarnations the owner shows.
    static Lives lives(ClusterSnapshot seen, Desired desired) {
        return owner(seen, desired)
                .filter(service -> desired.key() instanceof LoadBalancerKey.Managed)
                .map(service -> Lives.of(service.metadata()))
                .orElseGet(() -> new Lives(List.of(0), 1));
    }

    /// Another one is to be made: it is written down, and comes into being at the next visit.
    static Visit begin(Paperwork paperwork, Case visited) {
        Lives lives = lives(visited.seen(), visited.desired());
        owner(visited.seen(), visited.desired()).ifPresent(service -> paperwork.living(service, lives.begetting()));
        return again(paperwork);
    }

    Case life(int incarnation, Role role) {
        LoadBalancerKey key = Lives.key(desired.key(), incarnation);
        Desired its = reconciler.ports().provider().normalize(Incarnation.desired(desired, key));
        return new Case(seen, its, reconciler.term().of(key), line, role);
    }

    /// Each with the Service as it is by then: the visit before may have written on it.
    private Visit visit(Case visited) {
        ClusterSnapshot now = reconciler.ports().cluster().snapshot(desired.key());
        return reconciler.visit(visited.seeing(now));
    }

    Visit visit(Lives lives) {
        Case older = life(lives.existing().getFirst(), Role.ASIDE);
        Case newer = life(lives.existing().getLast(), Role.ASIDE);
        return switch (desired.fate()) {
            case WANTED -> both(older, newer, lives);
            case RELEASED, RETIRED -> gone(older, visit(older), lives);
            case UNTOUCHED -> visit(newer.wanting(newer.desired(), Role.ALONE));
        };
    }

    private Visit both(Case older, Case newer, Lives lives) {
        Sighted old = reconciler.sighted(older);
        Sighted young = reconciler.sighted(newer);
        return switch (young) {
            case Sighted.Seen(Actual newerActual)
            when old instanceof Sighted.Seen(Actual olderActual) ->
                decided(new Pair(older, olderActual), new Pair(newer, newerActual), lives);
            case Sighted.Seen(Actual newerActual) -> following(new Pair(newer, newerActual), next(old));
            case Sighted.Unknown(Visit next) ->
                old instanceof Sighted.Seen(Actual olderActual) ? following(new Pair(older, olderActual), next) : next;
        };
    }

    private record Pair(Case visited, Actual actual) {
        Life life() {
            return new Life(visited.desired(), Optional.of(actual));
        }

        Case frozen(Role role) {
            return visited.wanting(Incarnation.frozen(visited.desired(), actual), role);
        }
    }

    private static Visit next(Sighted sighted) {
        return switch (sighted) {
            case Sighted.Seen seen -> new Visit.Again(SOON);
            case Sighted.Unknown(Visit next) -> next;
        };
    }

    /// Of the other one nothing is known: this one's members follow.
    private Visit following(Pair known, Visit other) {
        return known.actual().loadBalancer().isEmpty() ? other : sooner(visit(known.frozen(Role.ASIDE)), other);
    }

    private Visit decided(Pair older, Pair newer, Lives lives) {
        ServiceView service = owner(seen, desired).orElseThrow();
        Succession succession = Succession.of(
                older.life(),
                newer.life(),
                service,
                reconciler.ports().provider().capabilities());
        Pair target = succession.target() ? newer : older;
        Pair other = succession.target() ? older : newer;
        target.visited().remembered().standby().recalled();
        boolean published = succession.target() == succession.shown();
        if (other.actual().loadBalancer().isEmpty()) {
            Visit its = visit(wanted(target, Role.SHOWN));
            return sooner(gone(other.visited(), visit(retired(other)), lives), its);
        }
        return published ? leaving(target, other, lives) : comingUp(target, other);
    }

    /// The new one stands; the old one stays until its address is forgotten.
    private Visit leaving(Pair target, Pair other, Lives lives) {
        Visit its = visit(wanted(target, Role.SHOWN));
        Instant until = other.visited()
                .remembered()
                .standby()
                .retiredSince(now())
                .plus(reconciler.rules().replacementGrace());
        if (now().isBefore(until)) {
            Visit old = visit(other.frozen(Role.ASIDE));
            return sooner(sooner(its, old), new Visit.Again(Duration.between(now(), until)));
        }
        return sooner(gone(other.visited(), visit(retired(other)), lives), its);
    }

    /// The old one serves and is told of; the new one is made, or becomes healthy.
    private Visit comingUp(Pair target, Pair other) {
        boolean ready = target.visited().remembered().standby().ready();
        Visit its = visit(ready ? shown(target, other) : wanted(target, Role.ASIDE));
        Case served = ready ? other.frozen(Role.ASIDE) : other.frozen(Role.SHOWN);
        Visit old = visit(
                ready
                        ? served
                        : served.wanting(Incarnation.saying(served.desired(), words(other, target)), Role.SHOWN));
        boolean readyNow = isReady(target, other);
        target.visited().remembered().standby().ready(readyNow);
        Duration next = ready && !publishesOwnAddress() ? FOR_ITS_USER : readyNow ? SOON : WHILE_BECOMING_HEALTHY;
        return sooner(sooner(its, old), new Visit.Again(next));
    }

    /// Of any other, what is published moves when its user moves it.
    private boolean publishesOwnAddress() {
        return desired.claimants().getFirst().publishing() instanceof Publishing.OwnAddress;
    }

    /// Where a name is published instead of an address, only its user knows which one it leads to.
    private Case shown(Pair target, Pair other) {
        Case visited = wanted(target, Role.SHOWN);
        List<Problem> words = desired.claimants().stream()
                .limit(1)
                .flatMap(owner -> owner.publishing() instanceof Publishing.Hostname(String name)
                        ? Stream.of(staying(name, target, other))
                        : Stream.empty())
                .toList();
        return visited.wanting(Incarnation.saying(visited.desired(), words), Role.SHOWN);
    }

    private Problem staying(String name, Pair target, Pair other) {
        return problem(
                "metadata.annotations",
                "the new load balancer (" + ids(target) + ") is healthy, and the old one (" + ids(other)
                        + ") stays as long as " + name + " is published, since where that leads is not known: let it"
                        + " lead to the new one, and then remove the annotation that publishes it");
    }

    private static String ids(Pair pair) {
        return pair.actual().loadBalancer().map(Actual.Found::id).orElse("none");
    }

    private boolean isReady(Pair target, Pair other) {
        Term.Remembered remembered = target.visited().remembered();
        boolean converged = reconciler
                .term()
                .told(target.visited().key())
                .filter(told -> told.plan().converged())
                .isPresent();
        return converged
                && remembered
                        .memory()
                        .lastSeen()
                        .actual()
                        .filter(actual -> reconciler
                                .health(target.visited(), actual)
                                .filter(health -> Succession.isReady(actual, health, Optional.of(other.actual())))
                                .isPresent())
                        .isPresent();
    }

    /// What the Service is told meanwhile, and what the cloud has refused of the new one.
    private List<Problem> words(Pair other, Pair target) {
        Stream<Problem> replaced =
                Succession.differences(
                                other.life(), reconciler.ports().provider().capabilities())
                        .stream()
                        .map(this::replaced);
        Stream<Problem> refused = reconciler.term().told(target.visited().key()).stream()
                .flatMap(told -> told.outcomes().stream())
                .flatMap(result -> result.outcome() instanceof Outcome.Rejected rejected
                        ? Stream.of(problem(
                                "metadata.annotations",
                                "of the new load balancer the cloud refuses "
                                        + result.change().name().text() + ": " + rejected.message()))
                        : Stream.empty());
        return Stream.concat(replaced, refused).toList();
    }

    private Problem replaced(FieldChange change) {
        String path = "LoadBalancer." + change.field();
        return problem(
                reconciler.ports().provider().dialect().annotationOf(path).orElse(path),
                change.field() + " is " + change.from() + " and becomes " + change.to()
                        + ": a new load balancer is made, and takes over when it is healthy");
    }

    private Problem problem(String field, String message) {
        return new Problem(desired.claimants().getFirst().mark().object(), field, message, Reason.REPLACING);
    }

    private static Case wanted(Pair pair, Role role) {
        return pair.visited().wanting(pair.visited().desired(), role);
    }

    private static Case retired(Pair pair) {
        return pair.visited().wanting(Incarnation.retired(pair.visited().desired()), Role.ASIDE);
    }

    /// One that nothing is left of is not looked for again.
    private Visit gone(Case left, Visit visit, Lives lives) {
        if (!(visit instanceof Visit.Finished)) {
            return visit;
        }
        Paperwork paperwork = reconciler.paperwork();
        owner(reconciler.ports().cluster().snapshot(desired.key()), desired)
                .ifPresent(service -> paperwork.living(service, lives.without(left.incarnation())));
        return again(paperwork);
    }

    private static Visit again(Paperwork paperwork) {
        return paperwork
                .failure()
                .<Visit>map(why -> new Visit.Failed(Duration.ZERO, why))
                .orElseGet(() -> new Visit.Again(SOON));
    }

    private static Optional<ServiceView> owner(ClusterSnapshot seen, Desired desired) {
        Optional<String> uid =
                desired.claimants().stream().findFirst().map(Claimant::mark).map(mark -> mark.objectUid());
        return seen.claims().stream()
                .map(ClusterSnapshot.ServiceClaim::service)
                .filter(service -> uid.equals(Optional.of(service.uid())))
                .findFirst();
    }

    private static Visit sooner(Visit one, Visit other) {
        return switch (one) {
            case Visit.Finished finished -> other;
            case Visit.Failed failed -> failed;
            case Visit.Again(Duration after) ->
                switch (other) {
                    case Visit.Finished finished -> one;
                    case Visit.Failed failed -> failed;
                    case Visit.Again(Duration its) -> after.compareTo(its) <= 0 ? one : other;
                };
        };
    }

    private Instant now() {
        return reconciler.ports().clock().instant();
    }
}
