package io.plumbline.it.scenario;

import io.plumbline.controller.apply.Applier;
import io.plumbline.controller.apply.Applier.Result;
import io.plumbline.controller.desired.DesiredState;
import io.plumbline.controller.plan.Evidence;
import io.plumbline.controller.plan.Evidence.FreshHealth;
import io.plumbline.controller.plan.Evidence.FreshRead;
import io.plumbline.controller.plan.Evidence.Question;
import io.plumbline.controller.plan.Guarded;
import io.plumbline.controller.plan.Guards;
import io.plumbline.controller.plan.History;
import io.plumbline.controller.plan.Planner;
import io.plumbline.controller.report.ObjectReport;
import io.plumbline.controller.report.Report;
import io.plumbline.controller.report.Round;
import io.plumbline.controller.snapshot.ClusterSnapshot;
import io.plumbline.controller.snapshot.SnapshotAssembly;
import io.plumbline.fake.FakeCloud;
import io.plumbline.fake.FakeProvider;
import io.plumbline.fake.FakeState;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.Provider.HealthQuestion;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.Scope;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Claimant;
import io.plumbline.spi.model.Desired.DesiredPool;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// The pure chain against a cloud in memory, on a clock that moves only between rounds.
final class Rehearsal {
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final int MOST_QUESTIONS = 10;

    private final FakeProvider provider;
    private final FakeCloud cloud;
    private final Memories memories = new Memories();
    private final Applier applier;
    private Facts facts;
    private Cluster cluster;
    private Instant now;

    Rehearsal(Facts facts, Cluster cluster, FakeState state) {
        this.facts = facts;
        this.cluster = cluster;
        this.now = facts.now();
        this.cloud = new FakeCloud(facts.traits(), () -> now, state);
        this.provider = new FakeProvider(cloud, CallGate.OPEN);
        this.applier = new Applier(provider, () -> now);
        next(facts, cluster);
    }

    /// The cluster, or what is known of it, changes; the cloud stays as it has become.
    void next(Facts nextFacts, Cluster nextCluster) {
        facts = nextFacts;
        cluster = nextCluster;
        facts.health()
                .forEach((member, health) ->
                        cloud.setHealth(member, Health.Status.valueOf(health.toUpperCase(Locale.ROOT))));
    }

    /// What was decided for one load balancer.
    sealed interface Decision {
        ClusterSnapshot seen();

        Plan plan();

        /// Nothing can be wanted.
        record Refused(ClusterSnapshot seen, Plan plan) implements Decision {}

        record Planned(ClusterSnapshot seen, Desired desired, Actual actual, History history, Plan plan)
                implements Decision {}
    }

    /// The keys of all Services, in order.
    List<LoadBalancerKey> keys() {
        return cluster.cached().services().stream()
                .map(service -> SnapshotAssembly.key(service, provider.dialect()))
                .distinct()
                .sorted()
                .toList();
    }

    Decision decide(LoadBalancerKey key) {
        return decide(key, UnaryOperator.identity(), UnaryOperator.identity());
    }

    /// @param wanted changes what is wanted before it is planned, `there` what is there
    Decision decide(LoadBalancerKey key, UnaryOperator<Desired> wanted, UnaryOperator<Actual> there) {
        ClusterSnapshot seen = SnapshotAssembly.of(key, cluster.cached(), provider.dialect());
        return switch (DesiredState.from(seen, provider.dialect(), capabilities(), facts.settings())) {
            case DesiredState.Invalid(List<Problem> problems) ->
                new Decision.Refused(seen, new Plan(key, List.of(), problems));
            case DesiredState.Valid(Desired desired) -> {
                Desired normal = wanted.apply(provider.normalize(desired));
                Actual actual = there.apply(read(normal));
                memories.see(actual, facts, cluster);
                History history = memories.history(facts, actual);
                yield new Decision.Planned(seen, normal, actual, history, plan(normal, actual, history));
            }
        };
    }

