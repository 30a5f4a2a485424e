package io.plumbline.controller.loop;

import io.plumbline.controller.desired.Settings;
import io.plumbline.controller.loop.Term.Remembered;
import io.plumbline.controller.snapshot.ClusterSnapshot;
import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.Scope;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Claimant;
import io.plumbline.spi.model.Desired.DesiredPool;
import io.plumbline.spi.model.Desired.Fate;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.objects.ServiceView;
import java.time.Instant;
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

    /// Not to be taken away.
    boolean wanted() {
        return desired.fate() != Fate.RELEASED;
    }

    /// Something of ours may exist: the finalizer comes before the first create.
    boolean begun() {
        return services().stream()
                .anyMatch(service -> service.metadata().finalizers().contains(Settings.FINALIZER));
    }

    /// Learns from the owner what an earlier process had begun.
    void recall(Instant now) {
        services().stream()
                .filter(service -> service.uid().equals(owner().objectUid()))
                .forEach(service -> remembered
                        .existence()
                        .recall(
                                Intent.next(service.metadata(), owner()),
                                Intent.underWay(service.metadata()).isPresent(),
                                now));
    }

    ReadRequest reading() {
        return new ReadRequest(
                key(),
                new Scope.Whole(),
                owner(),
                marks(),
                remembered.memory().lastSeen().ids());
    }

    /// @param more identifiers than those that were seen
    ApplyRequest frame(Ids more) {
        return new ApplyRequest(
                key(),
                owner(),
                marks(),
                remembered.existence().attempt(),
                remembered.memory().lastSeen().ids().and(more),
                desired.pools().stream().map(DesiredPool::pool).toList(),
                List.of());
    }
}
