package io.plumbline.controller.snapshot;

import io.plumbline.spi.objects.CustomObject;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.SliceView;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A small cluster held in maps, without indexes: that of some files, or of a test.
public record ClusterObjects(
        SortedMap<ObjectKey, ServiceView> servicesByKey,
        SortedMap<ObjectKey, SliceView> slicesByKey,
        SortedMap<ObjectKey, PodView> podsByKey,
        SortedMap<ObjectKey, NodeView> nodesByKey,
        SortedMap<ObjectKey, CustomObject> customByKey,
        boolean kindsKnown)
        implements ClusterView {
    public ClusterObjects {
        servicesByKey = copy(servicesByKey);
        slicesByKey = copy(slicesByKey);
        podsByKey = copy(podsByKey);
        nodesByKey = copy(nodesByKey);
        customByKey = copy(customByKey);
    }

    private static <V> SortedMap<ObjectKey, V> copy(SortedMap<ObjectKey, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    /// No object at all.
    public static ClusterObjects none() {
        return new ClusterObjects(
                new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), true);
    }

    @Override
    public List<ServiceView> services() {
        return List.copyOf(servicesByKey.values());
    }

    @Override
    public Optional<ServiceView> service(ObjectKey key) {
        return Optional.ofNullable(servicesByKey.get(key));
    }

    @Override
    public List<SliceView> slices(ObjectKey service) {
        return slicesByKey.values().stream()
                .filter(slice -> slice.service().equals(service))
                .toList();
    }

    @Override
    public Optional<PodView> pod(ObjectKey key) {
        return Optional.ofNullable(podsByKey.get(key));
    }

    @Override
    public List<PodView> selected(String namespace, SortedMap<String, String> selector) {
        return podsByKey.values().stream()
                .filter(pod -> pod.key().namespace().equals(namespace))
                .filter(pod -> !selector.isEmpty()
                        && pod.metadata().labels().entrySet().containsAll(selector.entrySet()))
                .toList();
    }

    @Override
    public List<NodeView> nodes() {
        return List.copyOf(nodesByKey.values());
    }

    @Override
    public Optional<NodeView> node(String name) {
        return Optional.ofNullable(nodesByKey.get(ObjectKey.node(name)));
    }

    @Override
    public Optional<CustomObject> custom(ObjectKey key) {
        return Optional.ofNullable(customByKey.get(key));
    }
}
