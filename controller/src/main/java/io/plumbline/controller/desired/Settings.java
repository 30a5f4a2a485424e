package io.plumbline.controller.desired;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// How this controller is set up.
///
/// @param clusterUid UID of the kube-system namespace unless set otherwise; part of every mark
/// @param provider name of the provider, as in `plumbline.io/<provider>`
/// @param classes further values of `spec.loadBalancerClass` that are ours
/// @param claimClassless Services without a class are ours too
/// @param everyPodDirect every Pod has an address of its own in the cloud's network (`--pod-network vpc`)
/// @param podCidr addresses of the cloud's network, where known; empty offline
/// @param nativeGateTypes readiness gate types that count as load-balancer gates, beside our own
/// @param selectorlessNamespaces namespaces in which endpoints that name no Pod count, `*` for all
public record Settings(
        String clusterUid,
        String provider,
        SortedSet<String> classes,
        boolean claimClassless,
        boolean everyPodDirect,
        Optional<String> podCidr,
        SortedSet<String> nativeGateTypes,
        SortedSet<String> selectorlessNamespaces) {
    /// On Services that have, or may have, a load balancer of ours.
    public static final String FINALIZER = "plumbline.io/load-balancer";

    /// Consent to a new load balancer where a change needs one: `allow`.
    public static final String REPLACE_ANNOTATION = "plumbline.io/replace";

    public Settings {
        classes = Collections.unmodifiableSortedSet(new TreeSet<>(classes));
        nativeGateTypes = Collections.unmodifiableSortedSet(new TreeSet<>(nativeGateTypes));
        selectorlessNamespaces = Collections.unmodifiableSortedSet(new TreeSet<>(selectorlessNamespaces));
    }

    /// Endpoints that name no Pod count nowhere.
    public Settings(
            String clusterUid,
            String provider,
            SortedSet<String> classes,
            boolean claimClassless,
            boolean everyPodDirect,
            Optional<String> podCidr,
            SortedSet<String> nativeGateTypes) {
        this(clusterUid, provider, classes, claimClassless, everyPodDirect, podCidr, nativeGateTypes, new TreeSet<>());
    }

    /// `plumbline.io/<provider>`.
    public String ownClass() {
        return "plumbline.io/" + provider;
    }

    /// Whether a Service of this `spec.loadBalancerClass` is ours.
    public boolean ours(Optional<String> loadBalancerClass) {
        return loadBalancerClass
                .map(name -> name.equals(ownClass()) || classes.contains(name))
                .orElse(claimClassless);
    }
}
