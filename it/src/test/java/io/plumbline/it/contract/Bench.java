package io.plumbline.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.controller.apply.Applier;
import io.plumbline.controller.plan.History;
import io.plumbline.controller.plan.PlanText;
import io.plumbline.controller.plan.Planner;
import io.plumbline.spi.Answer;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Provider;
import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.Provider.HealthQuestion;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.Scope;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Actual.FoundPool;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.DesiredPool;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.PoolKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A provider on its cloud, driven as the controller drives it, but for guards: a contract is about the provider.
final class Bench {
    private static final int ROUNDS = 60;
    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final Duration LONG_AGO = Duration.ofHours(1);

    private final ContractCloud cloud;
    private final Provider provider;
    private final Applier applier;
    private final Applier.Memory memory = new Applier.Memory();

    Bench(ContractCloud cloud) {
        this.cloud = cloud;
        this.provider = cloud.provider(CallGate.OPEN);
        this.applier = new Applier(provider, cloud.clock());
    }

    Provider provider() {
        return provider;
    }

    Capabilities capabilities() {
        return provider.capabilities();
    }

    /// Goes on until nothing is left to do, and shows what is there then.
    Actual settle(Wish wish) {
        return settle(wish, anything -> {});
    }

    /// The same; `watch` sees what is there after each round.
    Actual settle(Wish wish, Consumer<Actual> watch) {
        Plan plan = plan(wish);
        for (int round = 0;
                round < ROUNDS && !(plan.converged() && memory.pending().none());
                round++) {
            if (memory.pending().none()) {
                applier.apply(plan, request(wish, ids(wish), List.of()), memory);
            }
            cloud.pass(ROUND);
            applier.poll(wish.key(), memory);
            watch.accept(read(wish));
            plan = plan(wish);
        }
        assertThat(plan.converged()).as(PlanText.print(plan)).isTrue();
        return provisioned(wish);
    }

    /// A cloud without tasks shows that it still works on a load balancer.
    private Actual provisioned(Wish wish) {
        Actual actual = read(wish);
        for (int round = 0; round < ROUNDS && isProvisioning(actual); round++) {
            cloud.pass(ROUND);
            actual = read(wish);
        }
        return actual;
    }

    private static boolean isProvisioning(Actual actual) {
        return actual.loadBalancer()
                .filter(found -> found.state() == Actual.State.PROVISIONING)
                .isPresent();
    }

    Plan plan(Wish wish) {
        Desired desired = provider.normalize(wish.in(cloud));
        Actual actual = read(wish);
        Instant now = cloud.clock().instant();
        return Planner.plan(
                desired, actual, health(wish.key(), actual), capabilities(), now, History.begin(now.minus(LONG_AGO)));
    }

    Actual read(Wish wish) {
        return read(wish, Ids.none());
    }

    Actual read(Wish wish, Ids known) {
        Answer<Actual> answer =
                provider.read(new ReadRequest(wish.key(), new Scope.Whole(), wish.owner(), wish.marks(), known));
        assertThat(answer).isInstanceOf(Answer.Got.class);
        return answer.asOptional().orElseThrow();
    }

    Ids ids(Wish wish) {
        return read(wish).ids();
    }

    Health health(LoadBalancerKey key, Actual actual) {
        List<PoolKey> pools = actual.pools().stream().map(Bench::key).toList();
        Answer<List<Health>> answer = provider.health(List.of(new HealthQuestion(key, pools, actual.ids())));
        assertThat(answer).isInstanceOf(Answer.Got.class);
        return answer.asOptional().orElseThrow().getFirst();
    }

    private static PoolKey key(FoundPool pool) {
        return pool.pool().resource().value().key();
    }

    /// These changes and nothing else, in one request; what is pending is waited for.
    List<Outcome> apply(Wish wish, Change... changes) {
        return apply(wish, ids(wish), List.of(changes));
    }

    List<Outcome> apply(Wish wish, Ids ids, List<Change> changes) {
        List<Outcome> outcomes = provider.apply(request(wish, ids, changes));
        assertThat(outcomes).as("one outcome for each change").hasSameSizeAs(changes);
        List<Outcome> ended = new ArrayList<>();
        for (int place = 0; place < changes.size(); place++) {
            Outcome outcome = end(wish.key(), outcomes.get(place));
            ended.add(busy(outcome) ? again(wish, ids, changes.get(place), outcome) : outcome);
        }
        return ended;
    }

    /// One change, tried once.
    Outcome applyOnce(Wish wish, Ids ids, Change change) {
        return provider.apply(request(wish, ids, List.of(change))).getFirst();
    }

    private static boolean busy(Outcome outcome) {
        return outcome instanceof Outcome.Retry retry
                && (retry.why() == Outcome.Why.BUSY || retry.why() == Outcome.Why.POSTPONED);
    }

    private Outcome again(Wish wish, Ids ids, Change change, Outcome busy) {
        Outcome now = busy;
        for (int round = 0; round < ROUNDS && busy(now); round++) {
            cloud.pass(ROUND);
            now = end(wish.key(), applyOnce(wish, ids, change));
        }
        return now;
    }

    private Outcome end(LoadBalancerKey key, Outcome outcome) {
        Outcome now = outcome;
        for (int round = 0;
                round < ROUNDS && now instanceof Outcome.Pending(Outcome.Task task, Duration after);
                round++) {
            cloud.pass(after);
            now = provider.poll(key, task);
        }
        return now;
    }

    private ApplyRequest request(Wish wish, Ids ids, List<Change> changes) {
        List<DesiredPool> pools = provider.normalize(wish.in(cloud)).pools();
        return new ApplyRequest(
                wish.key(),
                wish.owner(),
                wish.marks(),
                1,
                ids,
                pools.stream().map(DesiredPool::pool).toList(),
                changes);
    }
}
