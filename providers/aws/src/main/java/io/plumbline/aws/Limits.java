package io.plumbline.aws;

import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Capabilities.Mutability;
import io.plumbline.spi.Capabilities.Rate;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What this cloud can do and how much of it, with the source of each number.
final class Limits {
    /// Targets in one registration: the AWS Load Balancer Controller sends as many
    /// (pkg/targetgroupbinding/targets_manager.go of kubernetes-sigs/aws-load-balancer-controller).
    static final int TARGETS_PER_CALL = 200;

    /// Resources in one question for tags
    /// (https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTags.html).
    static final int TAGGED_PER_CALL = 20;

    /// Addresses in one filter of DescribeNetworkInterfaces and DescribeInstances
    /// (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html).
    static final int FILTER_VALUES = 200;

    /// Quotas (https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html): targets
    /// of a load balancer in one zone, the tightest of the three; listeners.
    private static final int TARGETS_PER_GROUP = 500;

    private static final int LISTENERS_PER_LOAD_BALANCER = 50;

    /// Calls, counted by kind. Those of ELB that describe:
    /// https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-throttling.html. Its changes, as
    /// the peer brakes itself: pkg/aws/throttle/defaults.go of kubernetes-sigs/aws-load-balancer-controller. Those
    /// of EC2: https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html. Of the others nothing is
    /// published.
    private static final List<Rate> RATES = List.of(
            Rate.together("(Register|Deregister)Targets", 4, 20),
            Rate.together("Describe(LoadBalancer|Listener|TargetGroup|TargetHealth|Tags).*", 10, 40),
            Rate.together("Describe.*", 20, 100),
            Rate.together("(Create|Delete|Authorize|Revoke)SecurityGroup.*", 5, 50),
            Rate.each("GetResources", 10, 20),
            Rate.together(".*", 3, 20));

    /// How long subnets, and where an address or machine stands, are believed; the peer does so for as long.
    static final Duration NETWORK_FACTS = Duration.ofMinutes(10);

    private Limits() {}

    static Capabilities capabilities() {
        return new Capabilities(
                "aws",
                Capabilities.Pools.GROUP,
                Capabilities.Cascade.LISTENERS,
                Capabilities.Drain.DEREGISTER,
                false,
                false,
                true,
                false,
                true,
                true,
                false,
                mutability(),
                List.of("target-health.elbv2.k8s.aws/<name>"),
                new Capabilities.Limits(TARGETS_PER_CALL, 1, TARGETS_PER_GROUP, LISTENERS_PER_LOAD_BALANCER, 1),
                RATES,
                timing());
    }

    /// A deregistered target drains for 300 s; one behind an address may get new connections for up to 120 s more
    /// (https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html,
    /// https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2366).
    private static Capabilities.Timing timing() {
        return new Capabilities.Timing(
                Duration.ofMinutes(2), Duration.ofSeconds(5), Duration.ofSeconds(10), 3, Duration.ofSeconds(300));
    }

    private static SortedMap<String, Mutability> mutability() {
        TreeMap<String, Mutability> mutability = new TreeMap<>();
        mutability.put("LoadBalancer.scheme", Mutability.REPLACE);
        mutability.put(Capabilities.OWN_ACCESS_LIST, Mutability.FIXED);
        List.of("LoadBalancer.options.name", "LoadBalancer.options.addresses", "Pool.options.protocol")
                .forEach(field -> mutability.put(field, Mutability.FIXED));
        return mutability;
    }
}
