package io.plumbline.controller.loop;

import io.plumbline.controller.plan.Evidence.FreshRead;
import io.plumbline.controller.report.ObjectReport.Event;
import io.plumbline.controller.report.ObjectReport.StatusPatch;
import io.plumbline.controller.snapshot.ClusterSnapshot;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.ServiceView;
import java.util.List;
import java.util.SortedMap;

/// A cluster that is not written to while the lease is not held.
final class GuardedCluster implements ClusterPort {
    private final ClusterPort cluster;
    private final LeaseGuard guard;

    GuardedCluster(ClusterPort cluster, LeaseGuard guard) {
        this.cluster = cluster;
        this.guard = guard;
    }

    @Override
    public ClusterSnapshot snapshot(LoadBalancerKey key) {
        return cluster.snapshot(key);
    }

    @Override
    public SortedMap<ObjectKey, FreshRead> read(List<ObjectKey> objects) {
        return cluster.read(objects);
    }

    @Override
    public Written edit(ServiceView seen, ServiceEdit edit) {
        return guard.held() ? cluster.edit(seen, edit) : new Written.Failed("the lease is not held");
    }

    @Override
    public Written publish(ServiceView seen, StatusPatch status) {
        return guard.held() ? cluster.publish(seen, status) : new Written.Failed("the lease is not held");
    }

    @Override
    public void announce(ServiceView about, Event event) {
        if (guard.held()) {
            cluster.announce(about, event);
        }
    }
}
