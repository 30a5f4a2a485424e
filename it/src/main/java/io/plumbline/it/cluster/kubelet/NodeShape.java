package io.plumbline.it.cluster.kubelet;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a simulated node is made of. Labels and capacity keep their order.
public record NodeShape(Optional<String> providerId, Map<String, String> labels, Map<String, String> capacity) {

    public NodeShape {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        capacity = Collections.unmodifiableMap(new LinkedHashMap<>(capacity));
    }

    /// Room for 110 Pods, each of which may have an elastic network interface's address.
    public static NodeShape ordinary() {
        Map<String, String> capacity = new LinkedHashMap<>();
        capacity.put("pods", "110");
        capacity.put("cpu", "64");
        capacity.put("memory", "256Gi");
        capacity.put("tke.cloud.tencent.com/eni-ip", "110");
        return new NodeShape(Optional.empty(), Map.of(), capacity);
    }

    /// The same with this `spec.providerID`.
    public NodeShape withProviderId(String id) {
        return new NodeShape(Optional.of(id), labels, capacity);
    }

    /// The same with one more label.
    public NodeShape withLabel(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(labels);
        more.put(key, value);
        return new NodeShape(providerId, more, capacity);
    }
}
