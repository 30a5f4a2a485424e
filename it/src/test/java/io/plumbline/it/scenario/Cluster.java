package io.plumbline.it.scenario;

import io.plumbline.controller.plan.Evidence.FreshRead;
import io.plumbline.controller.snapshot.ClusterObjects;
import io.plumbline.controller.snapshot.Manifests;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The cluster of a scenario: what the caches say, and what a read by name says.
record Cluster(ClusterObjects cached, Facts.Fresh fresh) {

    static ClusterObjects read(String text) {
        ByteArrayInputStream input = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return switch (Manifests.read(List.of(Manifests.STANDARD_INPUT), input, List.of())) {
            case Manifests.Reading.Read(ClusterObjects objects) -> objects;
            case Manifests.Reading.Unreadable(String message) -> throw new IllegalArgumentException(message);
        };
    }

    FreshRead read(ObjectKey key) {
        String name = key.kind() + " " + key.name();
        if (fresh.unreadable().contains(name)) {
            return new FreshRead.Unreadable("no answer");
        }
        return fresh.gone().contains(name)
                ? new FreshRead.NotFound()
                : find(fresh.objects(), key).or(() -> find(cached, key)).orElseGet(FreshRead.NotFound::new);
    }

    boolean healthReadable() {
        return !fresh.unreadable().contains("health");
    }

    /// The Pod that has this address.
    Optional<PodView> pod(String ip) {
        return cached.podsByKey().values().stream()
                .filter(pod -> pod.ips().contains(ip))
                .findFirst();
    }

    /// The node of this machine.
    Optional<ObjectKey> node(Address.Instance machine) {
        return cached.nodesByKey().values().stream()
                .filter(node -> node.providerId()
                        .filter(id -> id.endsWith("/" + machine.id()))
                        .isPresent())
                .map(node -> node.metadata().key())
                .findFirst();
    }

    private static Optional<FreshRead> find(ClusterObjects objects, ObjectKey key) {
        Optional<ServiceView> service =
                Optional.ofNullable(objects.servicesByKey().get(key));
        Optional<PodView> pod = Optional.ofNullable(objects.podsByKey().get(key));
        Optional<NodeView> node = Optional.ofNullable(objects.nodesByKey().get(key));
        return service.<FreshRead>map(FreshRead.FreshService::new)
                .or(() -> pod.map(FreshRead.FreshPod::new))
                .or(() -> node.map(FreshRead.FreshNode::new));
    }
}
