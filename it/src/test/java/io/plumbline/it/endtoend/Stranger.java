package io.plumbline.it.endtoend;

import io.plumbline.it.clouds.BalancerView;

/// Somebody else with the same account, who uses the cloud's own SDK.
interface Stranger {
    /// Makes a public load balancer of his own, in the cluster's VPC; returns its id.
    String createBalancer(String name);

    /// Makes a TCP listener on any balancer.
    void createListener(BalancerView balancer, String name, int port);

    /// Deletes any balancer, whatever is on it.
    void deleteBalancer(BalancerView balancer);
}
