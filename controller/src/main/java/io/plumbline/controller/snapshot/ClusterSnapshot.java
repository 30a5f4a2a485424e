package io.plumbline.controller.snapshot;

import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.objects.CustomObject;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.SliceView;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the cluster says of one load balancer.
///
/// @param claims every Service that takes part, oldest first (by creation, then by key)
/// @param nodes by name
public record ClusterSnapshot(LoadBalancerKey key, List<ServiceClaim> claims, SortedMap<String, NodeView> nodes) {
    public ClusterSnapshot {
        claims = List.copyOf(claims);
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
    }

    /// A Service and what belongs to it.
    ///
    /// @param slices sorted by name
    /// @param pods those that its slices name and those that its selector matches
    /// @param referenced custom objects that its annotations name and that exist
    /// @param kindsKnown whether the custom kinds exist in the cluster and have been listed
    public record ServiceClaim(
            ServiceView service,
            List<SliceView> slices,
            SortedMap<ObjectKey, PodView> pods,
            List<CustomObject> referenced,
            boolean kindsKnown) {
        public ServiceClaim {
            slices = List.copyOf(slices);
            pods = Collections.unmodifiableSortedMap(new TreeMap<>(pods));
            referenced = List.copyOf(referenced);
        }
    }
}
