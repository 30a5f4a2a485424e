package io.plumbline.it.clouds.aws;

import io.plumbline.it.clouds.Limits;
import io.plumbline.it.clouds.TokenBuckets;
import io.plumbline.it.clouds.aws.Service.Trouble;
import java.time.Instant;
import java.util.List;

/// The token buckets of the account, one for each class of actions.
final class Throttle {
    private static final List<String> REGISTRATIONS = List.of("RegisterTargets", "DeregisterTargets");

    private final Limits<Limit> limits;
    private final TokenBuckets buckets = new TokenBuckets();

    private record Bucket(String name, Limit perSecond, Limit atOnce) {}

    Throttle(Limits<Limit> limits) {
        this.limits = limits;
    }

    /// Takes a token or refuses.
    void take(Service service, String action, Instant now) {
        Bucket bucket = bucket(service, action);
        if (limits.isOff(bucket.perSecond())) {
            return;
        }
        service.unless(
                buckets.take(
                        bucket.name(),
                        (double) limits.of(bucket.perSecond()),
                        (double) limits.of(bucket.atOnce()),
                        now),
                Trouble.THROTTLED,
                service == Service.EC2 ? "Request limit exceeded." : "Rate exceeded");
    }

    private static Bucket bucket(Service service, String action) {
        boolean read = action.startsWith("Describe");
        return switch (service) {
            case ELASTIC_LOAD_BALANCING -> elasticLoadBalancing(action, read);
            case EC2 ->
                read
                        ? new Bucket("ec2 reads", Limit.EC2_READS_PER_SECOND, Limit.EC2_READS_AT_ONCE)
                        : new Bucket("ec2 writes", Limit.EC2_WRITES_PER_SECOND, Limit.EC2_WRITES_AT_ONCE);
            case CERTIFICATE_MANAGER, TAGGING, SECURITY_TOKEN ->
                new Bucket(service.scopeName, Limit.OTHER_CALLS_PER_SECOND, Limit.OTHER_CALLS_AT_ONCE);
        };
    }

    private static Bucket elasticLoadBalancing(String action, boolean read) {
        if (REGISTRATIONS.contains(action)) {
            return new Bucket("registrations", Limit.REGISTRATIONS_PER_SECOND, Limit.REGISTRATIONS_AT_ONCE);
        }
        return read
                ? new Bucket("reads", Limit.READS_PER_SECOND, Limit.READS_AT_ONCE)
                : new Bucket("writes", Limit.WRITES_PER_SECOND, Limit.WRITES_AT_ONCE);
    }
}
