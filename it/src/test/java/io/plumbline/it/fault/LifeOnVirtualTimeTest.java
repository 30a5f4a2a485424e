package io.plumbline.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.controller.loop.Reconciler;
import io.plumbline.controller.plan.Mode;
import io.plumbline.fake.FakeCloud;
import io.plumbline.fake.FakeProvider;
import io.plumbline.fake.FakeState;
import io.plumbline.fake.Traits;
import io.plumbline.it.virtual.Samples;
import io.plumbline.it.virtual.VirtualClock;
import io.plumbline.it.virtual.VirtualCluster;
import io.plumbline.it.virtual.VirtualWorld;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LifeOnVirtualTimeTest {
    private static final ObjectKey SHOP = ObjectKey.service("web", "shop");

    private final VirtualClock clock = new VirtualClock(Samples.CREATED.plusSeconds(3600));
    private final FakeCloud cloud = new FakeCloud(Traits.inline().at(Traits.Pace.slow()), clock);
    private final VirtualCluster cluster = new VirtualCluster(new FakeProvider(cloud, CallGate.OPEN).dialect());
    private final VirtualWorld world = new VirtualWorld(
            clock,
            cluster,
            () -> new FakeProvider(cloud, CallGate.OPEN),
            new Reconciler.Rules(Samples.settings("fake"), Mode.SYNC));

    @Test
    void aServiceBecomesALoadBalancer() {
        cluster.put(Samples.node());
        for (int i = 1; i <= 3; i++) {
            cluster.put(Samples.pod(i, Map.of()));
        }
        cluster.put(Samples.service("fake", 2, Map.of()));

        world.runFor(Duration.ofMinutes(2));

        System.out.println(cloud.log().entries());
        System.out.println(cluster.service(SHOP));
        System.out.println(cluster.events());
        assertThat(cloud.state().balancers()).hasSize(1);
        FakeState.Balancer balancer = cloud.state().balancers().getFirst();
        assertThat(balancer.listeners()).hasSize(2);
        assertThat(balancer.groups())
                .allSatisfy(group -> assertThat(group.members()).hasSize(3));

        int writes = cloud.log().entries().size();
        int clusterWrites = cluster.faults().writes();
        world.runFor(Duration.ofHours(1));
        assertThat(cloud.log().entries()).hasSize(writes);
        assertThat(cluster.faults().writes()).isEqualTo(clusterWrites);

        cluster.delete(SHOP);
        world.runFor(Duration.ofMinutes(1));
        System.out.println(cloud.log().entries());
        assertThat(cloud.state().balancers()).isEmpty();
        assertThat(cluster.service(SHOP)).isEmpty();
    }
}
