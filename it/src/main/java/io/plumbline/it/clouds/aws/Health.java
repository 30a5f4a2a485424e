package io.plumbline.it.clouds.aws;

/// What DescribeTargetHealth says of a target
/// (https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html).
enum Health {
    HEALTHY("healthy", "", ""),
    REGISTERING("initial", "Elb.RegistrationInProgress", "Target registration is in progress"),
    CHECKING("initial", "Elb.InitialHealthChecking", "Initial health checks in progress"),
    FAILED("unhealthy", "Target.FailedHealthChecks", "Health checks failed"),
    TIMED_OUT("unhealthy", "Target.Timeout", "Request timed out"),
    DRAINING("draining", "Target.DeregistrationInProgress", "Target deregistration is in progress"),
    UNUSED("unused", "Target.NotInUse", "Target group is not configured to receive traffic from the load balancer"),
    NOT_REGISTERED("unused", "Target.NotRegistered", "Target is not registered to the target group");

    final String state;
    final String reason;
    final String description;

    Health(String state, String reason, String description) {
        this.state = state;
        this.reason = reason;
        this.description = description;
    }
}
