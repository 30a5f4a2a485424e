/// What kube-proxy does for traffic from outside: serves the node ports of every Service on every simulated node,
/// and the health check port of Services of policy Local.
///
/// Input: Services and EndpointSlices as the API server has them, and the machines that run. Output: sockets on
/// 127.10.a.n. Must not: know Pods, decide who is ready (the slices say it), or serve cluster addresses.
///
/// | externalTrafficPolicy | a node sends new connections to |
/// |---|---|
/// | Cluster | every ready endpoint; where there is none, those that terminate and still serve |
/// | Local | the same, of the endpoints on this node alone |
///
/// Where that is nobody, connections are refused. Connections once made stay with their endpoint whatever
/// changes.
@NullMarked
package io.plumbline.it.cluster.nodeproxy;

import org.jspecify.annotations.NullMarked;
