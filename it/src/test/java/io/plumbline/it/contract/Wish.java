package io.plumbline.it.contract;

import io.plumbline.spi.model.AccessList;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Claimant;
import io.plumbline.spi.model.Desired.Fate;
import io.plumbline.spi.model.Desired.ListenerClaim;
import io.plumbline.spi.model.Desired.ListenerClaims;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What Services want of a load balancer, in as few words as a test needs.
///
/// @param replaceAllowed every claimant consents to a new load balancer where a change needs one
record Wish(LoadBalancerKey key, Scheme scheme, boolean replaceAllowed, List<Claim> claims) {
    static final String CLUSTER = "cluster-1";

    Wish {
        claims = List.copyOf(claims);
    }

    /// A Service of that name and its own load balancer, which the Internet can reach.
    static Wish of(String service, Port... ports) {
        return of(mark(service), ports);
    }

    /// The same Service in another cluster.
    static Wish inCluster(String cluster, String service, Port... ports) {
        Mark its = mark(service);
        return of(new Mark(cluster, its.object(), its.objectUid()), ports);
    }

    private static Wish of(Mark mark, Port... ports) {
        return new Wish(
                new LoadBalancerKey.Managed(mark.object(), mark.objectUid()),
                Scheme.INTERNET,
                false,
                List.of(new Claim(mark, false, List.of(ports))));
    }

    static Mark mark(String service) {
        return new Mark(CLUSTER, ObjectKey.service("web", service), "uid-of-" + service);
    }

    Wish at(LoadBalancerKey key) {
        return new Wish(key, scheme, replaceAllowed, claims);
    }

    /// In place of the first one.
    Wish replaced(int incarnation) {
        LoadBalancerKey.Managed managed = (LoadBalancerKey.Managed) key;
        return at(new LoadBalancerKey.Managed(managed.object(), managed.uid(), incarnation));
    }

    Wish being(Scheme scheme) {
        return new Wish(key, scheme, replaceAllowed, claims);
    }

    Wish allowingReplacement() {
        return new Wish(key, scheme, true, claims);
    }

    /// And this Service, which is younger.
    Wish and(String service, Port... ports) {
        List<Claim> all = new ArrayList<>(claims);
        all.add(new Claim(mark(service), false, List.of(ports)));
        return new Wish(key, scheme, replaceAllowed, all);
    }

    /// Without this Service, which lets go of its part.
    Wish releasing(String service) {
        Mark its = mark(service);
        return new Wish(
                key,
                scheme,
                replaceAllowed,
                claims.stream()
                        .map(claim -> claim.mark.equals(its) ? new Claim(its, true, List.of()) : claim)
                        .toList());
    }

    Mark owner() {
        return claims.getFirst().mark();
    }

    List<Mark> marks() {
        return claims.stream().map(Claim::mark).toList();
    }

    Desired in(ContractCloud cloud) {
        boolean wanted = claims.stream().anyMatch(claim -> !claim.released);
        return new Desired(
                key,
                claims.stream()
                        .map(claim -> new Claimant(claim.mark, Instant.EPOCH, replaceAllowed, claim.released))
                        .toList(),
                wanted ? Optional.of(cloud.loadBalancer(key, scheme)) : Optional.empty(),
                listeners(cloud),
                List.of(),
                claims.stream()
                        .flatMap(claim -> claim.ports.stream().map(port -> port.pool(claim.mark, cloud)))
                        .sorted(Comparator.comparing(pool -> pool.pool().key()))
                        .toList(),
                accessLists(),
                List.of(),
                wanted ? Fate.WANTED : Fate.RELEASED,
                List.of());
    }

    private List<ListenerClaims> listeners(ContractCloud cloud) {
        SortedMap<ListenerKey, List<ListenerClaim>> byKey = new TreeMap<>();
        for (Claim claim : claims) {
            for (Port port : claim.ports) {
                Listener listener = port.listener(key, claim.mark, cloud);
                byKey.computeIfAbsent(listener.key(), any -> new ArrayList<>())
                        .add(new ListenerClaim(claim.mark, listener));
            }
        }
        return byKey.entrySet().stream()
                .map(entry -> new ListenerClaims(entry.getKey(), entry.getValue()))
                .toList();
    }

    /// One for each Service that restricts a port of its own; its ports agree.
    private List<AccessList> accessLists() {
        return claims.stream()
                .flatMap(claim -> claim.ports.stream()
                        .filter(port -> !port.sourceRanges().isEmpty())
                        .map(port -> new AccessList(
                                Port.accessListKey(claim.mark), port.sourceRanges(), new Options.None())))
                .distinct()
                .sorted(Comparator.comparing(AccessList::key))
                .toList();
    }

    /// One Service's part.
    record Claim(Mark mark, boolean released, List<Port> ports) {
        Claim {
            ports = List.copyOf(ports);
        }
    }
}
