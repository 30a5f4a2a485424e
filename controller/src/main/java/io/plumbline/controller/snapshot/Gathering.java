package io.plumbline.controller.snapshot;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.plumbline.controller.snapshot.Manifests.Malformed;
import io.plumbline.spi.model.Mark;
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
import java.util.stream.Stream;

/// Gathers the objects of several files; of two with the same name the last counts, as with `kubectl
/// apply`.
///
/// What an API server would have filled in and somebody took out is filled in: the namespace `default`, and
/// a UID that is always the same for the same name. A slice that names a Pod without a UID names the
/// stand-in of that Pod, so that the two match by name and address; a UID on one side only does not match.
final class Gathering {
    private static final String NAMESPACE = "default";

    private final KubernetesSerialization serialization = new KubernetesSerialization();
    private final List<CustomObject.Kind> customKinds;
    private final SortedMap<ObjectKey, ServiceView> services = new TreeMap<>();
    private final SortedMap<ObjectKey, SliceView> slices = new TreeMap<>();
    private final SortedMap<ObjectKey, PodView> pods = new TreeMap<>();
    private final SortedMap<ObjectKey, NodeView> nodes = new TreeMap<>();
    private final SortedMap<ObjectKey, CustomObject> custom = new TreeMap<>();

    Gathering(List<CustomObject.Kind> customKinds) {
        this.customKinds = List.copyOf(customKinds);
    }

    ClusterObjects objects() {
        return new ClusterObjects(services, slices, pods, nodes, custom, true);
    }

    void add(String source, String text) throws Malformed {
        for (Map<?, ?> object : Documents.objects(source, text)) {
            add(source, object);
        }
    }

    private void add(String source, Map<?, ?> object) throws Malformed {
        switch (object.get("apiVersion") + " " + object.get("kind")) {
            case "v1 Service" -> {
                ServiceView view = Projections.service(read(source, object, Service.class, NAMESPACE));
                services.put(view.key(), view);
            }
            case "v1 Pod" -> {
                PodView view = Projections.pod(read(source, object, Pod.class, NAMESPACE));
                pods.put(view.key(), view);
            }
            case "v1 Node" -> {
                NodeView view = Projections.node(read(source, object, Node.class, ""));
                nodes.put(view.metadata().key(), view);
            }
            case "discovery.k8s.io/v1 EndpointSlice" ->
                Projections.slice(withPodUids(read(source, object, EndpointSlice.class, NAMESPACE)))
                        .ifPresent(view -> slices.put(view.metadata().key(), view));
            default -> addCustom(source, object);
        }
    }

    private void addCustom(String source, Map<?, ?> object) throws Malformed {
        String apiVersion = String.valueOf(object.get("apiVersion"));
        boolean wanted = customKinds.stream()
                .anyMatch(kind -> kind.kind().equals(object.get("kind"))
                        && apiVersion.equals(kind.group() + "/" + kind.version()));
        if (wanted) {
            CustomObject view = Projections.custom(read(source, object, GenericKubernetesResource.class, NAMESPACE));
            custom.put(view.key(), view);
        }
    }

    private <T extends HasMetadata> T read(String source, Map<?, ?> object, Class<T> type, String namespace)
            throws Malformed {
        T value = converted(source, object, type);
        ObjectMeta meta = Optional.ofNullable(value.getMetadata()).orElseGet(ObjectMeta::new);
        value.setMetadata(meta);
        if (meta.getName() == null || meta.getName().isEmpty()) {
            throw new Malformed(source + ": a " + object.get("kind") + " has no metadata.name");
        }
        if (meta.getNamespace() == null || meta.getNamespace().isEmpty()) {
            meta.setNamespace(namespace);
        }
        if (meta.getUid() == null || meta.getUid().isEmpty()) {
            meta.setUid(standIn(String.valueOf(object.get("kind")), meta.getNamespace(), meta.getName()));
        }
        return value;
    }

    private <T extends HasMetadata> T converted(String source, Map<?, ?> object, Class<T> type) throws Malformed {
        try {
            return serialization.convertValue(object, type);
        } catch (IllegalArgumentException e) {
            throw new Malformed(source + ": " + object.get("kind") + " " + name(object) + ": " + e.getMessage());
        }
    }

    private static String name(Map<?, ?> object) {
        return object.get("metadata") instanceof Map<?, ?> meta ? String.valueOf(meta.get("name")) : "without a name";
    }

    /// Begins like no UID that an API server gives.
    private static String standIn(String kind, String namespace, String name) {
        return "offline-" + Mark.shortHash(kind + "/" + namespace + "/" + name);
    }

    private static EndpointSlice withPodUids(EndpointSlice slice) {
        Stream.ofNullable(slice.getEndpoints())
                .flatMap(List::stream)
                .map(Endpoint::getTargetRef)
                .filter(reference -> reference != null
                        && reference.getUid() == null
                        && reference.getName() != null
                        && "Pod".equals(reference.getKind()))
                .forEach(reference -> reference.setUid(standIn(
                        "Pod",
                        Optional.ofNullable(reference.getNamespace())
                                .orElse(slice.getMetadata().getNamespace()),
                        reference.getName())));
        return slice;
    }
}
