package io.plumbline.it.virtual;

import io.plumbline.controller.desired.Settings;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.Metadata;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// Objects as a user of the controller has them.
public final class Samples {
    /// When all of them were made.
    public static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    /// The cluster of all of them.
    public static final String CLUSTER_UID = "c1a5c1a5-0000-4000-8000-000000000001";

    private static final String NAMESPACE = "web";
    private static final String NODE = "node-1";
    private static final int FIRST_NODE_PORT = 30000;
    private static final int HEALTH_CHECK_NODE_PORT = 32080;

    private Samples() {}

    /// Everything that a provider of that name is asked for is ours, and every Pod has an address of its
    /// own.
    public static Settings settings(String provider) {
        return new Settings(CLUSTER_UID, provider, new TreeSet<>(), false, true, Optional.empty(), new TreeSet<>());
    }

    /// The Service `web/shop`: port 80 and 81, and so on, each to the same port of the Pods of the app
    /// `shop`.
    public static ServiceView service(String provider, int ports, Map<String, String> annotations) {
        ObjectKey key = ObjectKey.service(NAMESPACE, "shop");
        return new ServiceView(
                metadata(key, "5e111ce0-0000-4000-8000-000000000001", new TreeMap<>(), new TreeMap<>(annotations)),
                "LoadBalancer",
                Optional.of("plumbline.io/" + provider),
                new TreeMap<>(Map.of("app", "shop")),
                ports(IntStream.range(80, 80 + ports)),
                new ServiceView.Traffic("Cluster", false, Optional.empty(), List.of(), "None", false),
                List.of("IPv4"),
                List.of(),
                List.of());
    }

    /// One of many Services with Pods of their own: `web/shop-<number>`, port 80.
    public static ServiceView soleOwner(String provider, int number, Map<String, String> annotations) {
        ServiceView shop = service(provider, 1, annotations);
        String name = "shop-" + number;
        return new ServiceView(
                metadata(
                        ObjectKey.service(NAMESPACE, name),
                        "5e111ce0-0000-4000-8000-%012d".formatted(number),
                        new TreeMap<>(),
                        new TreeMap<>(annotations)),
                shop.type(),
                shop.loadBalancerClass(),
                new TreeMap<>(Map.of("app", name)),
                shop.ports(),
                shop.traffic(),
                shop.ipFamilies(),
                shop.addresses(),
                shop.conditions());
    }

    /// Pod number `member` of the Service [#soleOwner] of that number.
    public static PodView soleMember(int owner, int member) {
        PodView pod = pod(
                "shop-%d-%d".formatted(owner, member),
                "%d-%d".formatted(owner, member),
                "10.1.%d.%d".formatted(owner, member),
                Map.of());
        Metadata old = pod.metadata();
        return Views.metadata(pod, old.with(new TreeMap<>(Map.of("app", "shop-" + owner)), old.annotations()));
    }

    /// Pod number `number` of `shop`: its address is `10.0.3.<number>`, and its containers are ready.
    public static PodView pod(int number, Map<String, String> annotations) {
        return pod("shop-" + number, "0000" + number, "10.0.3." + number, annotations);
    }

    /// A Pod of `shop`.
    public static PodView pod(String name, String uid, String ip, Map<String, String> annotations) {
        SortedMap<String, String> labels = new TreeMap<>(Map.of("app", "shop"));
        return new PodView(
                metadata(ObjectKey.pod(NAMESPACE, name), "bad0-" + uid, labels, new TreeMap<>(annotations)),
                "Running",
                List.of(ip),
                Optional.of(NODE),
                false,
                true,
                List.of(),
                List.of(),
                new TreeSet<>(),
                Optional.empty());
    }

    /// The node of all Pods, which is ready.
    public static NodeView node() {
        return new NodeView(
                metadata(ObjectKey.node(NODE), "node-uid", new TreeMap<>(), new TreeMap<>()),
                "True",
                false,
                List.of(),
                Optional.empty(),
                List.of("10.0.0.1"));
    }

    /// Node `node-<number>`, which is the machine `i-<number>`.
    public static NodeView node(int number, Map<String, String> labels, String ready) {
        ObjectKey key = ObjectKey.node("node-" + number);
        return new NodeView(
                metadata(key, "uid-" + key.name(), new TreeMap<>(labels), new TreeMap<>()),
                ready,
                false,
                List.of(),
                Optional.of("fake:///zone-a/i-" + number),
                List.of());
    }

    /// Another Service with the same annotations and Pods, a second younger, with these ports.
    public static ServiceView younger(ServiceView service, ObjectKey key, int... ports) {
        Metadata old = service.metadata();
        return new ServiceView(
                new Metadata(
                        key,
                        "5e111ce0-0000-4000-8000-000000000002",
                        "1",
                        1,
                        old.created().plusSeconds(1),
                        false,
                        new TreeMap<>(),
                        old.annotations(),
                        List.of()),
                service.type(),
                service.loadBalancerClass(),
                service.selector(),
                ports(IntStream.of(ports)),
                service.traffic(),
                service.ipFamilies(),
                List.of(),
                List.of());
    }

    /// Each leads to the same port of the Pods.
    private static List<ServiceView.Port> ports(IntStream numbers) {
        return numbers.mapToObj(port -> new ServiceView.Port(
                        "p" + port, Transport.TCP, port, Integer.toString(port), Optional.empty(), Optional.empty()))
                .toList();
    }

    /// The same Service with these annotations too.
    public static ServiceView annotated(ServiceView service, Map<String, String> annotations) {
        Metadata old = service.metadata();
        SortedMap<String, String> all = new TreeMap<>(old.annotations());
        all.putAll(annotations);
        return Views.metadata(
                service,
                new Metadata(
                        old.key(),
                        old.uid(),
                        old.resourceVersion(),
                        old.generation(),
                        old.created(),
                        old.deleting(),
                        old.labels(),
                        all,
                        old.finalizers()));
    }

    /// The same Service with the node port 30000 + port for each port.
    ///
    /// @param policy its `externalTrafficPolicy`; with `Local` nodes say at port 32080 whether they have a Pod
    public static ServiceView withNodePorts(ServiceView service, String policy) {
        return new ServiceView(
                service.metadata(),
                service.type(),
                service.loadBalancerClass(),
                service.selector(),
                service.ports().stream().map(Samples::withNodePort).toList(),
                new ServiceView.Traffic(
                        policy,
                        true,
                        policy.equals("Local") ? Optional.of(HEALTH_CHECK_NODE_PORT) : Optional.empty(),
                        service.traffic().sourceRanges(),
                        service.traffic().sessionAffinity(),
                        service.traffic().publishNotReadyAddresses()),
                service.ipFamilies(),
                service.addresses(),
                service.conditions());
    }

    private static ServiceView.Port withNodePort(ServiceView.Port port) {
        return new ServiceView.Port(
                port.name(),
                port.transport(),
                port.port(),
                port.targetPort(),
                Optional.of(FIRST_NODE_PORT + port.port()),
                port.appProtocol());
    }

    private static Metadata metadata(
            ObjectKey key, String uid, SortedMap<String, String> labels, SortedMap<String, String> annotations) {
        return new Metadata(key, uid, "1", 1, CREATED, false, labels, annotations, List.of());
    }
}
