package io.plumbline.controller.intake;

import io.plumbline.controller.snapshot.ClusterView;
import io.plumbline.spi.objects.CustomObject;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.SliceView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// Every projection that the informers have brought, with the indices that a snapshot needs. Many
/// threads may read.
///
/// A put answers with what was known before, and is refused where that is the newer one.
public final class Catalogue implements ClusterView {
    private final ConcurrentMap<String, ConcurrentMap<ObjectKey, ServiceView>> servicesIn = new ConcurrentHashMap<>();
    private final ConcurrentMap<ObjectKey, SliceView> slices = new ConcurrentHashMap<>();
    private final ConcurrentMap<ObjectKey, ConcurrentMap<ObjectKey, SliceView>> slicesOf = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, ConcurrentMap<ObjectKey, PodView>> podsIn = new ConcurrentHashMap<>();
    private final ConcurrentMap<ObjectKey, NodeView> nodes = new ConcurrentHashMap<>();
    private final ConcurrentMap<ObjectKey, CustomObject> custom = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, SortedMap<String, String>> namespaces = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private volatile boolean kindsKnown;

    /// What a put did.
    sealed interface Put<V> {
        /// @param before what was known
        record Taken<V>(Optional<V> before) implements Put<V> {}

        /// What is known is newer.
        record Refused<V>() implements Put<V> {}
    }

    Put<ServiceView> put(ServiceView service) {
        Map<ObjectKey, ServiceView> services = servicesOf(service.key().namespace());
        ServiceView known = services.get(service.key());
        if (known != null && Versions.older(service.metadata(), known.metadata())) {
            return new Put.Refused<>();
        }
        return new Put.Taken<>(Optional.ofNullable(services.put(service.key(), service)));
    }

    Put<PodView> put(PodView pod) {
        Map<ObjectKey, PodView> pods = pods(pod.key().namespace());
        PodView known = pods.get(pod.key());
        if (known != null && Versions.older(pod.metadata(), known.metadata())) {
            return new Put.Refused<>();
        }
        return new Put.Taken<>(Optional.ofNullable(pods.put(pod.key(), pod)));
    }

    Put<SliceView> put(SliceView slice) {
        ObjectKey key = slice.metadata().key();
        SliceView known = slices.get(key);
        if (known != null && Versions.older(slice.metadata(), known.metadata())) {
            return new Put.Refused<>();
        }
        Optional<SliceView> before = Optional.ofNullable(slices.put(key, slice));
        before.filter(old -> !old.service().equals(slice.service())).ifPresent(this::unlink);
        slicesOf.computeIfAbsent(slice.service(), absent -> new ConcurrentSkipListMap<>())
                .put(key, slice);
        return new Put.Taken<>(before);
    }

    Put<NodeView> put(NodeView node) {
        NodeView known = nodes.get(node.metadata().key());
        if (known != null && Versions.older(node.metadata(), known.metadata())) {
            return new Put.Refused<>();
        }
        return new Put.Taken<>(Optional.ofNullable(nodes.put(node.metadata().key(), node)));
    }

    void put(CustomObject object) {
        custom.put(object.key(), object);
    }

    Optional<ServiceView> removeService(ObjectKey key) {
        return Optional.ofNullable(servicesOf(key.namespace()).remove(key));
    }

    Optional<PodView> removePod(ObjectKey key) {
        return Optional.ofNullable(pods(key.namespace()).remove(key));
    }

    Optional<SliceView> removeSlice(ObjectKey key) {
        Optional<SliceView> before = Optional.ofNullable(slices.remove(key));
        before.ifPresent(this::unlink);
        return before;
    }

    void removeNode(ObjectKey key) {
        nodes.remove(key);
    }

    void removeCustom(ObjectKey key) {
        custom.remove(key);
    }

    void kindsKnown(boolean known) {
        kindsKnown = known;
    }

    void putNamespace(String name, SortedMap<String, String> labels) {
        namespaces.put(name, labels);
    }

    void removeNamespace(String name) {
        namespaces.remove(name);
    }

    /// Grows whenever something that a snapshot shows may have changed.
    public long changes() {
        return changes.get();
    }

    void changed() {
        changes.incrementAndGet();
    }

    /// The labels of a namespace; none where it is not known.
    public SortedMap<String, String> namespaceLabels(String name) {
        return Optional.ofNullable(namespaces.get(name)).orElseGet(TreeMap::new);
    }

    private void unlink(SliceView slice) {
        slicesOf.computeIfPresent(slice.service(), (service, all) -> {
            all.remove(slice.metadata().key());
            return all.isEmpty() ? null : all;
        });
    }

    /// The Services of a namespace, sorted by key.
    public List<ServiceView> services(String namespace) {
        return List.copyOf(servicesOf(namespace).values());
    }

    private ConcurrentMap<ObjectKey, ServiceView> servicesOf(String namespace) {
        return servicesIn.computeIfAbsent(namespace, absent -> new ConcurrentSkipListMap<>());
    }

    private ConcurrentMap<ObjectKey, PodView> pods(String namespace) {
        return podsIn.computeIfAbsent(namespace, absent -> new ConcurrentSkipListMap<>());
    }

    @Override
    public List<ServiceView> services() {
        return servicesIn.values().stream()
                .flatMap(services -> services.values().stream())
                .toList();
    }

    @Override
    public Optional<ServiceView> service(ObjectKey key) {
        return Optional.ofNullable(servicesOf(key.namespace()).get(key));
    }

    @Override
    public List<SliceView> slices(ObjectKey service) {
        return Optional.ofNullable(slicesOf.get(service))
                .map(all -> List.copyOf(all.values()))
                .orElseGet(List::of);
    }

    @Override
    public Optional<PodView> pod(ObjectKey key) {
        return Optional.ofNullable(pods(key.namespace()).get(key));
    }

    @Override
    public List<PodView> selected(String namespace, SortedMap<String, String> selector) {
        return pods(namespace).values().stream()
                .filter(pod -> selects(selector, pod.metadata().labels()))
                .toList();
    }

    /// Whether labels satisfy a Service's selector; an empty one selects nothing.
    public static boolean selects(SortedMap<String, String> selector, SortedMap<String, String> labels) {
        return !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
    }

    /// Every Pod of the cluster.
    public List<PodView> allPods() {
        return podsIn.values().stream().flatMap(pods -> pods.values().stream()).toList();
    }

    @Override
    public List<NodeView> nodes() {
        return List.copyOf(nodes.values());
    }

    @Override
    public Optional<NodeView> node(String name) {
        return Optional.ofNullable(nodes.get(ObjectKey.node(name)));
    }

    @Override
    public Optional<CustomObject> custom(ObjectKey key) {
        return Optional.ofNullable(custom.get(key));
    }

    @Override
    public boolean kindsKnown() {
        return kindsKnown;
    }
}
