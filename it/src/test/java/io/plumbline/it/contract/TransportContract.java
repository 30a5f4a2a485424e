package io.plumbline.it.contract;

import static io.plumbline.it.contract.Seen.members;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Transport;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Other ports than a plain one of TCP.
interface TransportContract {
    /// A new, empty cloud.
    ContractCloud cloud();

    @Test
    default void aUdpPortHasMembersOfItsOwn() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Wish wish = Wish.of("names", Port.of(53, Member.of(1), Member.of(2)).over(Transport.UDP));

            Actual made = bench.settle(wish);

            assertThat(transports(made)).containsExactly(Transport.UDP);
            assertThat(members(made)).hasSize(2);
            assertThat(new Bench(cloud).plan(wish).converged()).isTrue();
        }
    }

    @Test
    default void tcpAndUdpShareAPort() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            Wish wish = Wish.of(
                    "names",
                    cloud.tcpAndUdp().stream()
                            .map(transport -> Port.of(53, Member.of(1)).over(transport))
                            .toArray(Port[]::new));

            Actual made = bench.settle(wish);
            Actual gone = bench.settle(wish.releasing("names"));

            assertThat(transports(made)).containsExactlyInAnyOrderElementsOf(cloud.tcpAndUdp());
            assertThat(made.pools())
                    .hasSize(cloud.tcpAndUdp().size())
                    .allMatch(pool -> pool.members().size() == 1);
            assertThat(gone.loadBalancer()).isEmpty();
        }
    }

    private static List<Transport> transports(Actual actual) {
        return actual.listeners().stream()
                .map(found -> found.resource().value().key().transport())
                .toList();
    }

    @Test
    default void whoMayConnectFollowsAndGoesWithTheLoadBalancer() {
        try (ContractCloud cloud = cloud()) {
            Bench bench = new Bench(cloud);
            assumeThat(bench.capabilities().sourceRanges()).isTrue();
            Port open = Port.of(80, Member.of(1));
            Wish restricted = Wish.of("shop", open.openTo("10.0.0.0/8"));
            Actual made = bench.settle(restricted);

            Actual changed = bench.settle(Wish.of("shop", open.openTo("10.0.0.0/8", "192.168.0.0/16")));
            Actual gone = bench.settle(restricted.releasing("shop"));

            assertThat(ranges(made)).containsExactly("10.0.0.0/8");
            assertThat(ranges(changed)).containsExactly("10.0.0.0/8", "192.168.0.0/16");
            assertThat(changed.ids().byKey().keySet())
                    .containsExactlyElementsOf(made.ids().byKey().keySet());
            assertThat(gone.accessLists()).isEmpty();
        }
    }

    private static List<String> ranges(Actual actual) {
        return actual.accessLists().stream()
                .flatMap(found -> found.resource().value().sourceRanges().stream())
                .sorted()
                .toList();
    }
}
