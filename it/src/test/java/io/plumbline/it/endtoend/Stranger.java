package io.plumbline.it.endtoend;

import io.plumbline.it.clouds.BalancerView;
import java.util.Map;

/// Somebody else with the same account, who uses the cloud's own SDK.
interface Stranger {
    /// Makes a public load balancer of his own, in the cluster's VPC, that carries these tags; returns its id.
    String createBalancer(String name, Map<String, String> tags);

    /// Makes a TCP listener on any balancer.
    void createListener(BalancerView balancer, String name, int port);

    /// Deletes any balancer, whatever is on it.
    void deleteBalancer(BalancerView balancer);
}
