package io.plumbline.it.contract;

import static io.plumbline.it.contract.Seen.foreign;
import static io.plumbline.it.contract.Seen.holderOf;
import static io.plumbline.it.contract.Seen.members;
import static io.plumbline.it.contract.Seen.owned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.plumbline.it.contract.ContractCloud.Obstacle;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Verb;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Ownership.Borrowed;
import io.plumbline.spi.model.Ownership.Foreign;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Load balancers that several share: Services among themselves, and with strangers.
interface SharingContract {
    /// A new, empty cloud.
    ContractCloud cloud();

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

            assertThat(foreign(after)).containsExactly(8443);
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
            LoadBalancerKey.Existing existing = cloud.existing();
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
            LoadBalancerKey.Existing existing = cloud.existing();
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
    default void aStrangersListenerKeepsItsMembersWhileServicesComeAndGo() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            LoadBalancerKey.Existing existing = cloud.existing();
            cloud.strangersListener(existing.id(), 8443);
            List<String> before = cloud.members(existing.id(), 8443);
            Wish shop = Wish.of("shop", Port.of(80, Member.of(1))).at(existing);

            Actual shared = bench.settle(shop);
            bench.settle(shop.releasing("shop"));

            assertThat(before).hasSize(1);
            assertThat(foreign(shared)).containsExactly(8443);
            assertThat(cloud.members(existing.id(), 8443)).isEqualTo(before);
            assertThat(cloud.listeners(existing.id())).isEqualTo(1);
        }
    }

    @Test
    default void whatIsBorrowedIsNeverChangedItself() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Wish shop = Wish.of("shop", Port.of(80, Member.of(1))).at(cloud.existing());
            LoadBalancer before =
                    bench.read(shop).loadBalancer().orElseThrow().resource().value();

            Actual shared = bench.settle(shop.being(Scheme.INTERNAL).allowingReplacement());

            assertThat(shared.loadBalancer().orElseThrow().resource().value()).isEqualTo(before);
            assertThat(owned(shared)).containsExactly(80);
            assertThat(cloud.loadBalancers()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Obstacle.class)
    default void whatMustNotBeBorrowedIsRefusedWithAProblem(Obstacle obstacle) {
        try (ContractCloud cloud = cloud()) {
            Optional<LoadBalancerKey.Existing> existing = cloud.existing(obstacle);
            assumeThat(existing).isPresent();

            isRefused(cloud, existing.get());
        }
    }

    @Test
    default void anotherClustersLoadBalancerIsNotBorrowed() {
        try (ContractCloud cloud = cloud()) {
            Wish theirs = Wish.inCluster("cluster-2", "shop", Port.of(80, Member.of(1)));

            isRefused(cloud, named(cloud, idOf(new Bench(cloud).settle(theirs))));
        }
    }

    /// Its owner would delete it under the borrower.
    @Test
    default void aLoadBalancerMadeForAnotherServiceIsNotBorrowed() {
        try (ContractCloud cloud = cloud()) {
            Wish own = Wish.of("blog", Port.of(80, Member.of(1)));

            isRefused(cloud, named(cloud, idOf(new Bench(cloud).settle(own))));
        }
    }

    private static void isRefused(ContractCloud cloud, LoadBalancerKey.Existing existing) {
        Bench bench = new Bench(cloud);
        Wish shop = Wish.of("shop", Port.of(81, Member.of(1))).at(existing);
        int listeners = cloud.listeners(existing.id());

        Actual left = bench.settle(shop);

        assertThat(left.loadBalancer().orElseThrow().resource()).isInstanceOf(Foreign.class);
        assertThat(owned(left)).isEmpty();
        assertThat(cloud.listeners(existing.id())).isEqualTo(listeners);
        assertThat(bench.plan(shop).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains(existing.id()));
    }

    @Test
    default void oneThatDoesNotExistIsNotMade() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Wish shop = Wish.of("shop", Port.of(80, Member.of(1))).at(named(cloud, "lb-0123456789"));
            int before = cloud.loadBalancers();

            Actual nothing = bench.settle(shop);

            assertThat(nothing.loadBalancer()).isEmpty();
            assertThat(bench.plan(shop).problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.reason()).isEqualTo("Gone"));
            assertThat(cloud.loadBalancers()).isEqualTo(before);
        }
    }

    @Test
    default void aServiceMovesFromOneToAnother() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            LoadBalancerKey.Existing from = cloud.existing();
            LoadBalancerKey.Existing to = cloud.existing();
            Wish shop = Wish.of("shop", Port.of(80, Member.of(1)));
            bench.settle(shop.at(from));

            Actual there = bench.settle(shop.at(to));
            Actual gone = bench.settle(shop.at(from).releasing("shop"));

            assertThat(members(there)).hasSize(1);
            assertThat(cloud.members(to.id(), 80)).hasSize(1);
            assertThat(cloud.listeners(from.id())).isZero();
            assertThat(gone.loadBalancer()).isPresent();
            assertThat(cloud.loadBalancers()).isEqualTo(2);
        }
    }

    private static LoadBalancerKey.Existing named(ContractCloud cloud, String id) {
        LoadBalancerKey.Existing another = cloud.existing();
        return new LoadBalancerKey.Existing(another.provider(), another.region(), id);
    }

    private static String idOf(Actual actual) {
        return actual.loadBalancer().orElseThrow().id();
    }
}
