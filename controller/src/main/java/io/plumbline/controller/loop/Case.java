package io.plumbline.controller.loop;

import io.plumbline.controller.loop.Term.Remembered;
import io.plumbline.controller.snapshot.ClusterSnapshot;
import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.Scope;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Claimant;
import io.plumbline.spi.model.Desired.DesiredPool;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.objects.ServiceView;
import java.util.List;

/// One visit: what the cluster says, what is wanted, and what is remembered of it.
record Case(ClusterSnapshot seen, Desired desired, Remembered remembered, Journal.Line line) {
    LoadBalancerKey key() {
        return desired.key();
    }

    /// Whose mark the load balancer itself carries.
    Mark owner() {
        return desired.claimants().getFirst().mark();
    }

    List<Mark> marks() {
        return desired.claimants().stream().map(Claimant::mark).toList();
    }

    List<ServiceView> services() {
        return seen.claims().stream().map(ClusterSnapshot.ServiceClaim::service).toList();
    }

    ReadRequest reading() {
        return new ReadRequest(
                key(),
                new Scope.Whole(),
                owner(),
                marks(),
                remembered.memory().lastSeen().ids());
    }

    ApplyRequest frame() {
        return new ApplyRequest(
                key(),
                owner(),
                marks(),
                remembered.existence().attempt(),
                remembered.memory().lastSeen().ids(),
                desired.pools().stream().map(DesiredPool::pool).toList(),
                List.of());
    }
}
