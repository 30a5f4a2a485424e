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

/// What the reconciler needs of a cluster. One implementation stands on informers and the API server,
/// one in memory. None of its methods throws for expected trouble.
public interface ClusterPort {
    /// What the caches say of a load balancer; without claims where nothing asks for it any more.
    ClusterSnapshot snapshot(LoadBalancerKey key);

    /// Reads objects by name from the API server, not from a cache.
    ///
    /// @return an answer for every key
    SortedMap<ObjectKey, FreshRead> read(List<ObjectKey> objects);

    /// Changes a Service's finalizers and annotations, if it is still the one that was seen.
    Written edit(ServiceView seen, ServiceEdit edit);

    /// Writes the status of a Service, if it is still the one that was seen.
    Written publish(ServiceView seen, StatusPatch status);

    /// Records an event about a Service. Best effort: one that cannot be written, as in a namespace that
    /// is being deleted, is lost.
    void announce(ServiceView about, Event event);
}
