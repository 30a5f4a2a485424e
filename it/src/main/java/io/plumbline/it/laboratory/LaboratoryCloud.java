package io.plumbline.it.laboratory;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.plumbline.app.ProviderSettings;
import io.plumbline.it.clouds.Network;
import io.plumbline.it.clouds.SimulatedCloud;
import io.plumbline.it.cluster.kubelet.Machine;
import io.plumbline.it.cluster.kubelet.NodeShape;
import java.util.List;
import java.util.Optional;

/// All that the laboratory needs to know of a cloud. What else it needs is in files that are named after the
/// cloud:
///
/// | file | what |
/// |---|---|
/// | `manifests/overlays/<name>/rbac.yaml` | what the controller may do there |
/// | `manifests/examples/<name>-direct/1-service.yaml`, `2-deployment.yaml` | three Pods with the label `app:
/// nginx`, direct targets of a listener on TCP 80 |
public interface LaboratoryCloud {
    /// As `--provider` and `--cloud` take it.
    String name();

    /// The simulation on real sockets, of an account that is empty but for what the network has.
    SimulatedCloud start(Network network);

    /// How a controller finds it.
    ///
    /// @param endpoint where it is served, `http://127.0.0.1:port`
    ProviderSettings settings(String endpoint);

    /// Whether Pods have addresses of the VPC without any sign of it (`--pod-network vpc`).
    boolean everyPodDirect();

    /// Nodes as this cloud makes them.
    NodeShape node();

    /// The id of the instance that a node is.
    String instanceId(Machine machine);

    /// How a Service says what it wants.
    Annotations annotations(Wish wish);

    /// How a Service names the load balancer that it wants to use, if it can.
    Optional<Annotations> existing(String loadBalancerId);

    /// How a Service chooses nodes, by a label selector of the form `key=value`.
    Annotations nodes(String labelSelector);

    /// Files, by their place on the class path, with what [Wish#QUICK_CHECKS] refers to.
    List<String> quickCheckFiles();

    /// The address 127.200.x.y that clients of this entry of a Service's status reach.
    Optional<String> vip(SimulatedCloud cloud, LoadBalancerIngress ingress);

    /// What a Service can want of its load balancer.
    enum Wish {
        /// Pods are the targets.
        DIRECT,
        /// Nodes are the targets.
        NODE_PORTS,
        /// Reachable from the internet.
        PUBLIC,
        /// Reachable within the VPC.
        INTERNAL,
        /// Health is checked every 5 s or oftener, 2 to pass, 2 to fail.
        QUICK_CHECKS,
        /// Members that leave keep their established connections.
        DRAIN,
        /// They do not, where the cloud leaves a choice.
        NO_DRAIN
    }
}
