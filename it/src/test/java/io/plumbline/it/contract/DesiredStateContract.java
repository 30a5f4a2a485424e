package io.plumbline.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.plumbline.it.contract.Wish.Member;
import io.plumbline.it.contract.Wish.Port;
import io.plumbline.spi.Capabilities.Drain;
import io.plumbline.spi.Capabilities.Mutability;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Verb;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Actual.Found;
import io.plumbline.spi.model.Actual.FoundPool;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.Ownership.Borrowed;
import io.plumbline.spi.model.Ownership.Foreign;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// From one desired state to the next: each is reached, reads back as it was wanted, and then leaves nothing to do.
interface DesiredStateContract {
    /// A new, empty cloud.
    ContractCloud cloud();

    @Test
    default void aLoadBalancerIsMadeWithAllItsParts() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);

            Actual made = bench.settle(
                    Wish.of("shop", Port.of(80, Member.of(1), Member.of(2)), Port.of(443, Member.of(1), Member.of(2))));

            assertThat(made.loadBalancer().orElseThrow().resource()).isInstanceOf(Owned.class);
            assertThat(made.loadBalancer().orElseThrow().state()).isEqualTo(Actual.State.ACTIVE);
            assertThat(made.addresses()).isNotEmpty();
            assertThat(made.listeners()).hasSize(2).allMatch(found -> found.resource() instanceof Owned);
            assertThat(made.pools()).hasSize(2).allMatch(pool -> pool.members().size() == 2);
            assertThat(cloud.loadBalancers()).isEqualTo(1);
        }
    }

    @Test
    default void aRestartedControllerFindsEverythingAndHasNothingToDo() {
        try (ContractCloud cloud = cloud()) {
            Wish wish = Wish.of("shop", Port.of(80, Member.of(1)));
            Actual before = new Bench(cloud).settle(wish);

            Bench restarted = new Bench(cloud);

            assertThat(restarted.plan(wish).converged()).isTrue();
            assertThat(restarted.ids(wish)).isEqualTo(before.ids());
            assertThat(restarted.read(wish, before.ids()).ids()).isEqualTo(before.ids());
        }
    }

    @Test
    default void membersComeAndGo() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            bench.settle(Wish.of("shop", Port.of(80, Member.of(1), Member.of(2))));

            Actual grown = bench.settle(Wish.of("shop", Port.of(80, Member.of(1), Member.of(2), Member.of(3))));
            Actual shrunk =
                    bench.settle(Wish.of("shop", Port.of(80, Member.of(1).gone(), Member.of(2), Member.of(3))));
            Actual empty = bench.settle(Wish.of(
                    "shop", Port.of(80, Member.of(2).gone(), Member.of(3).gone())));

            assertThat(members(grown)).hasSize(3);
            assertThat(members(shrunk))
                    .extracting(member -> member.backend().value().key().address())
                    .containsExactlyInAnyOrder(cloud.address(2), cloud.address(3));
            assertThat(members(empty)).isEmpty();
        }
    }

    @Test
    default void aMembersLabelTellsWhoseItIs() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            assumeThat(bench.capabilities().labelsBackends()).isTrue();

            Actual made = bench.settle(Wish.of("shop", Port.of(80, Member.of(1), Member.of(2))));

            assertThat(members(made).map(member -> member.backend().value().registrant()))
                    .containsExactlyInAnyOrder(
                            Optional.of(Mark.shortHash("uid-of-pod-1")), Optional.of(Mark.shortHash("uid-of-pod-2")));
        }
    }

    @Test
    default void moreMembersThanOneCallTakesAreAllRegistered() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            int many = bench.capabilities().limits().backendsPerCall() + 1;
            assumeThat(many)
                    .isLessThanOrEqualTo(
                            Math.min(200, bench.capabilities().limits().backendsPerPool()));
            Member[] members =
                    IntStream.rangeClosed(1, many).mapToObj(Member::of).toArray(Member[]::new);

            Actual made = bench.settle(Wish.of("shop", Port.of(80, members)));

            assertThat(members(made)).hasSize(many);
        }
    }

    @Test
    default void aDrainedMemberKeepsNoNewConnectionsAndComesBack() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            bench.settle(Wish.of("shop", Port.of(80, Member.of(1), Member.of(2))));

            Actual drained =
                    bench.settle(Wish.of("shop", Port.of(80, Member.of(1).draining(), Member.of(2))));
            Actual back = bench.settle(Wish.of("shop", Port.of(80, Member.of(1), Member.of(2))));

            boolean stays = bench.capabilities().drain() == Drain.WEIGHT_ZERO;
            assertThat(members(drained).filter(member -> member.state() == Actual.State.STOPPED))
                    .hasSize(stays ? 1 : 0);
            assertThat(members(back)).hasSize(2).allMatch(member -> member.state() == Actual.State.ACTIVE);
        }
    }

    @Test
    default void weightsFollow() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            assumeThat(bench.capabilities().weights()).isTrue();
            bench.settle(Wish.of("shop", Port.of(80, Member.of(1).weighing(20), Member.of(2))));

            Actual changed =
                    bench.settle(Wish.of("shop", Port.of(80, Member.of(1).weighing(30), Member.of(2))));

            assertThat(members(changed).map(member -> member.backend().value()))
                    .extracting(Backend::weight)
                    .contains(Setting.managed(30));
        }
    }

    @Test
    default void aHealthCheckChangesInPlace() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Port port = Port.of(80, Member.of(1));
            Actual before = bench.settle(Wish.of("shop", port.checkedEvery(Duration.ofSeconds(5))));

            Actual after = bench.settle(Wish.of("shop", port.checkedEvery(Duration.ofSeconds(10))));

            assertThat(after.ids()).isEqualTo(before.ids());
            assertThat(after.pools())
                    .extracting(pool -> pool.pool().resource().value().healthCheck())
                    .extracting(HealthCheck::interval)
                    .containsExactly(Setting.managed(Duration.ofSeconds(10)));
            assertThat(members(after)).hasSize(1);
        }
    }

    @Test
    default void aListenersSettingsChangeInPlace() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            assumeThat(cloud.listenerOptions()).hasSizeGreaterThan(1);
            Port port = Port.of(80, Member.of(1));
            Actual before = bench.settle(Wish.of("shop", port));

            Actual after = bench.settle(Wish.of("shop", port.withOptions(1)));

            assertThat(after.ids()).isEqualTo(before.ids());
            assertThat(options(after)).isNotEqualTo(options(before));
        }
    }

    @Test
    default void aPortMovesWithItsMembers() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            bench.settle(Wish.of("shop", Port.of(80, Member.of(1)), Port.of(443, Member.of(1))));

            Actual moved = bench.settle(Wish.of("shop", Port.of(81, Member.of(1)), Port.of(443, Member.of(1))));

            assertThat(moved.listeners())
                    .extracting(found -> found.resource().value().key().port())
                    .containsExactlyInAnyOrder(81, 443);
            assertThat(moved.pools()).hasSize(2).allMatch(pool -> pool.members().size() == 1);
        }
    }

    @Test
    default void aForeignListenerIsLeftAloneAndKeepsItsPort() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Wish wish = Wish.of("shop", Port.of(80, Member.of(1)));
            Actual before = bench.settle(wish);
            cloud.strangersListener(before.loadBalancer().orElseThrow().id(), 8443);

            Wish wantsItsPort = Wish.of("shop", Port.of(80, Member.of(1)), Port.of(8443, Member.of(1)));
            Actual after = bench.settle(wantsItsPort);
            Plan plan = bench.plan(wantsItsPort);

            assertThat(after.listeners())
                    .filteredOn(found -> found.resource() instanceof Foreign)
                    .extracting(found -> found.resource().value().key().port())
                    .containsExactly(8443);
            assertThat(plan.problems()).isNotEmpty();
            assertThat(plan.changes()).extracting(Change::verb).contains(Verb.LEAVE);
        }
    }

    @Test
    default void aLoadBalancerWithAForeignListenerIsNotDeleted() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Wish wish = Wish.of("shop", Port.of(80, Member.of(1)));
            String id = bench.settle(wish).loadBalancer().orElseThrow().id();
            cloud.strangersListener(id, 8443);

            Actual released = bench.settle(wish.releasing("shop"));

            assertThat(released.loadBalancer()).isPresent();
            assertThat(cloud.listeners(id)).isEqualTo(1);
        }
    }

    @Test
    default void twoServicesShareAnExistingLoadBalancerThatStaysWhenBothHaveGone() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            LoadBalancerKey existing = cloud.existing();
            Wish both = Wish.of("shop", Port.of(80, Member.of(1)))
                    .and("blog", Port.of(443, Member.of(2)))
                    .at(existing);

            Actual shared = bench.settle(both);
            Actual one = bench.settle(both.releasing("shop"));
            Actual none = bench.settle(both.releasing("shop").releasing("blog"));

            assertThat(shared.loadBalancer().orElseThrow().resource()).isInstanceOf(Borrowed.class);
            assertThat(owned(shared)).containsExactlyInAnyOrder(80, 443);
            assertThat(owned(one)).containsExactly(443);
            assertThat(owned(none)).isEmpty();
            assertThat(none.loadBalancer()).isPresent();
            assertThat(cloud.loadBalancers()).isEqualTo(1);
        }
    }

    @Test
    default void whoHasAPortKeepsItAndWhoComesLaterIsTold() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            LoadBalancerKey existing = cloud.existing();
            Wish younger = Wish.of("blog", Port.of(80, Member.of(2))).at(existing);
            bench.settle(younger);

            Wish both = Wish.of("shop", Port.of(80, Member.of(1)), Port.of(81, Member.of(1)))
                    .and("blog", Port.of(80, Member.of(2)))
                    .at(existing);
            Actual shared = bench.settle(both);

            assertThat(owned(shared)).containsExactlyInAnyOrder(80, 81);
            assertThat(holderOf(shared, 80)).isEqualTo(Wish.mark("blog").object());
            assertThat(bench.plan(both).problems())
                    .anySatisfy(problem -> assertThat(problem.object())
                            .isEqualTo(Wish.mark("shop").object()));
        }
    }

    @Test
    default void whatIsReleasedIsGone() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Wish wish = Wish.of("shop", Port.of(80, Member.of(1)), Port.of(443, Member.of(1)));
            bench.settle(wish);

            Actual gone = bench.settle(wish.releasing("shop"));

            assertThat(gone.loadBalancer()).isEmpty();
            assertThat(cloud.loadBalancers()).isZero();
        }
    }

    @Test
    default void oneServicesReleaseLeavesTheOthersAlone() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Wish shop = Wish.of("shop", Port.of(80, Member.of(1)));
            Wish blog = Wish.of("blog", Port.of(80, Member.of(2)));
            bench.settle(shop);
            Actual before = bench.settle(blog);

            bench.settle(shop.releasing("shop"));

            assertThat(bench.read(blog).ids()).isEqualTo(before.ids());
            assertThat(bench.plan(blog).converged()).isTrue();
        }
    }

    @Test
    default void aReplacementStandsBesideTheOneThatItReplaces() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            assumeThat(bench.capabilities().mutability().entrySet())
                    .anyMatch(field ->
                            field.getKey().startsWith("LoadBalancer.") && field.getValue() == Mutability.REPLACE);
            Wish old = Wish.of("shop", Port.of(80, Member.of(1)));
            LoadBalancerKey.Managed key = (LoadBalancerKey.Managed) old.key();
            Wish next = old.at(new LoadBalancerKey.Managed(key.object(), key.uid(), 1));
            Actual before = bench.settle(old);

            Actual made = bench.settle(next);

            assertThat(cloud.loadBalancers()).isEqualTo(2);
            assertThat(made.loadBalancer().orElseThrow().id())
                    .isNotEqualTo(before.loadBalancer().orElseThrow().id());
            assertThat(bench.read(old).ids()).isEqualTo(before.ids());
        }
    }

    private static Stream<Actual.Member> members(Actual actual) {
        return actual.pools().stream().map(FoundPool::members).flatMap(List::stream);
    }

    private static List<Object> options(Actual actual) {
        return actual.listeners().stream()
                .<Object>map(found -> found.resource().value().options())
                .toList();
    }

    private static List<Integer> owned(Actual actual) {
        return actual.listeners().stream()
                .map(Found::resource)
                .filter(Owned.class::isInstance)
                .map(listener -> listener.value().key().port())
                .toList();
    }

    private static ObjectKey holderOf(Actual actual, int port) {
        return actual.listeners().stream()
                .map(found -> found.resource().value())
                .filter(listener -> listener.key().port() == port)
                .map(Listener::pools)
                .map(pools -> pools.getFirst().object())
                .findFirst()
                .orElseThrow();
    }
}
