package io.plumbline.controller.desired;

import io.plumbline.controller.snapshot.ClusterObjects;
import io.plumbline.controller.snapshot.ClusterSnapshot;
import io.plumbline.controller.snapshot.Given;
import io.plumbline.controller.snapshot.SnapshotAssembly;

/// One Service's part, for tests of what is made of it.
final class Parts {
    private Parts() {}

    static Part of(String... manifests) {
        ClusterObjects cluster = Given.cluster(manifests);
        ClusterSnapshot snapshot =
                SnapshotAssembly.of(SnapshotAssembly.ownKey(cluster.services().getFirst()), cluster, Given.DIALECT);
        ClusterSnapshot.ServiceClaim claim = snapshot.claims().getFirst();
        return new Part(
                claim,
                Claims.mark(claim.service(), Given.settings()),
                Given.DIALECT.interpret(claim.service(), claim.referenced(), true),
                false,
                snapshot.nodes());
    }
}
