package io.plumbline.aws;

import io.plumbline.spi.Dialect.Directness;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.PodView;
import java.util.Optional;

/// Whether a Pod has an address that a load balancer can reach
/// (https://docs.aws.amazon.com/eks/latest/userguide/pod-networking.html).
final class PodNetwork {
    private static final String OWN_INTERFACE = "vpc.amazonaws.com/pod-eni";
    private static final String COMPUTE_TYPE = "eks.amazonaws.com/compute-type";

    private PodNetwork() {}

    /// A Pod on its node's network has the node's address, which is one of the VPC as well.
    static Directness directness(PodView pod, Optional<NodeView> node, boolean assumeDirect) {
        boolean ownInterface = pod.metadata().annotations().containsKey(OWN_INTERFACE)
                || pod.resources().contains(OWN_INTERFACE);
        if (assumeDirect
                || pod.hostNetwork()
                || ownInterface
                || node.filter(PodNetwork::virtual).isPresent()) {
            return new Directness.Direct();
        }
        return new Directness.NotDirect(
                "it shows no address of its own in the VPC: say that every Pod has one, as with "
                        + "the Amazon VPC CNI plugin (--pod-network vpc), or use node ports");
    }

    /// Fargate: each Pod runs on a machine of its own, which is no target.
    static boolean virtual(NodeView node) {
        return "fargate".equals(node.metadata().labels().get(COMPUTE_TYPE));
    }
}
