package io.plumbline.controller.loop;

import io.plumbline.controller.apply.Applier;
import io.plumbline.controller.apply.Applier.Result;
import io.plumbline.controller.apply.TargetNames;
import io.plumbline.controller.desired.DesiredState;
import io.plumbline.controller.desired.Lives;
import io.plumbline.controller.desired.Settings;
import io.plumbline.controller.loop.Freeze.Standing;
import io.plumbline.controller.loop.Term.Told;
import io.plumbline.controller.plan.Guards;
import io.plumbline.controller.plan.Mode;
import io.plumbline.controller.report.Report;
import io.plumbline.controller.report.Round;
import io.plumbline.controller.snapshot.ClusterSnapshot;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Provider;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Fate;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.objects.ServiceView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The program in one sentence: snapshot -> desired -> plan -> apply -> report, for one load balancer at
/// a time.
///
/// It starts no thread and reads no clock but the one it is given, so that tests run it on virtual time.
public final class Reconciler {
    private final Ports ports;
    private final Rules rules;
    private final Term term;
    private final Sight sight;
    private final Deciding deciding;
    private final Applier applier;
    private final TargetNames targetNames;
    private final Journal journal;

    public Reconciler(Ports ports, Rules rules, Term term, Journal journal) {
        this.ports = ports;
        this.rules = rules;
        this.term = term;
        this.journal = journal;
        this.sight = new Sight(ports.provider(), ports.clock(), term);
        this.deciding = new Deciding(ports, rules, term.freeze());
        this.applier = new Applier(ports.provider(), ports.clock());
        this.targetNames = new TargetNames(ports.provider(), ports.clock());
    }

    /// What it works on.
    public record Ports(ClusterPort cluster, Provider provider, InstantSource clock) {}

    /// What it works by.
    ///
    /// @param replacementGrace how long a load balancer stays after another one's address was published
    ///     in its place: as long as names may be cached
    public record Rules(Settings settings, Mode mode, Duration replacementGrace) {
        private static final Duration GRACE = Duration.ofMinutes(10);

        /// With 10 minutes for names.
        public Rules(Settings settings, Mode mode) {
            this(settings, mode, GRACE);
        }
    }

    /// Does what is due for this load balancer. One caller at a time for one key.
    ///
    /// @param wokenAt when the event came that this visit is for, if it is for one
    public Visit reconcile(LoadBalancerKey key, Optional<Instant> wokenAt) {
        Instant started = now();
        wokenAt.ifPresent(event -> term.stirred(key));
        Journal.Line line = new Journal.Line();
        try {
            Visit next = reconcile(key, line);
            journal.ended(key, line, next, new Journal.Times(wokenAt, started, now()));
            return next;
        } catch (RuntimeException bug) {
            term.of(key).memory().lastSeen().drop();
            throw bug;
        }
    }

    private Visit reconcile(LoadBalancerKey key, Journal.Line line) {
        Provider provider = ports.provider();
        ClusterSnapshot seen = ports.cluster().snapshot(key);
        return switch (DesiredState.from(seen, provider.dialect(), provider.capabilities(), rules.settings())) {
            case DesiredState.Invalid(List<Problem> problems) -> refuse(seen, problems, line);
            case DesiredState.Valid(Desired desired) -> visit(seen, desired, line);
        };
    }

    private Visit visit(ClusterSnapshot seen, Desired desired, Journal.Line line) {
        Lives lives = Replacing.lives(seen, desired);
        Replacing replacing = new Replacing(this, seen, desired, line);
        return lives.existing().size() == 1
                ? visit(replacing.life(lives.existing().getFirst(), Case.Role.ALONE))
                : replacing.visit(lives);
    }

    Ports ports() {
        return ports;
    }

    Rules rules() {
        return rules;
    }

    Term term() {
        return term;
    }

