package io.plumbline.it.contract;

import static io.plumbline.it.contract.Seen.members;
import static io.plumbline.it.contract.Seen.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.plumbline.spi.Capabilities.Drain;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.Setting;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// From one desired state to the next: each is reached, reads back as it was wanted, and then leaves nothing to
/// do.
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
            Actual made = bench.settle(Wish.of("shop", Port.of(80, Member.range(1, many))));

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

    /// The same ones are left out each time.
    @Test
    default void moreMembersThanAPoolHoldsAreLeftOutAndSaidSo() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            int room = bench.capabilities().limits().backendsPerPool();
            assumeThat(room).isLessThanOrEqualTo(200);
            Wish wish = Wish.of("shop", Port.of(80, Member.range(1, room + 2)));

            Actual full = bench.settle(wish);

            assertThat(members(full)).hasSize(room);
            assertThat(bench.plan(wish).changes())
                    .filteredOn(change -> change.reason().code().equals(Reason.TRUNCATED))
                    .hasSize(2);
        }
    }

    @Test
    default void whatItsUserProtectsStaysWithoutOurParts() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Wish wish = Wish.of("shop", Port.of(80, Member.of(1)));
            String id = bench.settle(wish).loadBalancer().orElseThrow().id();
            cloud.protect(id);

            Actual left = bench.settle(wish.releasing("shop"));

            assertThat(left.deletionProtected()).isTrue();
            assertThat(left.listeners()).isEmpty();
            assertThat(cloud.loadBalancers()).isEqualTo(1);
        }
    }
}
