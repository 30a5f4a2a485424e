package io.plumbline.controller.desired;

import io.plumbline.controller.snapshot.ClusterSnapshot;
import io.plumbline.controller.snapshot.ClusterSnapshot.ServiceClaim;
import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Dialect;
import io.plumbline.spi.Dialect.Interpretation;
import io.plumbline.spi.model.Ids;

/// Pools that users made and named by the cloud's identifiers. Pure.
public final class ExistingPools {
    private ExistingPools() {}

    /// The identifiers that the claimants of a load balancer name, under the keys of the pools that they stand for.
    public static Ids named(ClusterSnapshot snapshot, Dialect dialect, Capabilities capabilities) {
        Ids.Collector ids = new Ids.Collector();
        for (ServiceClaim claim : snapshot.claims()) {
            Interpretation reading = dialect.interpret(claim.service(), claim.referenced(), claim.kindsKnown());
            for (int index = 0; index < reading.ports().size(); index++) {
                int port = index;
                reading.ports()
                        .get(port)
                        .existingPool()
                        .ifPresent(id -> ids.put(Ports.pool(claim.service(), reading, port, capabilities), id));
            }
        }
        return ids.collect();
    }
}
