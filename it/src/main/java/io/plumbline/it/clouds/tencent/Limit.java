package io.plumbline.it.clouds.tencent;

import io.plumbline.it.clouds.Limits;

/// The numbers of the simulated CLB that can be changed by name. Those of the real one where a source is named,
/// else ours.
public enum Limit implements Limits.Named {
    /// Load balancers of type OPEN. DescribeQuota: TOTAL_OPEN_CLB_QUOTA.
    OPEN_BALANCERS(100),
    /// Load balancers of type INTERNAL. DescribeQuota: TOTAL_INTERNAL_CLB_QUOTA.
    INTERNAL_BALANCERS(100),
    /// DescribeQuota: TOTAL_LISTENER_QUOTA.
    LISTENERS_PER_BALANCER(50),
    /// DescribeQuota: TOTAL_TARGET_BIND_QUOTA.
    TARGETS_PER_LISTENER(200),
    /// Requests per second and action: https://cloud.tencent.com/document/api/214/30692.
    REQUESTS_PER_SECOND(20),
    /// Deletions in five minutes from which on more are refused with FailedOperation.FrequencyCheckRisk.
    DELETIONS_PER_FIVE_MINUTES(30),
    /// Bound targets from which on a deletion needs ForceDelete, else FailedOperation.TargetNumCheckRisk.
    TARGETS_AT_DELETION(20),
    /// How long the creation of a load balancer takes.
    CREATION_MILLIS(1500),
    /// How long any other asynchronous task takes.
    TASK_MILLIS(300),
    /// How long the load balancer stays locked after a synchronous batch, per target of it.
    BATCH_LOCK_MILLIS_PER_TARGET(1),
    /// How long the data plane lags behind an accepted write.
    PROPAGATION_MILLIS(1000),
    /// 1: CreateLoadBalancer replies with the ids; 0: with none, and DescribeTaskStatus tells them.
    IDS_IN_CREATE_REPLY(1);

    private final long initial;

    Limit(long initial) {
        this.initial = initial;
    }

    @Override
    public long initial() {
        return initial;
    }
}
