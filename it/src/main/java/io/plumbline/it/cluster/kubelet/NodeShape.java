package io.plumbline.it.cluster.kubelet;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a simulated node is made of. Labels and capacity keep their order.
///
/// @param name of the Node; like `providerId` it may contain `{number}`, which becomes the node's in its cluster,
/// `{address}`, and `{instance}`, eight digits that no other node of this machine has
public record NodeShape(
        String name, Optional<String> providerId, Map<String, String> labels, Map<String, String> capacity) {

    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final String REGION = "topology.kubernetes.io/region";

    public NodeShape {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        capacity = Collections.unmodifiableMap(new LinkedHashMap<>(capacity));
    }

    /// `node-1`, `node-2`, ..., each with room for 110 Pods that may all have an elastic network interface's
    /// address.
    public static NodeShape ordinary() {
        Map<String, String> capacity = new LinkedHashMap<>();
        capacity.put("pods", "110");
        capacity.put("cpu", "64");
        capacity.put("memory", "256Gi");
        capacity.put("tke.cloud.tencent.com/eni-ip", "110");
        return new NodeShape("node-{number}", Optional.empty(), Map.of(), capacity);
    }

    /// The same under another name, for example `cn-beijing.{address}`.
    public NodeShape withName(String pattern) {
        return new NodeShape(pattern, providerId, labels, capacity);
    }

    /// The same with this `spec.providerID`, for example `qcloud:///100003/ins-{instance}`.
    public NodeShape withProviderId(String pattern) {
        return new NodeShape(name, Optional.of(pattern), labels, capacity);
    }

    /// The same in this zone.
    public NodeShape in(String region, String zone) {
        return withLabel(REGION, region).withLabel(ZONE, zone);
    }

    /// The same with one more label.
    public NodeShape withLabel(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(labels);
        more.put(key, value);
        return new NodeShape(name, providerId, more, capacity);
    }

    /// The machine number so-and-so of this shape.
    Machine machine(int number, String address) {
        return new Machine(
                filled(name, number, address), address, providerId.map(pattern -> filled(pattern, number, address)));
    }

    private static String filled(String pattern, int number, String address) {
        String[] octets = address.split("\\.", -1);
        String instance =
                String.format(Locale.ROOT, "%04d%04d", Integer.parseInt(octets[2]), Integer.parseInt(octets[3]));
        return pattern.replace("{number}", String.valueOf(number))
                .replace("{address}", address)
                .replace("{instance}", instance);
    }
}