    private Plan plan(Desired desired, Actual actual, History history) {
        Plan first = Planner.plan(desired, actual, Health.unknown(now), capabilities(), now, history);
        boolean waits = first.changes().stream()
                .anyMatch(change -> change instanceof Change.Await await
                        && !await.firstAskAt().isAfter(now));
        Plan plan =
                waits ? Planner.plan(desired, actual, health(desired, actual), capabilities(), now, history) : first;
        Evidence evidence = Evidence.none();
        for (int i = 0; i < MOST_QUESTIONS; i++) {
            io.plumbline.controller.plan.Facts known = new io.plumbline.controller.plan.Facts(
                    now,
                    facts.mode(),
                    facts.settings(),
                    desired,
                    actual,
                    capabilities(),
                    provider.dialect(),
                    history,
                    evidence);
            switch (Guards.guard(plan, known)) {
                case Guarded.Safe(Plan safe) -> {
                    return safe;
                }
                case Guarded.NeedsEvidence(List<Question> questions) ->
                    evidence = answer(questions, evidence, desired, actual);
            }
        }
        throw new AssertionError("the guards still ask after " + MOST_QUESTIONS + " answers");
    }

    private Evidence answer(List<Question> questions, Evidence known, Desired desired, Actual actual) {
        SortedMap<ObjectKey, FreshRead> objects = new TreeMap<>(known.objects());
        SortedMap<PoolKey, FreshHealth> health = new TreeMap<>(known.health());
        for (Question question : questions) {
            switch (question) {
                case Question.OfObject(ObjectKey object) -> objects.put(object, cluster.read(object));
                case Question.OfHealth(PoolKey pool) ->
                    health.put(
                            pool,
                            cluster.healthReadable()
                                    ? new FreshHealth.Told(health(desired, actual))
                                    : new FreshHealth.Unreadable("no answer"));
            }
        }
        return new Evidence(objects, health);
    }

    private Health health(Desired desired, Actual actual) {
        List<PoolKey> pools = actual.pools().stream()
                .map(pool -> pool.pool().resource().value().key())
                .toList();
        HealthQuestion question = new HealthQuestion(desired.key(), pools, actual.ids());
        return provider.health(List.of(question)).asOptional().orElseThrow().getFirst();
    }

    private Actual read(Desired desired) {
        ReadRequest request =
                new ReadRequest(desired.key(), new Scope.Whole(), owner(desired), marks(desired), Ids.none());
        return provider.read(request).asOptional().orElseThrow();
    }

    /// Carries the plan out, and says what everybody is told.
    List<ObjectReport> apply(Decision decision) {
        return switch (decision) {
            case Decision.Refused refused ->
                Report.of(refused.seen(), new Round.Refused(refused.plan().problems()), now);
            case Decision.Planned planned -> {
                List<Result> results = applier.apply(planned.plan(), frame(planned), new Applier.Memory());
                memories.did(results, planned.desired(), now);
                Round round = new Round.Planned(
                        planned.desired(),
                        planned.plan(),
                        read(planned.desired()),
                        results.stream().map(Result::applied).toList(),
                        planned.history());
                List<ObjectReport> reports = Report.of(planned.seen(), round, now);
                now = now.plus(ROUND);
                facts.recovers().forEach(member -> cloud.setHealth(member, Health.Status.HEALTHY));
                yield reports;
            }
        };
    }

    int writes() {
        return cloud.log().writes();
    }

    private ApplyRequest frame(Decision.Planned planned) {
        Desired desired = planned.desired();
        return new ApplyRequest(
                desired.key(),
                owner(desired),
                marks(desired),
                1,
                planned.actual().ids(),
                desired.pools().stream().map(DesiredPool::pool).toList(),
                List.of());
    }

    private Capabilities capabilities() {
        Capabilities its = provider.capabilities();
        Capabilities.Limits limits = its.limits();
        return new Capabilities(
                its.provider(),
                its.pools(),
                its.cascade(),
                its.drain(),
                its.weights(),
                its.backendUniquePerLoadBalancer(),
                its.healthOnlyOfReferencedPools(),
                its.labelsBackends(),
                its.sourceRanges(),
                its.clientIpAffinity(),
                its.resolvesBackends(),
                its.mutability(),
                its.nativeGateTypes(),
                new Capabilities.Limits(
                        limits.backendsPerCall(),
                        limits.loadBalancersPerHealthCall(),
                        facts.quota().orElse(limits.backendsPerPool()),
                        limits.listenersPerLoadBalancer(),
                        limits.maximumWeight(),
                        limits.backendsInNewPool(),
                        limits.backendsPerLoadBalancer()),
                its.rates(),
                its.timing());
    }

    private static Mark owner(Desired desired) {
        return desired.claimants().getFirst().mark();
    }

    private static List<Mark> marks(Desired desired) {
        return desired.claimants().stream().map(Claimant::mark).toList();
    }
}
