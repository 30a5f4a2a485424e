package io.plumbline.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.plumbline.controller.intake.CustomKinds;
import io.plumbline.controller.snapshot.ClusterObjects;
import io.plumbline.controller.snapshot.Projections;
import io.plumbline.spi.CoreAnnotations;
import io.plumbline.spi.Dialect;
import io.plumbline.spi.objects.CustomObject;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.SliceView;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A live cluster, read once.
final class Live {
    private Live() {}

    /// All objects of the cluster, and in place of their namesakes those of `files`. A Service from a file keeps
    /// the UID of its namesake, since what carries its mark is its own.
    static ClusterObjects read(KubernetesClient client, ClusterObjects files, Dialect dialect) {
        TreeMap<ObjectKey, ServiceView> services = new TreeMap<>();
        client.services().inAnyNamespace().list().getItems().stream()
                .map(Projections::service)
                .forEach(service -> services.put(service.key(), service));
        files.servicesByKey().forEach((key, service) -> services.merge(key, service, Live::inPlaceOf));
        TreeMap<ObjectKey, SliceView> slices = new TreeMap<>(files.slicesByKey());
        client.discovery().v1().endpointSlices().inAnyNamespace().list().getItems().stream()
                .flatMap(slice -> Projections.slice(slice).stream())
                .forEach(slice -> slices.putIfAbsent(slice.metadata().key(), slice));
        TreeMap<ObjectKey, PodView> pods = new TreeMap<>(files.podsByKey());
        client.pods().inAnyNamespace().list().getItems().stream()
                .map(Projections::pod)
                .forEach(pod -> pods.putIfAbsent(pod.key(), pod));
        TreeMap<ObjectKey, NodeView> nodes = new TreeMap<>(files.nodesByKey());
        client.nodes().list().getItems().stream()
                .map(Projections::node)
                .forEach(node -> nodes.putIfAbsent(node.metadata().key(), node));
        return new ClusterObjects(services, slices, pods, nodes, custom(client, files, dialect), true);
    }

    private static ServiceView inPlaceOf(ServiceView live, ServiceView file) {
        return new ServiceView(
                live.metadata().with(file.metadata().labels(), annotations(live, file)),
                file.type(),
                file.loadBalancerClass(),
                file.selector(),
                file.ports(),
                file.traffic(),
                live.ipFamilies(),
                live.addresses(),
                live.conditions());
    }

    /// Those of the file, and which load balancers the controller has made.
    private static SortedMap<String, String> annotations(ServiceView live, ServiceView file) {
        TreeMap<String, String> annotations = new TreeMap<>(file.metadata().annotations());
        Optional.ofNullable(live.metadata().annotations().get(CoreAnnotations.INCARNATIONS))
                .ifPresent(lives -> annotations.put(CoreAnnotations.INCARNATIONS, lives));
        return annotations;
    }

    private static SortedMap<ObjectKey, CustomObject> custom(
            KubernetesClient client, ClusterObjects files, Dialect dialect) {
        TreeMap<ObjectKey, CustomObject> objects = new TreeMap<>(files.customByKey());
        for (CustomObject.Kind kind : dialect.customKinds()) {
            try {
                client.genericKubernetesResources(CustomKinds.context(kind)).inAnyNamespace().list().getItems().stream()
                        .map(Projections::custom)
                        .forEach(object -> objects.putIfAbsent(object.key(), object));
            } catch (KubernetesClientException absentKind) {
                if (absentKind.getCode() != 404) {
                    throw absentKind;
                }
            }
        }
        return objects;
    }
}
