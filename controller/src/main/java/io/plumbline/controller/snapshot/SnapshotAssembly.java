package io.plumbline.controller.snapshot;

import io.plumbline.controller.desired.Places;
import io.plumbline.controller.snapshot.ClusterSnapshot.ServiceClaim;
import io.plumbline.spi.Dialect;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.objects.CustomObject;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.SliceView;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// View of a cluster and a key -> everything that the key's load balancer depends on. Pure; the same live
/// and offline.
public final class SnapshotAssembly {
    private static final Comparator<ServiceView> OLDEST_FIRST = Comparator.comparing(
                    (ServiceView service) -> service.metadata().created())
            .thenComparing(ServiceView::key);

    private SnapshotAssembly() {}

    /// The snapshot of one key; without a claim where no Service names that key any more.
    public static ClusterSnapshot of(LoadBalancerKey key, ClusterView cluster, Dialect dialect) {
        List<ServiceClaim> claims = claimants(key, cluster, dialect)
                .sorted(OLDEST_FIRST)
                .map(service -> claim(service, cluster, dialect))
                .toList();
        return new ClusterSnapshot(key, claims, nodes(claims, cluster, dialect));
    }

    /// The load balancer that a Service asks for now.
    public static LoadBalancerKey key(ServiceView service, Dialect dialect) {
        return dialect.interpret(service, List.of(), false).key().orElseGet(() -> ownKey(service));
    }

    /// The load balancer that is made for a Service alone. One that asks for another may still have this
    /// from before.
    public static LoadBalancerKey ownKey(ServiceView service) {
        return new LoadBalancerKey.Managed(service.key(), service.uid());
    }

    /// A managed key's object takes part also when it has come to ask for another: then what it had is
    /// released.
    private static Stream<ServiceView> claimants(LoadBalancerKey key, ClusterView cluster, Dialect dialect) {
        return switch (key) {
            case LoadBalancerKey.Managed(ObjectKey object, String uid, int incarnation) ->
                cluster.service(object).stream().filter(service -> service.uid().equals(uid));
            case LoadBalancerKey.Existing existing -> naming(existing, cluster, dialect);
            case LoadBalancerKey.Group group -> naming(group, cluster, dialect);
        };
    }

    private static Stream<ServiceView> naming(LoadBalancerKey key, ClusterView cluster, Dialect dialect) {
        return cluster.services().stream()
                .filter(service -> key(service, dialect).equals(key)
                        || Places.of(service).orElse(List.of()).contains(key));
    }

    private static ServiceClaim claim(ServiceView service, ClusterView cluster, Dialect dialect) {
        List<SliceView> slices = cluster.slices(service.key()).stream()
                .sorted(Comparator.comparing(slice -> slice.metadata().key()))
                .toList();
        List<CustomObject> referenced = dialect.references(service).stream()
                .sorted()
                .distinct()
                .flatMap(reference -> cluster.custom(reference).stream())
                .toList();
        return new ServiceClaim(service, slices, pods(service, slices, cluster), referenced, cluster.kindsKnown());
    }

    private static SortedMap<ObjectKey, PodView> pods(
            ServiceView service, List<SliceView> slices, ClusterView cluster) {
        SortedMap<ObjectKey, PodView> pods = new TreeMap<>();
        slices.stream()
                .flatMap(slice -> slice.endpoints().stream())
                .flatMap(endpoint -> endpoint.target().stream())
                .flatMap(target -> cluster.pod(target.key()).stream())
                .forEach(pod -> pods.put(pod.key(), pod));
        cluster.selected(service.key().namespace(), service.selector()).forEach(pod -> pods.put(pod.key(), pod));
        return pods;
    }

    /// Where Pods are the members, only their nodes matter: thousands of others need not be copied.
    private static SortedMap<String, NodeView> nodes(List<ServiceClaim> claims, ClusterView cluster, Dialect dialect) {
        boolean byPods = claims.stream().allMatch(claim -> targets(claim, dialect) == Pool.Targets.PODS);
        SortedMap<String, NodeView> nodes = new TreeMap<>();
        Stream<NodeView> wanted = byPods
                ? claims.stream()
                        .flatMap(claim -> claim.pods().values().stream())
                        .flatMap(pod -> pod.nodeName().stream())
                        .distinct()
                        .flatMap(name -> cluster.node(name).stream())
                : cluster.nodes().stream();
        wanted.forEach(node -> nodes.put(node.name(), node));
        return nodes;
    }

    private static Pool.Targets targets(ServiceClaim claim, Dialect dialect) {
        return dialect.interpret(claim.service(), claim.referenced(), claim.kindsKnown())
                .backends()
                .targets();
    }
}
