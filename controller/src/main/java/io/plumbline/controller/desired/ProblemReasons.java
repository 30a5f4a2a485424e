package io.plumbline.controller.desired;

import java.util.List;

/// Reasons of the problems that are found here; those of a dialect are `Invalid`. `docs/conditions.md`
/// explains each.
public final class ProblemReasons {
    /// Another controller serves this Service.
    public static final String ALREADY_MANAGED = "AlreadyManaged";

    /// Pods whose own address the load balancer cannot reach.
    public static final String NOT_DIRECT = "NotDirect";

    /// Endpoints that name no Pod, or something that cannot be a backend.
    public static final String ENDPOINT_NOT_COUNTED = "EndpointNotCounted";

    /// The Service has no addresses of the family that the load balancer's backends have.
    public static final String ADDRESS_FAMILY = "AddressFamily";

    /// The node selector selects no node.
    public static final String NO_NODE_SELECTED = "NoNodeSelected";

    /// None of the selected nodes is Ready.
    public static final String NODES_NOT_READY = "NodesNotReady";

    /// Nodes whose machine the cloud's dialect does not recognize.
    public static final String UNKNOWN_NODE = "UnknownNode";

    /// A port without a node port where nodes are the backends.
    public static final String NO_NODE_PORT = "NoNodePort";

    /// Two ports that want the same port of the load balancer.
    public static final String PORT_CONFLICT = "PortConflict";

    /// Two ports that lead to the same port of the same Pods where a backend must be unique.
    public static final String TARGET_CONFLICT = "TargetConflict";

    public static final String SOURCE_RANGES_UNSUPPORTED = "SourceRangesUnsupported";

    public static final String SESSION_AFFINITY_UNSUPPORTED = "SessionAffinityUnsupported";

    private ProblemReasons() {}

    /// Those that leave backends out.
    public static List<String> ofBackends() {
        return List.of(
                NOT_DIRECT, NO_NODE_SELECTED, NODES_NOT_READY, UNKNOWN_NODE, ENDPOINT_NOT_COUNTED, ADDRESS_FAMILY);
    }
}