    /// What is there, as far as it is known without waiting; nothing else is begun.
    Replacing.Sighted sighted(Case visited) {
        learn(visited, applier.poll(visited.key(), visited.remembered().memory()));
        Optional<Instant> busyUntil = visited.remembered().memory().pending().nextAsk();
        if (busyUntil.isPresent()) {
            return new Replacing.Sighted.Unknown(new Visit.Again(untilOrSoon(busyUntil.get())));
        }
        return switch (sight.glance(visited)) {
            case Sight.Look.Seen(Actual actual, boolean fresh) -> new Replacing.Sighted.Seen(actual);
            case Sight.Look.Repeat(Duration after) -> new Replacing.Sighted.Unknown(new Visit.Again(after));
            case Sight.Look.Missed(Outcome.Failure failure) ->
                new Replacing.Sighted.Unknown(new Visit.Failed(Duration.ZERO, failure.message()));
        };
    }

    /// The cloud's own word on the health of everything on a load balancer.
    Optional<Health> health(Case visited, Actual actual) {
        return deciding.health(visited, actual);
    }

    private Visit refuse(ClusterSnapshot seen, List<Problem> problems, Journal.Line line) {
        if (problems.isEmpty()) {
            term.of(seen.key())
                    .memory()
                    .lastSeen()
                    .actual()
                    .flatMap(Actual::loadBalancer)
                    .ifPresent(left -> line.remark("its owner is gone, and " + left.id() + " stays behind"));
            term.forget(seen.key());
            return new Visit.Finished();
        }
        Paperwork paperwork = paperwork();
        publish(paperwork, seen, new Round.Refused(problems));
        return paperwork
                .failure()
                .<Visit>map(why -> new Visit.Failed(Duration.ZERO, why))
                .orElseGet(Visit.Finished::new);
    }

    /// One load balancer, or one incarnation of it.
    Visit visit(Case visited) {
        if (visited.desired().fate() == Fate.UNTOUCHED) {
            return untouched(visited);
        }
        return switch (term.freeze().standing(now())) {
            case Standing.Frozen(Outcome.Rejected why, Instant until) ->
                unread(visited, why, new Visit.Again(Duration.between(now(), until)));
            case Standing.Probe() -> probe(visited);
            case Standing.Free() -> settleFirst(visited);
        };
    }

    /// Nothing is asked and nothing is done; a Service that goes is let go.
    private Visit untouched(Case visited) {
        Actual nothing = Actual.absent(visited.key(), now());
        Plan plan = deciding.decide(visited, nothing);
        Paperwork paperwork = paperwork();
        if (rules.mode() != Mode.OBSERVE) {
            paperwork.release(visited);
        }
        report(paperwork, visited, plan, nothing, List.of());
        return paperwork
                .failure()
                .<Visit>map(why -> new Visit.Failed(Duration.ZERO, why))
                .orElseGet(Visit.Finished::new);
    }

    /// Whatever was known is read again, so that it shows whether the cloud answers.
    private Visit probe(Case visited) {
        visited.remembered().memory().lastSeen().drop();
        return settleFirst(visited);
    }

    /// While the cloud still works on this load balancer nothing else is begun.
    private Visit settleFirst(Case visited) {
        learn(visited, applier.poll(visited.key(), visited.remembered().memory()));
        return visited.remembered()
                .memory()
                .pending()
                .nextAsk()
                .<Visit>map(at -> new Visit.Again(untilOrSoon(at)))
                .orElseGet(() -> proceed(visited, visited.wanted() ? sight.glance(visited) : sight.look(visited)));
    }

    private Visit proceed(Case visited, Sight.Look look) {
        return switch (look) {
            case Sight.Look.Seen(Actual actual, boolean fresh)
            when actual.loadBalancer().isEmpty() -> absent(visited, actual);
            case Sight.Look.Seen(Actual actual, boolean fresh) -> present(visited, actual, fresh);
            case Sight.Look.Repeat(Duration after) -> new Visit.Again(after);
            case Sight.Look.Missed(Outcome.Retry retry)
            when retry.why() == Outcome.Why.THROTTLED -> new Visit.Again(retry.after());
            case Sight.Look.Missed(Outcome.Retry retry) ->
                unread(visited, retry, new Visit.Failed(retry.after(), retry.message()));
            case Sight.Look.Missed(Outcome.Rejected rejected) ->
                unread(visited, rejected, new Visit.Failed(Duration.ZERO, rejected.message()));
        };
    }

