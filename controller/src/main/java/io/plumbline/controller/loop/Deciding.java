package io.plumbline.controller.loop;

import io.plumbline.controller.loop.Reconciler.Ports;
import io.plumbline.controller.loop.Reconciler.Rules;
import io.plumbline.controller.plan.Evidence;
import io.plumbline.controller.plan.Evidence.FreshHealth;
import io.plumbline.controller.plan.Evidence.FreshRead;
import io.plumbline.controller.plan.Evidence.Question;
import io.plumbline.controller.plan.Facts;
import io.plumbline.controller.plan.Guarded;
import io.plumbline.controller.plan.Guards;
import io.plumbline.controller.plan.History;
import io.plumbline.controller.plan.Planner;
import io.plumbline.spi.Answer;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Provider.HealthQuestion;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Wanted and actual -> a plan that is safe. The decisions are those of `plan`; this fetches what they
/// ask for: health where an await is due, and evidence where a guard wants it.
final class Deciding {
    private static final int MOST_ROUNDS = 10;

    private final Ports ports;
    private final Rules rules;
    private final Freeze freeze;

    Deciding(Ports ports, Rules rules, Freeze freeze) {
        this.ports = ports;
        this.rules = rules;
        this.freeze = freeze;
    }

    Plan decide(Case visited, Actual actual) {
        Instant now = ports.clock().instant();
        Plan plan = plan(visited, actual, Health.unknown(now), now);
        List<PoolKey> awaited = awaited(plan, now);
        if (!awaited.isEmpty() && ask(visited, awaited) instanceof Answer.Got<Health>(Health health)) {
            plan = plan(visited, actual, health, now);
        }
        return guarded(visited, actual, plan, now);
    }

    private Plan plan(Case visited, Actual actual, Health health, Instant now) {
        History history = visited.remembered().history().history(now);
        return Planner.plan(visited.desired(), actual, health, ports.provider().capabilities(), now, history);
    }

    private static List<PoolKey> awaited(Plan plan, Instant now) {
        return plan.changes().stream()
                .filter(change -> change instanceof Change.Await await
                        && !await.firstAskAt().isAfter(now))
                .map(change -> ((Change.Await) change).pool())
                .distinct()
                .toList();
    }

    private Plan guarded(Case visited, Actual actual, Plan plan, Instant now) {
        Evidence evidence = Evidence.none();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Facts facts = new Facts(
                    now,
                    rules.mode(),
                    rules.settings(),
                    visited.desired(),
                    actual,
                    ports.provider().capabilities(),
                    ports.provider().dialect(),
                    visited.remembered().history().history(now),
                    evidence);
            switch (Guards.guard(plan, facts)) {
                case Guarded.Safe(Plan safe) -> {
                    return safe;
                }
                case Guarded.NeedsEvidence(List<Question> questions) ->
                    evidence = answered(evidence, questions, visited);
            }
        }
        throw new IllegalStateException(plan.key() + ": the guards still ask after " + MOST_ROUNDS + " rounds");
    }

    private Evidence answered(Evidence evidence, List<Question> questions, Case visited) {
        SortedMap<ObjectKey, FreshRead> objects = new TreeMap<>(evidence.objects());
        SortedMap<PoolKey, FreshHealth> health = new TreeMap<>(evidence.health());
        objects.putAll(ports.cluster().read(objectsOf(questions)));
        List<PoolKey> pools = poolsOf(questions);
        if (!pools.isEmpty()) {
            FreshHealth told = switch (ask(visited, pools)) {
                case Answer.Got<Health>(Health answer) -> new FreshHealth.Told(answer);
                case Answer.Missed<Health>(Outcome.Failure failure) -> new FreshHealth.Unreadable(failure.message());
            };
            pools.forEach(pool -> health.put(pool, told));
        }
        return new Evidence(objects, health);
    }

    /// Of every pool that is there.
    Optional<Health> health(Case visited, Actual actual) {
        List<PoolKey> pools = actual.pools().stream()
                .map(found -> found.pool().resource().value().key())
                .toList();
        return pools.isEmpty()
                ? Optional.of(Health.unknown(ports.clock().instant()))
                : ask(visited, pools).asOptional();
    }

    private Answer<Health> ask(Case visited, List<PoolKey> pools) {
        HealthQuestion question = new HealthQuestion(
                visited.key(), pools, visited.remembered().memory().lastSeen().ids());
        Answer<Health> answer = ports.provider().health(List.of(question)).map(List::getFirst);
        if (answer instanceof Answer.Missed<Health>(Outcome.Failure failure)) {
            freeze.failed(failure, ports.clock().instant());
        }
        return answer;
    }

    private static List<ObjectKey> objectsOf(List<Question> questions) {
        return questions.stream()
                .flatMap(question -> switch (question) {
                    case Question.OfObject(ObjectKey object) -> List.of(object).stream();
                    case Question.OfHealth health -> List.<ObjectKey>of().stream();
                })
                .toList();
    }

    private static List<PoolKey> poolsOf(List<Question> questions) {
        return questions.stream()
                .flatMap(question -> switch (question) {
                    case Question.OfObject object -> List.<PoolKey>of().stream();
                    case Question.OfHealth(PoolKey pool) -> List.of(pool).stream();
                })
                .toList();
    }
}
