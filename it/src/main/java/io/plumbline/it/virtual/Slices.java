package io.plumbline.it.virtual;

import io.plumbline.controller.snapshot.ClusterObjects;
import io.plumbline.spi.objects.Metadata;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.SliceView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/// What the endpoint slice controller makes of a Service and its Pods.
final class Slices {
    private Slices() {}

    /// One for each of its families.
    static List<SliceView> of(ServiceView service, ClusterObjects objects) {
        return service.ipFamilies().stream()
                .map(family -> of(service, family, objects))
                .toList();
    }

    private static SliceView of(ServiceView service, String family, ClusterObjects objects) {
        Metadata metadata = new Metadata(
                new ObjectKey(
                        "EndpointSlice",
                        service.key().namespace(),
                        service.key().name() + "-" + family.toLowerCase(Locale.ROOT)),
                service.uid() + "-slice-" + family,
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
                .filter(pod -> !pod.terminal())
                .flatMap(pod -> address(pod, family).map(address -> endpoint(pod, address)).stream())
                .toList();
        return new SliceView(metadata, service.key(), family, ports, endpoints);
    }

    private static Optional<String> address(PodView pod, String family) {
        return pod.ips().stream()
                .filter(ip -> ip.contains(":") == family.equals("IPv6"))
                .findFirst();
    }

    private static SliceView.Endpoint endpoint(PodView pod, String address) {
        boolean ready = pod.containersReady() && pod.readinessGates().stream().allMatch(PodView.Gate::open);
        boolean terminating = pod.metadata().deleting();
        return new SliceView.Endpoint(
                List.of(address),
                Optional.of(new SliceView.Target(pod.key(), pod.uid())),
                pod.nodeName(),
                ready && !terminating,
                ready,
                terminating);
    }
}