    private Visit absent(Case visited, Actual actual) {
        Existence existence = visited.remembered().existence();
        visited.remembered().memory().lastSeen().drop();
        visited.recall(now());
        return switch (existence.missed(
                visited.begun(), ports.provider().capabilities().timing(), now())) {
            case Existence.Verdict.Unsure(Instant at)
            when !visited.wanted() || !existence.mayRepeat() -> new Visit.Again(untilOrSoon(at));
            case Existence.Verdict.Unsure unsure -> act(visited, actual, true);
            case Existence.Verdict.Absent absent -> act(visited, actual, true);
        };
    }

    private Visit present(Case visited, Actual actual, boolean fresh) {
        visited.remembered().existence().found();
        return act(visited, actual, fresh);
    }

    private Visit act(Case visited, Actual actual, boolean fresh) {
        Plan plan = deciding.decide(visited, actual);
        if (!fresh && (isLeft(visited) || plan.changes().stream().anyMatch(Steps::needsFreshRead))) {
            return proceed(visited, sight.look(visited));
        }
        Paperwork paperwork = paperwork();
        if (rules.mode() != Mode.OBSERVE && plan.changes().stream().anyMatch(Steps::replacesLoadBalancer)) {
            return Replacing.begin(paperwork, visited);
        }
        prepare(paperwork, visited, plan, actual);
        if (paperwork.failure().isPresent()) {
            return new Visit.Failed(Duration.ZERO, paperwork.failure().get());
        }
        TargetNames.Named named = name(visited, plan);
        Plan sent = Guards.without(plan, named.unresolved());
        List<Result> results = applier.apply(
                sent, visited.frame(named.ids()), visited.remembered().memory());
        learn(visited, results);
        visited.line().planned(sent);
        visited.remembered().history().planned(sent, now());
        visited.remembered().history().adopted(visited.desired(), sent);
        report(paperwork, visited, sent, actual, results);
        Duration pause = visited.remembered().repetition().after(sent, results);
        Visit next = soonerOf(conclude(paperwork, visited, sent, actual, results), named.askAgainAt());
        Visit looking = soonerOf(next, Optional.of(Sight.again(visited, actual)));
        return pause.isZero() ? looking : paused(visited, looking, pause);
    }

    private static Visit paused(Case visited, Visit visit, Duration pause) {
        visited.line().remark("the same changes once more: what was done does not show");
        return switch (visit) {
            case Visit.Again(Duration after) -> new Visit.Again(after.compareTo(pause) < 0 ? pause : after);
            case Visit.Failed failed -> failed;
            case Visit.Finished finished -> finished;
        };
    }

    /// What the cloud calls the targets of new members.
    private TargetNames.Named name(Case visited, Plan plan) {
        if (rules.mode() == Mode.OBSERVE) {
            return TargetNames.Named.NOBODY;
        }
        TargetNames.Named named = targetNames.name(plan);
        named.failure().ifPresent(failure -> {
            visited.line().remark(failure.message());
            term.freeze().failed(failure, now());
        });
        visited.remembered().memory().lastSeen().know(named.ids());
        return named;
    }

    private Visit soonerOf(Visit visit, Optional<Instant> wish) {
        return switch (visit) {
            case Visit.Again(Duration after)
            when wish.filter(at -> at.isBefore(now().plus(after))).isPresent() ->
                new Visit.Again(untilOrSoon(wish.get()));
            case Visit.Again again -> again;
            case Visit.Failed failed -> failed;
            case Visit.Finished finished -> finished;
        };
    }

    /// The finalizer comes before the first create, the record of the attempt before each.
    private void prepare(Paperwork paperwork, Case visited, Plan plan, Actual actual) {
        if (!visited.wanted() || rules.mode() == Mode.OBSERVE) {
            return;
        }
        actual.loadBalancer().ifPresent(found -> paperwork.found(visited, found.id()));
        if (!plan.converged()) {
            Optional<Change> creation = plan.changes().stream()
                    .filter(Steps::createsLoadBalancer)
                    .filter(change -> visited.remembered()
                            .memory()
                            .refusals()
                            .standing(change, now())
                            .isEmpty())
                    .findFirst();
            paperwork.begin(
                    visited,
                    creation.map(change -> visited.remembered().existence().attempt()));
            creation.ifPresent(change -> visited.remembered().existence().trying(now()));
        }
    }

