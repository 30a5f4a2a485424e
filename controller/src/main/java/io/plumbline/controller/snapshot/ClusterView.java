package io.plumbline.controller.snapshot;

import io.plumbline.spi.objects.CustomObject;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.SliceView;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// The cluster as it is known at one moment: what informers hold, or what files say ([ClusterObjects]).
///
/// Every list may come in any order: [SnapshotAssembly] sorts.
public interface ClusterView {
    /// Every Service of the cluster.
    List<ServiceView> services();

    Optional<ServiceView> service(ObjectKey key);

    /// The slices that belong to a Service.
    List<SliceView> slices(ObjectKey service);

    Optional<PodView> pod(ObjectKey key);

    /// The Pods of a namespace that carry all labels of a selector; an empty selector selects none.
    List<PodView> selected(String namespace, SortedMap<String, String> selector);

    List<NodeView> nodes();

    Optional<NodeView> node(String name);

    Optional<CustomObject> custom(ObjectKey key);

    /// Whether the custom kinds exist in the cluster and have been listed.
    boolean kindsKnown();
}
