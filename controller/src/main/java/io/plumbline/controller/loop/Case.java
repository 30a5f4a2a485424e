package io.plumbline.controller.loop;

import io.plumbline.controller.desired.Settings;
import io.plumbline.controller.loop.Term.Remembered;
import io.plumbline.controller.snapshot.ClusterSnapshot;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Provider.ApplyRequest;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.Scope;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Claimant;
import io.plumbline.spi.model.Desired.DesiredPool;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.objects.ServiceView;
import java.time.Instant;
import java.util.List;

/// One visit: what the cluster says, what is wanted, and what is remembered of it.
record Case(ClusterSnapshot seen, Desired desired, Remembered remembered, Journal.Line line, Role role) {
    /// What a load balancer is among the incarnations of one.
    enum Role {
        /// There is no other.
        ALONE,
        /// The one whose state its Service is told.
        SHOWN,
        /// The other one.
        ASIDE;

        boolean reports() {
            return this != ASIDE;
        }
    }

    Case wanting(Desired other, Role its) {
        return new Case(seen, other, remembered, line, its);
    }

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

    Case seeing(ClusterSnapshot now) {
        return new Case(now, desired, remembered, line, role);
    }

    int incarnation() {
        return key().incarnation();
    }

    /// Not to be taken away.
    boolean wanted() {
        return switch (desired.fate()) {
            case WANTED, UNTOUCHED -> true;
            case RELEASED, RETIRED -> false;
        };
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
                                Intent.next(service.metadata(), owner(), incarnation()),
                                Intent.underWay(service.metadata(), incarnation())
                                        .isPresent(),
                                now));
    }

    /// @param named pools that users made
    ReadRequest reading(Ids named, CallGate.Sort urgency) {
        return new ReadRequest(
                key(),
                new Scope.Whole(),
                owner(),
                marks(),
                remembered.memory().lastSeen().ids(),
                named,
                urgency,
                desired.publishesBoundAddress());
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
