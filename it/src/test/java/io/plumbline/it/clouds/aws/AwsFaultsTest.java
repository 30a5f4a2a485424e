package io.plumbline.it.clouds.aws;

import static io.plumbline.it.clouds.aws.Laboratory.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.it.clouds.ChangeLog;
import io.plumbline.it.clouds.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

/// The fault script and the buckets.
class AwsFaultsTest {
    private final Laboratory laboratory = new Laboratory();

    @Test
    void aLostReplyIsDoneAndADroppedCallIsNot() {
        laboratory.cloud.faults().set(List.of(Fault.nth("CreateTargetGroup", 1, Fault.Kind.LOSE)));
        assertThatThrownBy(() -> laboratory.group("lost")).isInstanceOf(SdkClientException.class);
        assertThat(laboratory.elb.describeTargetGroups().targetGroups()).hasSize(1);

        laboratory.cloud.faults().set(List.of(Fault.nth("*write", 1, Fault.Kind.DROP)));
        assertThatThrownBy(() -> laboratory.group("dropped")).isInstanceOf(SdkClientException.class);
        assertThat(laboratory.elb.describeTargetGroups().targetGroups()).hasSize(1);
        assertThat(laboratory.group("lost"))
                .isEqualTo(laboratory
                        .elb
                        .describeTargetGroups()
                        .targetGroups()
                        .getFirst()
                        .targetGroupArn());
    }

    @Test
    void anErrorIsAnsweredInTheProtocolOfItsService() {
        laboratory.cloud.faults().set(List.of(Fault.always("*", "ServiceUnavailable")));

        assertThat(code(() -> laboratory.elb.describeLoadBalancers())).isEqualTo("ServiceUnavailable");
        assertThat(code(() -> laboratory.ec2.describeVpcs())).isEqualTo("ServiceUnavailable");
        assertThat(code(() -> laboratory.acm().listCertificates())).isEqualTo("ServiceUnavailable");
    }

    @Test
    void aDelayedReplyTakesItsTime() {
        Instant before = laboratory.clock.instant();
        laboratory
                .cloud
                .faults()
                .set(List.of(new Fault(
                        "DescribeVpcs", OptionalInt.of(1), Fault.Kind.DELAY, Optional.empty(), Duration.ofSeconds(7))));
        laboratory.ec2.describeVpcs();

        assertThat(laboratory.clock.instant()).isEqualTo(before.plusSeconds(7));
    }

    @Test
    void aRegistrationInPartLeavesOutItsLastTarget() {
        String group = laboratory.group("web");
        laboratory.cloud.faults().set(List.of(Fault.nth("RegisterTargets", 1, Fault.Kind.PARTIAL)));

        laboratory.register(group, "10.244.0.1", "10.244.0.2");

        assertThat(laboratory
                        .elb
                        .describeTargetHealth(request -> request.targetGroupArn(group))
                        .targetHealthDescriptions())
                .singleElement()
                .satisfies(left -> assertThat(left.target().id()).isEqualTo("10.244.0.1"));
    }

    @Test
    void registrationsHaveABucketOfTheirOwn() {
        laboratory.cloud.limits().set(Limit.REGISTRATIONS_PER_SECOND, 4);
        String group = laboratory.group("web");
        for (int index = 0; index < 20; index++) {
            laboratory.deregister(group, "10.244.0.1");
        }
        assertThat(code(() -> laboratory.deregister(group, "10.244.0.1"))).isEqualTo("Throttling");
        assertThat(code(() -> laboratory.elb.describeLoadBalancers())).isEqualTo("OK");
        laboratory.pass(Duration.ofMillis(250));
        assertThat(code(() -> laboratory.deregister(group, "10.244.0.1"))).isEqualTo("OK");
    }

    @Test
    void ec2SaysThatTheRequestLimitIsExceeded() {
        laboratory.cloud.limits().set(Limit.EC2_READS_PER_SECOND, 20);
        for (int index = 0; index < 100; index++) {
            laboratory.ec2.describeVpcs();
        }
        assertThat(code(() -> laboratory.ec2.describeVpcs())).isEqualTo("RequestLimitExceeded");
    }

    @Test
    void theLogCountsWhatIsAccepted() {
        laboratory.group("web");
        code(() -> laboratory.group("web", group -> group.port(81)));

        assertThat(laboratory.cloud.log().writes())
                .extracting(ChangeLog.Call::action)
                .containsExactly("CreateTargetGroup");
        assertThat(laboratory.cloud.log().calls().getLast().code()).contains("DuplicateTargetGroupName");
    }
}
