package io.plumbline.spi.objects;

import java.util.Comparator;

/// Names one Kubernetes object. `namespace` is empty for a cluster-scoped one.
public record ObjectKey(String kind, String namespace, String name) implements Comparable<ObjectKey> {
    private static final Comparator<ObjectKey> ORDER = Comparator.comparing(ObjectKey::namespace)
            .thenComparing(ObjectKey::name)
            .thenComparing(ObjectKey::kind);

    public static ObjectKey service(String namespace, String name) {
        return new ObjectKey("Service", namespace, name);
    }

    public static ObjectKey pod(String namespace, String name) {
        return new ObjectKey("Pod", namespace, name);
    }

    public static ObjectKey node(String name) {
        return new ObjectKey("Node", "", name);
    }

    /// `namespace/name`, or `name` alone for a cluster-scoped object.
    public String text() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    @Override
    public int compareTo(ObjectKey other) {
        return ORDER.compare(this, other);
    }
}