    private void learn(Case visited, List<Result> results) {
        Instant now = now();
        visited.line().did(results);
        visited.remembered().history().did(results, visited.desired(), now);
        for (Result result : results) {
            if (Steps.createsLoadBalancer(result.change())) {
                visited.remembered().existence().answered(result.outcome());
            }
            if (result.outcome() instanceof Outcome.Failure failure) {
                term.freeze().failed(failure, now);
            }
        }
    }

    private Round.Planned round(Case visited, Plan plan, Actual actual, List<Result> results) {
        return new Round.Planned(
                visited.desired(),
                plan,
                visited.remembered().memory().lastSeen().actual().orElse(actual),
                results.stream().map(Result::applied).toList(),
                visited.remembered().history().history(now()));
    }

    private void report(Paperwork paperwork, Case visited, Plan plan, Actual actual, List<Result> results) {
        visited.remembered()
                .notice()
                .post(new Told(
                        visited.desired(),
                        plan,
                        results,
                        visited.remembered().history().history(now()),
                        visited.remembered().memory().lastSeen().ids()));
        if (visited.role().reports()) {
            publish(paperwork, visited.seen(), round(visited, plan, actual, results));
        }
    }

    private Visit conclude(Paperwork paperwork, Case visited, Plan plan, Actual actual, List<Result> results) {
        if (visited.wanted() && visited.role() == Case.Role.ALONE && rules.mode() != Mode.OBSERVE) {
            Round.Planned round = round(visited, plan, actual, results);
            paperwork.release(visited, service -> hasLeft(round, service));
        }
        if (!visited.wanted() && rules.mode() != Mode.OBSERVE && Steps.nothingIsLeft(plan)) {
            if (visited.role() == Case.Role.ALONE) {
                paperwork.release(visited);
            }
            if (paperwork.failure().isEmpty()) {
                term.forget(visited.key());
                return new Visit.Finished();
            }
        }
        if (Outlook.provisioning(actual)) {
            visited.remembered().memory().lastSeen().drop();
        }
        return paperwork
                .failure()
                .<Visit>map(why -> new Visit.Failed(Duration.ZERO, why))
                .orElseGet(() -> Outlook.after(
                        plan, actual, results, visited.remembered().memory(), now()));
    }

    private Visit unread(Case visited, Outcome.Failure failure, Visit next) {
        visited.line().remark(failure.message());
        if (visited.role().reports()) {
            publish(paperwork(), visited.seen(), new Round.Unread(visited.desired(), failure));
        }
        return next;
    }

    private void publish(Paperwork paperwork, ClusterSnapshot seen, Round round) {
        if (rules.mode() != Mode.OBSERVE) {
            paperwork.publish(seen, round, now());
        }
    }

    /// Of a load balancer that others keep: what was this Service's is gone, or is to stay untouched.
    private static boolean hasLeft(Round.Planned round, ServiceView service) {
        boolean untouched = round.desired().claimants().stream()
                .noneMatch(claimant -> claimant.mark().objectUid().equals(service.uid()));
        return untouched || Report.hasLeft(round, service.key());
    }

    /// Somebody wants to be let go, for which memory is not good enough.
    private boolean isLeft(Case visited) {
        return visited.services().stream().anyMatch(paperwork()::wantsRelease);
    }

    Paperwork paperwork() {
        return new Paperwork(ports.cluster(), ports.provider().dialect(), rules.settings());
    }

    private Duration untilOrSoon(Instant at) {
        Duration wait = Duration.between(now(), at);
        return wait.isNegative() || wait.isZero() ? Duration.ofMillis(100) : wait;
    }

    private Instant now() {
        return ports.clock().instant();
    }
}
