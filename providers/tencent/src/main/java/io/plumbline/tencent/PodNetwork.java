package io.plumbline.tencent;

import io.plumbline.spi.Dialect.Directness;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.PodView;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Whether a Pod has an address that a load balancer can reach (https://cloud.tencent.com/document/product/457/41897).
final class PodNetwork {
    private static final String NETWORKS = "tke.cloud.tencent.com/networks";
    private static final List<String> ENI_NETWORKS = List.of("tke-route-eni", "tke-direct-eni");
    private static final List<String> ENI_RESOURCES =
            List.of("tke.cloud.tencent.com/eni-ip", "tke.cloud.tencent.com/direct-eni");
    private static final String INSTANCE_TYPE = "node.kubernetes.io/instance-type";
    private static final String SUPER_NODE = "eklet";

    private PodNetwork() {}

    static Directness directness(PodView pod, Optional<NodeView> node, boolean assumeDirect) {
        if (pod.hostNetwork()) {
            return new Directness.NotDirect("it uses its node's network: remove hostNetwork from the Pod");
        }
        if (assumeDirect
                || hasInterface(pod)
                || node.filter(PodNetwork::virtual).isPresent()) {
            return new Directness.Direct();
        }
        return new Directness.NotDirect("it shows no address of its own in the VPC: give the Pod the annotation "
                + NETWORKS + ": tke-route-eni and the resource tke.cloud.tencent.com/eni-ip: \"1\", or say that every "
                + "Pod has one (--pod-network vpc)");
    }

    private static boolean hasInterface(PodView pod) {
        String networks = pod.metadata().annotations().getOrDefault(NETWORKS, "");
        return Arrays.stream(networks.split(",")).map(String::trim).anyMatch(ENI_NETWORKS::contains)
                || !Collections.disjoint(ENI_RESOURCES, pod.resources());
    }

    /// A super node is no machine: every Pod on it has an address of its own.
    static boolean virtual(NodeView node) {
        return SUPER_NODE.equals(node.metadata().labels().get(INSTANCE_TYPE));
    }
}
