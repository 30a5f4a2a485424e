package io.plumbline.spi.model;

import java.util.Comparator;

/// Our own, stable name of a resource. It is known before the cloud gives an identifier and survives a restart.
public sealed interface Key extends Comparable<Key>
        permits LoadBalancerKey, ListenerKey, RuleKey, PoolKey, BackendKey, AccessListKey, CertificateKey {

    Kind kind();

    /// As plans print it; unique among the keys of one kind.
    String text();

    @Override
    default int compareTo(Key other) {
        return Comparator.comparing(Key::kind).thenComparing(Key::text).compare(this, other);
    }
}
