package io.plumbline.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.plumbline.it.contract.ContractCloud.Trouble;
import io.plumbline.spi.Answer;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Capabilities.Pools;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Provider;
import io.plumbline.spi.Provider.HealthQuestion;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.Provider.Resolution;
import io.plumbline.spi.Scope;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.Kind;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What each verb promises by itself.
interface VerbContract {
    Reason WANTED = new Reason(Reason.DESIRED, "desired, absent");
    Reason UNWANTED = new Reason(Reason.UNWANTED, "no longer wanted");

    /// A new, empty cloud.
    ContractCloud cloud();

    @Test
    default void makingWhatIsThereIsDone() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Wish wish = Wish.of("shop", Port.of(80, Member.of(1)));
            Ids before = bench.settle(wish).ids();

            for (Resource resource : resources(bench, cloud, wish)) {
                assertThat(bench.apply(wish, create(resource)))
                        .as(resource.key().text())
                        .allMatch(outcome -> outcome instanceof Outcome.Done || mayBeReadAgain(resource, outcome));
            }

            assertThat(bench.ids(wish)).isEqualTo(before);
            assertThat(cloud.loadBalancers()).isEqualTo(1);
            assertThat(cloud.listeners(before.id(wish.key()).orElseThrow())).isEqualTo(1);
        }
    }

    /// A cloud that answers a repeated creation with a task that it does not know says so; reading then finds the
    /// load balancer.
    private static boolean mayBeReadAgain(Resource resource, Outcome outcome) {
        return resource instanceof LoadBalancer && stale(outcome);
    }

    private static boolean stale(Outcome outcome) {
        return isRetry(outcome, Outcome.Why.STALE);
    }

    @Test
    default void removingWhatIsAbsentIsDone() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Wish wish = Wish.of("shop", Port.of(80, Member.of(1)));
            Actual before = bench.settle(wish);
            bench.settle(wish.releasing("shop"));

            for (Owned<? extends Resource> owned : owned(before)) {
                assertThat(bench.apply(wish, before.ids(), List.of(remove(owned))))
                        .as(owned.value().key().text())
                        .containsExactly(new Outcome.Done());
            }
        }
    }

    @Test
    default void removingAMemberThatIsAbsentIsDoneAndDrainingItIsDoneOrStale() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Wish wish = Wish.of("shop", Port.of(80, Member.of(1)));
            Actual before = bench.settle(wish);
            Owned<Backend> member = members(before).findFirst().orElseThrow();
            assertThat(bench.apply(wish, remove(member))).containsExactly(new Outcome.Done());

            assertThat(bench.apply(wish, remove(member))).containsExactly(new Outcome.Done());
            assertThat(bench.apply(wish, new Change.Drain(member, UNWANTED, List.of())))
                    .allMatch(outcome -> outcome instanceof Outcome.Done || stale(outcome));
        }
    }

    @Test
    default void aLostAnswerAndASecondTryMakeNoDuplicate() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Wish wish = Wish.of("shop", Port.of(80, Member.of(1)));
            Stream.of(Kind.LOAD_BALANCER, Kind.LISTENER, Kind.BACKEND).forEach(cloud::loseReplyOfCreating);
            if (bench.capabilities().pools() == Pools.GROUP) {
                cloud.loseReplyOfCreating(Kind.POOL);
            }

            Actual made = bench.settle(wish);

            assertThat(cloud.loadBalancers()).isEqualTo(1);
            assertThat(cloud.listeners(made.loadBalancer().orElseThrow().id())).isEqualTo(1);
            assertThat(made.pools())
                    .singleElement()
                    .satisfies(pool -> assertThat(pool.members()).hasSize(1));
        }
    }

    @Test
    default void aLostAnswerIsToldAsUnreachableAndNotAsAFailure() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Wish wish = Wish.of("shop", Port.of(80, Member.of(1)));
            cloud.loseReplyOfCreating(Kind.LOAD_BALANCER);

            List<Outcome> outcomes = bench.apply(wish, create(cloud.loadBalancer(wish.key(), wish.scheme())));

            assertThat(outcomes)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Outcome.Retry.class,
                            retry -> assertThat(retry.why()).isEqualTo(Outcome.Why.UNREACHABLE));
        }
    }

    @Test
    default void anUnknownTaskIsStale() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Outcome.Task unknown =
                    new Outcome.Task("5b2f6c1e-0000-0000-0000-000000000000", "CreateListener", Ids.none());

            Outcome outcome = bench.provider().poll(Wish.of("shop").key(), unknown);

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Retry.class,
                            retry -> assertThat(retry.why()).isEqualTo(Outcome.Why.STALE));
        }
    }

    /// Else it would be asked for again and again.
    @Test
    default void aFailedTaskIsStaleAndIsMadeUpFor() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Wish wish = Wish.of("shop", Port.of(80, Member.of(1)));
            assumeThat(cloud.failTaskOfCreating(Kind.LISTENER)).isTrue();
            bench.apply(wish, create(cloud.loadBalancer(wish.key(), wish.scheme())));
            cloud.pass(Duration.ofMinutes(1));
            if (bench.capabilities().pools() == Pools.GROUP) {
                bench.apply(wish, create(pool(bench, cloud, wish)));
            }

            List<Outcome> failed = bench.apply(wish, create(listener(bench, cloud, wish)));
            Actual made = bench.settle(wish);

            assertThat(failed)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Outcome.Retry.class,
                            retry -> assertThat(retry.why()).isEqualTo(Outcome.Why.STALE));
            assertThat(made.listeners()).hasSize(1);
        }
    }

    @Test
    default void whatIsAbsentIsReadAsAbsentTwice() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Wish wish = Wish.of("shop");

            assertThat(bench.read(wish).loadBalancer()).isEmpty();
            assertThat(bench.read(wish, Ids.of(wish.key(), "lb-0123456789")).loadBalancer())
                    .isEmpty();
        }
    }

    @Test
    default void aKnownIdentifierOfSomebodyElseIsNotTrusted() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Wish shop = Wish.of("shop", Port.of(80, Member.of(1)));
            String foreign = bench.settle(shop).loadBalancer().orElseThrow().id();
            Wish blog = Wish.of("blog");

            Actual read = bench.read(blog, Ids.of(blog.key(), foreign));

            assertThat(read.loadBalancer().map(found -> found.resource()).filter(Owned.class::isInstance))
                    .isEmpty();
        }
    }

    @Test
    default void readingLessShowsLess() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Wish wish = Wish.of("shop", Port.of(80, Member.of(1)), Port.of(443, Member.of(2)));
            Actual whole = bench.settle(wish);
            PoolKey one = Port.of(443).poolKey(wish.owner());

            Actual existence = read(bench, wish, new Scope.Existence());
            Actual members = read(bench, wish, new Scope.Members(List.of(one)));

            assertThat(existence.loadBalancer()).isEqualTo(whole.loadBalancer());
            assertThat(existence.addresses()).isEqualTo(whole.addresses());
            assertThat(existence.pools()).isEmpty();
            assertThat(members.pool(one)).isEqualTo(whole.pool(one));
        }
    }

    @Test
    default void healthIsToldForManyPoolsOfManyLoadBalancersInTheOrderOfTheQuestions() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Wish shop = Wish.of("shop", Port.of(80, Member.of(1), Member.of(2)), Port.of(443, Member.of(1)));
            Wish blog = Wish.of("blog", Port.of(80, Member.of(3)));
            Stream.of(1, 2).forEach(pod -> cloud.setHealth(cloud.address(pod), 8080, pod == 1));
            cloud.setHealth(cloud.address(1), 8443, true);
            cloud.setHealth(cloud.address(3), 8080, true);
            List<HealthQuestion> questions =
                    Stream.of(shop, blog).map(wish -> question(bench, wish)).toList();
            cloud.pass(Duration.ofMinutes(2));

            Answer<List<Health>> answer = bench.provider().health(questions);

            List<Health> told = answer.asOptional().orElseThrow();
            assertThat(told).hasSize(2);
            assertThat(told.get(0).byBackend()).hasSize(3);
            assertThat(told.get(0).of(backend(cloud, shop, 80, 1))).contains(Health.Status.HEALTHY);
            assertThat(told.get(0).of(backend(cloud, shop, 80, 2))).contains(Health.Status.UNHEALTHY);
            assertThat(told.get(1).byBackend()).containsOnlyKeys(backend(cloud, blog, 80, 3));
        }
    }

    @Test
    default void aPartialFailureIsToldForTheChangesThatFailedAndForNoOther() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            bench.settle(Wish.of("shop", Port.of(80), Port.of(443)));
            Wish wish = Wish.of("shop", Port.of(80, Member.of(1)), Port.of(443, Member.of(2)));
            List<Change> changes =
                    backends(bench, cloud, wish).map(VerbContract::create).toList();
            cloud.refuseSomeMembers();

            List<Outcome> outcomes = bench.apply(wish, changes.toArray(Change[]::new));

            List<BackendKey> there = members(bench.read(wish))
                    .map(member -> member.value().key())
                    .toList();
            assertThat(outcomes).anyMatch(outcome -> outcome instanceof Outcome.Done);
            assertThat(outcomes).anyMatch(outcome -> !(outcome instanceof Outcome.Done));
            for (int place = 0; place < changes.size(); place++) {
                assertThat(outcomes.get(place) instanceof Outcome.Done)
                        .as(changes.get(place).key().text())
                        .isEqualTo(
                                there.contains((BackendKey) changes.get(place).key()));
            }
            assertThat(members(bench.settle(wish))).hasSize(2);
        }
    }

    @Test
    default void troubleIsToldForWhatItIsAndIsNeverTakenAsAnEmptyCloud() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Wish wish = Wish.of("shop", Port.of(80, Member.of(1)));
            Actual before = bench.settle(wish);
            Change change = remove(members(before).findFirst().orElseThrow());
            HealthQuestion question =
                    new HealthQuestion(wish.key(), List.of(Port.of(80).poolKey(wish.owner())), before.ids());

            for (Trouble trouble : Trouble.values()) {
                cloud.trouble(trouble);
                Provider provider = cloud.provider(CallGate.OPEN);
                Answer<Actual> read = provider.read(
                        new ReadRequest(wish.key(), new Scope.Whole(), wish.owner(), wish.marks(), before.ids()));
                Answer<List<Health>> health = provider.health(List.of(question));
                Outcome applied = bench.applyOnce(wish, before.ids(), change);
                cloud.calm();

                assertThat(List.of(told(read), told(health), applied))
                        .as(trouble.toString())
                        .allMatch(outcome -> fits(trouble, outcome));
            }
            assertThat(bench.ids(wish)).isEqualTo(before.ids());
            assertThat(bench.plan(wish).converged()).isTrue();
        }
    }

    private static Object told(Answer<?> answer) {
        return switch (answer) {
            case Answer.Got<?>(var value) -> value;
            case Answer.Missed<?>(Outcome.Failure failure) -> failure;
        };
    }

    private static boolean fits(Trouble trouble, Object outcome) {
        return switch (trouble) {
            case EXPIRED_CREDENTIALS -> isRejected(outcome, Outcome.Because.CREDENTIALS);
            case ACTION_DENIED -> isRejected(outcome, Outcome.Because.DENIED);
            case TOO_MANY_CALLS -> isRetry(outcome, Outcome.Why.THROTTLED);
            case CLOUD_FAILS -> isRetry(outcome, Outcome.Why.CLOUD_FAILURE);
            case CONNECTION_BREAKS -> isRetry(outcome, Outcome.Why.UNREACHABLE);
        };
    }

    private static boolean isRejected(Object outcome, Outcome.Because because) {
        return outcome instanceof Outcome.Rejected rejected && rejected.because() == because;
    }

    private static boolean isRetry(Object outcome, Outcome.Why why) {
        return outcome instanceof Outcome.Retry retry && retry.why() == why;
    }

    @Test
    default void aShutGateIsPassedOnAndNothingHappens() {
        try (ContractCloud cloud = cloud()) {
            Outcome.Retry later = new Outcome.Retry(Duration.ofSeconds(3), Outcome.Why.THROTTLED, "later");
            List<String> asked = new ArrayList<>();
            Provider shut = cloud.provider((action, sort) -> {
                asked.add(action);
                return new CallGate.Permission.NotNow(later);
            });
            Wish wish = Wish.of("shop", Port.of(80, Member.of(1)));

            Answer<Actual> read =
                    shut.read(new ReadRequest(wish.key(), new Scope.Whole(), wish.owner(), wish.marks(), Ids.none()));
            List<Outcome> written = shut.apply(new Provider.ApplyRequest(
                    wish.key(),
                    wish.owner(),
                    wish.marks(),
                    1,
                    Ids.none(),
                    List.of(),
                    List.of(create(cloud.loadBalancer(wish.key(), wish.scheme())))));

            assertThat(read).isEqualTo(new Answer.Missed<>(later));
            assertThat(written).singleElement().isInstanceOf(Outcome.Retry.class);
            assertThat(asked).isNotEmpty();
            assertThat(cloud.loadBalancers()).isZero();
        }
    }

    @Test
    default void everyPodAddressOfTheNetworkIsKnown() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            List<Address> addresses = List.of(cloud.address(1), cloud.address(2));

            Answer<SortedMap<Address, Resolution>> answer = bench.provider().resolve(addresses);

            assertThat(answer.asOptional().orElseThrow().values()).hasSize(2).allMatch(Resolution::known);
        }
    }

    @Test
    default void normalizingTwiceChangesNothingMore() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Desired once = bench.provider()
                    .normalize(Wish.of("shop", Port.of(80, Member.of(1).weighing(5), Member.of(2)))
                            .in(cloud));

            assertThat(bench.provider().normalize(once)).isEqualTo(once);
        }
    }

    @Test
    default void normalizingFillsSettingsInAndDecidesNothing() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Desired wanted = Wish.of(
                            "shop",
                            Port.of(80, Member.of(1).waiting(), Member.of(2).draining()))
                    .and("blog", Port.of(80, Member.of(3).gone()))
                    .in(cloud);

            Desired normal = bench.provider().normalize(wanted);

            assertThat(normal.claimants()).isEqualTo(wanted.claimants());
            assertThat(normal.fate()).isEqualTo(wanted.fate());
            assertThat(normal.problems()).isEqualTo(wanted.problems());
            assertThat(normal.listeners())
                    .extracting(claims -> claims.claims().size())
                    .containsExactly(2);
            assertThat(decisions(normal)).isEqualTo(decisions(wanted));
        }
    }

    /// Everything of the candidates but their backends' settings.
    private static List<Object> decisions(Desired desired) {
        return desired.pools().stream()
                .flatMap(pool -> pool.candidates().stream())
                .<Object>map(candidate -> List.of(
                        candidate.backend().key(),
                        candidate.backend().registrant(),
                        candidate.object(),
                        candidate.intent(),
                        candidate.reason(),
                        candidate.gateWaits(),
                        candidate.place()))
                .toList();
    }

    private static HealthQuestion question(Bench bench, Wish wish) {
        Actual actual = bench.settle(wish);
        List<PoolKey> pools = actual.pools().stream()
                .map(pool -> pool.pool().resource().value().key())
                .toList();
        return new HealthQuestion(wish.key(), pools, actual.ids());
    }

    private static BackendKey backend(ContractCloud cloud, Wish wish, int port, int pod) {
        Port its = Port.of(port);
        return new BackendKey(its.poolKey(wish.owner()), cloud.address(pod), its.targetPort());
    }

    private static Actual read(Bench bench, Wish wish, Scope scope) {
        return bench.provider()
                .read(new ReadRequest(wish.key(), scope, wish.owner(), wish.marks(), Ids.none()))
                .asOptional()
                .orElseThrow();
    }

    private static Change create(Resource resource) {
        return new Change.Create(resource, WANTED, List.of());
    }

    private static Change remove(Owned<? extends Resource> owned) {
        return new Change.Remove(owned, UNWANTED, List.of());
    }

    private static Resource pool(Bench bench, ContractCloud cloud, Wish wish) {
        return desired(bench, cloud, wish).pools().getFirst().pool();
    }

    private static Resource listener(Bench bench, ContractCloud cloud, Wish wish) {
        return desired(bench, cloud, wish)
                .listeners()
                .getFirst()
                .claims()
                .getFirst()
                .listener();
    }

    private static Stream<Backend> backends(Bench bench, ContractCloud cloud, Wish wish) {
        return desired(bench, cloud, wish).pools().stream()
                .flatMap(pool -> pool.candidates().stream())
                .map(Desired.Candidate::backend);
    }

    private static Desired desired(Bench bench, ContractCloud cloud, Wish wish) {
        return bench.provider().normalize(wish.in(cloud));
    }

    /// Everything that a plan would make, outermost first.
    private static List<Resource> resources(Bench bench, ContractCloud cloud, Wish wish) {
        Optional<LoadBalancer> balancer = desired(bench, cloud, wish).loadBalancer();
        List<Resource> all = new ArrayList<>(balancer.stream().toList());
        if (bench.capabilities().pools() == Pools.GROUP) {
            all.add(pool(bench, cloud, wish));
        }
        all.add(listener(bench, cloud, wish));
        backends(bench, cloud, wish).forEach(all::add);
        return all;
    }

    /// Everything that is ours, innermost first.
    private static List<Owned<? extends Resource>> owned(Actual actual) {
        List<Owned<? extends Resource>> all = new ArrayList<>(members(actual).toList());
        actual.listeners().forEach(found -> {
            if (found.resource() instanceof Owned<? extends Resource> owned) {
                all.add(owned);
            }
        });
        actual.loadBalancer().ifPresent(found -> {
            if (found.resource() instanceof Owned<? extends Resource> owned) {
                all.add(owned);
            }
        });
        return all;
    }

    private static Stream<Owned<Backend>> members(Actual actual) {
        return actual.pools().stream()
                .flatMap(pool -> pool.members().stream())
                .flatMap(
                        member -> member.backend() instanceof Owned<Backend> owned ? Stream.of(owned) : Stream.empty());
    }
}
