package io.plumbline.controller.intake;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.plumbline.controller.intake.Catalogue.Put;
import io.plumbline.controller.snapshot.Projections;
import io.plumbline.spi.objects.CustomObject;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.SliceView;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// An object arrives or leaves -> its projection in the catalogue, and a wake-up for whatever it may
/// concern.
final class Arrivals {
    private final Catalogue catalogue;
    private final Wakeups wakeups;

    Arrivals(Catalogue catalogue, Wakeups wakeups) {
        this.catalogue = catalogue;
        this.wakeups = wakeups;
    }

    void arrived(Service object) {
        ServiceView view = Projections.service(object);
        if (put(catalogue.put(view)) instanceof Put.Taken<ServiceView>(Optional<ServiceView> before)) {
            wakeups.service(before, Optional.of(view));
        }
    }

    void arrived(EndpointSlice object) {
        Projections.slice(object).ifPresent(view -> {
            if (put(catalogue.put(view)) instanceof Put.Taken<SliceView>(Optional<SliceView> before)) {
                wakeups.slice(before, Optional.of(view));
            }
        });
    }

    void arrived(Pod object) {
        PodView view = Projections.pod(object);
        if (put(catalogue.put(view)) instanceof Put.Taken<PodView>(Optional<PodView> before)) {
            wakeups.pod(before, Optional.of(view));
        }
    }

    void arrived(Node object) {
        NodeView view = Projections.node(object);
        if (put(catalogue.put(view)) instanceof Put.Taken<NodeView>(Optional<NodeView> before)
                && before.filter(known -> Versions.same(known, view)).isEmpty()) {
            wakeups.nodes();
        }
    }

    void arrived(Namespace object) {
        SortedMap<String, String> labels = new TreeMap<>(
                Optional.ofNullable(object.getMetadata().getLabels()).orElseGet(Map::of));
        catalogue.putNamespace(object.getMetadata().getName(), labels);
    }

    void arrived(GenericKubernetesResource object) {
        CustomObject view = Projections.custom(object);
        catalogue.put(view);
        catalogue.changed();
        wakeups.custom(view.key());
    }

    /// An object is gone.
    void left(ObjectKey key) {
        switch (key.kind()) {
            case "Service" -> wakeups.service(removed(catalogue.removeService(key)), Optional.empty());
            case "EndpointSlice" -> wakeups.slice(removed(catalogue.removeSlice(key)), Optional.empty());
            case "Pod" -> wakeups.pod(removed(catalogue.removePod(key)), Optional.empty());
            case "Node" -> {
                catalogue.removeNode(key);
                catalogue.changed();
                wakeups.nodes();
            }
            case "Namespace" -> catalogue.removeNamespace(key.name());
            default -> {
                catalogue.removeCustom(key);
                catalogue.changed();
                wakeups.custom(key);
            }
        }
    }

    private <V> Optional<V> removed(Optional<V> before) {
        catalogue.changed();
        return before;
    }

    private <V> Put<V> put(Put<V> outcome) {
        catalogue.changed();
        return outcome;
    }

    /// Whether custom kinds have been read, as far as they exist.
    void kindsKnown(boolean known) {
        catalogue.kindsKnown(known);
        catalogue.changed();
        wakeups.nodes();
    }
}
