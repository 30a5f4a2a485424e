package io.plumbline.it.virtual;

import io.plumbline.controller.desired.Settings;
import io.plumbline.controller.loop.ServiceEdit;
import io.plumbline.controller.snapshot.ClusterObjects;
import io.plumbline.spi.objects.CustomObject;
import io.plumbline.spi.objects.Metadata;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.ServiceView.Condition;
import io.plumbline.spi.objects.ServiceView.PublishedAddress;
import io.plumbline.spi.objects.SliceView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Copies of projections with one thing changed.
final class Views {
    private Views() {}

    static ServiceView metadata(ServiceView service, Metadata metadata) {
        return new ServiceView(
                metadata,
                service.type(),
                service.loadBalancerClass(),
                service.selector(),
                service.ports(),
                service.traffic(),
                service.ipFamilies(),
                service.addresses(),
                service.conditions());
    }

    static ServiceView status(ServiceView service, List<PublishedAddress> addresses, List<Condition> conditions) {
        return new ServiceView(
                service.metadata(),
                service.type(),
                service.loadBalancerClass(),
                service.selector(),
                service.ports(),
                service.traffic(),
                service.ipFamilies(),
                addresses,
                conditions);
    }

    static PodView metadata(PodView pod, Metadata metadata) {
        return new PodView(
                metadata,
                pod.phase(),
                pod.ips(),
                pod.nodeName(),
                pod.hostNetwork(),
                pod.containersReady(),
                pod.readinessGates(),
                pod.namedPorts(),
                pod.resources(),
                pod.disruption());
    }

    static Metadata version(Metadata old, String version) {
        return new Metadata(
                old.key(),
                old.uid(),
                version,
                old.generation(),
                old.created(),
                old.deleting(),
                old.labels(),
                old.annotations(),
                old.finalizers());
    }

    static Metadata deleting(Metadata old) {
        return new Metadata(
                old.key(),
                old.uid(),
                old.resourceVersion(),
                old.generation(),
                old.created(),
                true,
                old.labels(),
                old.annotations(),
                old.finalizers());
    }

    /// The user's, with what controllers have put on the old one.
    static Metadata keeping(Metadata users, Metadata old) {
        SortedMap<String, String> annotations = new TreeMap<>(old.annotations());
        annotations.putAll(users.annotations());
        return new Metadata(
                users.key(),
                old.uid(),
                old.resourceVersion(),
                old.generation() + 1,
                old.created(),
                old.deleting(),
                users.labels(),
                annotations,
                old.finalizers());
    }

    static Metadata edited(Metadata old, ServiceEdit edit) {
        List<String> finalizers = new ArrayList<>(old.finalizers());
        finalizers.remove(Settings.FINALIZER);
        if (edit.finalizer() == ServiceEdit.Finalizer.PRESENT) {
            finalizers.add(Settings.FINALIZER);
        }
        SortedMap<String, String> annotations = new TreeMap<>(old.annotations());
        edit.annotations().forEach((key, value) -> put(annotations, key, value));
        return new Metadata(
                old.key(),
                old.uid(),
                old.resourceVersion(),
                old.generation(),
                old.created(),
                old.deleting(),
                old.labels(),
                annotations,
                finalizers);
    }

    private static void put(SortedMap<String, String> map, String key, Optional<String> value) {
        value.ifPresentOrElse(present -> map.put(key, present), () -> map.remove(key));
    }

    static ClusterObjects withService(ClusterObjects objects, ServiceView service) {
        return services(objects, with(objects.servicesByKey(), service.key(), service));
    }

    static ClusterObjects withoutService(ClusterObjects objects, ObjectKey service) {
        return services(objects, without(objects.servicesByKey(), service));
    }

    static ClusterObjects withPod(ClusterObjects objects, PodView pod) {
        return pods(objects, with(objects.podsByKey(), pod.key(), pod));
    }

    static ClusterObjects withoutPod(ClusterObjects objects, ObjectKey pod) {
        return pods(objects, without(objects.podsByKey(), pod));
    }

    static ClusterObjects withSlice(ClusterObjects objects, SliceView slice) {
        return new ClusterObjects(
                objects.servicesByKey(),
                with(objects.slicesByKey(), slice.metadata().key(), slice),
                objects.podsByKey(),
                objects.nodesByKey(),
                objects.customByKey(),
                objects.kindsKnown());
    }

    static ClusterObjects withNode(ClusterObjects objects, NodeView node) {
        return new ClusterObjects(
                objects.servicesByKey(),
                objects.slicesByKey(),
                objects.podsByKey(),
                with(objects.nodesByKey(), node.metadata().key(), node),
                objects.customByKey(),
                objects.kindsKnown());
    }

    static ClusterObjects withoutNode(ClusterObjects objects, ObjectKey node) {
        return new ClusterObjects(
                objects.servicesByKey(),
                objects.slicesByKey(),
                objects.podsByKey(),
                without(objects.nodesByKey(), node),
                objects.customByKey(),
                objects.kindsKnown());
    }

    static ClusterObjects withCustom(ClusterObjects objects, CustomObject object) {
        return new ClusterObjects(
                objects.servicesByKey(),
                objects.slicesByKey(),
                objects.podsByKey(),
                objects.nodesByKey(),
                with(objects.customByKey(), object.key(), object),
                objects.kindsKnown());
    }

    private static ClusterObjects services(ClusterObjects objects, SortedMap<ObjectKey, ServiceView> services) {
        return new ClusterObjects(
                services,
                objects.slicesByKey(),
                objects.podsByKey(),
                objects.nodesByKey(),
                objects.customByKey(),
                objects.kindsKnown());
    }

    private static ClusterObjects pods(ClusterObjects objects, SortedMap<ObjectKey, PodView> pods) {
        return new ClusterObjects(
                objects.servicesByKey(),
                objects.slicesByKey(),
                pods,
                objects.nodesByKey(),
                objects.customByKey(),
                objects.kindsKnown());
    }

    private static <V> SortedMap<ObjectKey, V> with(SortedMap<ObjectKey, V> map, ObjectKey key, V value) {
        SortedMap<ObjectKey, V> copy = new TreeMap<>(map);
        copy.put(key, value);
        return copy;
    }

    private static <V> SortedMap<ObjectKey, V> without(SortedMap<ObjectKey, V> map, ObjectKey key) {
        SortedMap<ObjectKey, V> copy = new TreeMap<>(map);
        copy.remove(key);
        return copy;
    }
}
