package io.plumbline.it.virtual;

import io.plumbline.controller.snapshot.ClusterObjects;
import io.plumbline.spi.objects.Metadata;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.SliceView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What the endpoint slice controller makes of a Service and its Pods.
final class Slices {
    private Slices() {}

    static SliceView of(ServiceView service, ClusterObjects objects) {
        Metadata metadata = new Metadata(
                new ObjectKey(
                        "EndpointSlice",
                        service.key().namespace(),
                        service.key().name() + "-1"),
                service.uid() + "-slice",
                "1",
                1,
                Instant.EPOCH,
                false,
                new TreeMap<>(),
                new TreeMap<>(),
                List.of());
        List<SliceView.Port> ports = service.ports().stream()
                .map(port -> new SliceView.Port(port.name(), port.transport(), Integer.parseInt(port.targetPort())))
                .toList();
        List<SliceView.Endpoint> endpoints = objects.selected(service.key().namespace(), service.selector()).stream()
                .filter(pod -> !pod.terminal() && !pod.ips().isEmpty())
                .map(Slices::endpoint)
                .toList();
        return new SliceView(metadata, service.key(), "IPv4", ports, endpoints);
    }

    private static SliceView.Endpoint endpoint(PodView pod) {
        boolean ready = pod.containersReady() && pod.readinessGates().stream().allMatch(PodView.Gate::open);
        boolean terminating = pod.metadata().deleting();
        return new SliceView.Endpoint(
                pod.ips(),
                Optional.of(new SliceView.Target(pod.key(), pod.uid())),
                pod.nodeName(),
                ready && !terminating,
                ready,
                terminating);
    }
}
