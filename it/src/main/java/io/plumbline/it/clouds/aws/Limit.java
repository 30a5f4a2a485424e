package io.plumbline.it.clouds.aws;

import io.plumbline.it.clouds.Limits;

/// The numbers of the simulated AWS that can be changed by name. Those of the real one where a source is named,
/// else ours.
public enum Limit implements Limits.Named {
    /// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html
    NETWORK_BALANCERS(50),
    /// The same source.
    TARGET_GROUPS(3000),
    /// The same source.
    LISTENERS_PER_BALANCER(50),
    /// The same source: per target group.
    TARGETS_PER_TARGET_GROUP(1000),
    /// The same source: per Availability Zone and balancer.
    TARGETS_PER_ZONE(500),
    /// The same source: certificates per balancer, default ones not counted.
    CERTIFICATES_PER_BALANCER(25),
    /// https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
    SECURITY_GROUPS(2500),
    /// The same source.
    RULES_PER_SECURITY_GROUP(60),
    /// Describe calls of ELBv2:
    /// https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-throttling.html
    READS_PER_SECOND(10),
    /// The same source: how many of them at once.
    READS_AT_ONCE(40),
    /// RegisterTargets and DeregisterTargets, as the peer controller paces itself (aws-load-balancer-controller,
    /// pkg/aws/throttle/defaults.go).
    REGISTRATIONS_PER_SECOND(4),
    /// How many of them at once.
    REGISTRATIONS_AT_ONCE(20),
    /// Other changes of ELBv2, as the peer controller paces itself.
    WRITES_PER_SECOND(3),
    /// How many of them at once.
    WRITES_AT_ONCE(20),
    /// Describe calls of EC2: https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
    EC2_READS_PER_SECOND(20),
    /// The same source.
    EC2_READS_AT_ONCE(100),
    /// The same source: changes.
    EC2_WRITES_PER_SECOND(5),
    /// The same source.
    EC2_WRITES_AT_ONCE(50),
    /// Calls of ACM, tagging and STS, each.
    OTHER_CALLS_PER_SECOND(10),
    /// How many of them at once.
    OTHER_CALLS_AT_ONCE(20),
    /// How long a load balancer is `provisioning`; minutes in the real one.
    PROVISIONING_MILLIS(2000),
    /// How long a registration takes before the first health check.
    REGISTRATION_MILLIS(1000),
    /// How long the data plane lags behind any other accepted write.
    PROPAGATION_MILLIS(1000),
    /// How long a deregistered ip target still gets new connections: about two minutes,
    /// https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2366
    DEREGISTERED_STILL_SERVES_MILLIS(120_000),
    /// The longest life of a session's keys; the real ones live for at least 15 minutes.
    SESSION_MILLIS(43_200_000),
    /// 1: health checks fail where the group of nodes and Pods does not let the balancer in.
    SECURITY_GROUPS_CHECKED(0);

    private final long initial;

    Limit(long initial) {
        this.initial = initial;
    }

    @Override
    public long initial() {
        return initial;
    }
}
