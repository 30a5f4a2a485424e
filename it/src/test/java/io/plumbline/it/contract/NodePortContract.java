package io.plumbline.it.contract;

import static io.plumbline.it.contract.Seen.addresses;
import static io.plumbline.it.contract.Seen.members;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.plumbline.spi.Outcome;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.Setting;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Node ports: machines are members, by their own names.
interface NodePortContract {
    /// A new, empty cloud.
    ContractCloud cloud();

    @Test
    default void machinesAreMembersByTheirNames() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Wish wish = Wish.of("shop", Port.ofNodes(80, Member.of(1), Member.of(2)));

            Actual made = bench.settle(wish);

            assertThat(addresses(made)).containsExactlyInAnyOrder(cloud.node(1), cloud.node(2));
            assertThat(new Bench(cloud).plan(wish).converged()).isTrue();
        }
    }

    @Test
    default void machinesComeAndGo() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            bench.settle(Wish.of("shop", Port.ofNodes(80, Member.of(1), Member.of(2))));

            Actual grown = bench.settle(Wish.of("shop", Port.ofNodes(80, Member.range(1, 3))));
            Actual shrunk =
                    bench.settle(Wish.of("shop", Port.ofNodes(80, Member.of(1).gone(), Member.of(2), Member.of(3))));

            assertThat(addresses(grown)).hasSize(3);
            assertThat(addresses(shrunk)).containsExactlyInAnyOrder(cloud.node(2), cloud.node(3));
        }
    }

    @Test
    default void aMachineIsHealthyOrNotLikeAPod() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Port port = Port.ofNodes(80, Member.of(1), Member.of(2));
            cloud.setHealth(cloud.node(1), port.targetPort(), true);
            cloud.setHealth(cloud.node(2), port.targetPort(), false);
            Wish wish = Wish.of("shop", port);
            Actual made = bench.settle(wish);
            cloud.pass(Duration.ofMinutes(2));

            Health health = bench.health(wish.key(), made);

            assertThat(health.of(key(cloud, wish, port, 1))).contains(Health.Status.HEALTHY);
            assertThat(health.of(key(cloud, wish, port, 2))).contains(Health.Status.UNHEALTHY);
        }
    }

    private static BackendKey key(ContractCloud cloud, Wish wish, Port port, int number) {
        return Member.of(number).backend(port, wish.owner(), cloud).key();
    }

    /// As many Pods as there are on a machine: the policy Local.
    @Test
    default void weightsOfMachinesFollow() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            assumeThat(bench.capabilities().weights()).isTrue();
            bench.settle(Wish.of(
                    "shop",
                    Port.ofNodes(80, Member.of(1).weighing(1), Member.of(2).weighing(2))));

            Actual changed = bench.settle(Wish.of(
                    "shop",
                    Port.ofNodes(80, Member.of(1).weighing(3), Member.of(2).weighing(2))));

            assertThat(members(changed).map(member -> member.backend().value().weight()))
                    .containsExactlyInAnyOrder(Setting.managed(3), Setting.managed(2));
        }
    }

    @Test
    default void machinesTakeThePlaceOfPodsAndPodsThatOfMachines() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Wish direct = Wish.of("shop", Port.of(80, Member.of(1), Member.of(2)));
            Wish byNodes = Wish.of("shop", Port.ofNodes(80, Member.of(1), Member.of(2)));
            bench.settle(direct);

            Actual there = bench.settle(byNodes, NodePortContract::servesAllTheTime);
            Actual back = bench.settle(direct, NodePortContract::servesAllTheTime);

            assertThat(addresses(there)).containsExactlyInAnyOrder(cloud.node(1), cloud.node(2));
            assertThat(addresses(back)).containsExactlyInAnyOrder(cloud.address(1), cloud.address(2));
        }
    }

    private static void servesAllTheTime(Actual actual) {
        assertThat(members(actual).filter(member -> !member.draining())).isNotEmpty();
    }

    @Test
    default void aMachineThatDoesNotExistIsRefusedAndTheOthersServe() {
        try (ContractCloud cloud = cloud()) {
            assumeThat(cloud.refusesUnknownNodes()).isTrue();
            Bench bench = new Bench(cloud);
            bench.settle(Wish.of("shop", Port.ofNodes(80)));
            Port port = Port.ofNodes(80, Member.of(1), Member.of(99), Member.of(2));
            Wish wish = Wish.of("shop", port);
            Change[] changes = port.members().stream()
                    .map(member -> member.backend(port, wish.owner(), cloud))
                    .map(backend -> new Change.Create(backend, VerbContract.WANTED, List.of()))
                    .toArray(Change[]::new);

            List<Outcome> outcomes = bench.apply(wish, changes);

            assertThat(outcomes.get(0)).isInstanceOf(Outcome.Done.class);
            assertThat(outcomes.get(1)).isInstanceOf(Outcome.Rejected.class);
            assertThat(outcomes.get(2)).isInstanceOf(Outcome.Done.class);
            assertThat(addresses(bench.read(wish))).containsExactlyInAnyOrder(cloud.node(1), cloud.node(2));
        }
    }
}
