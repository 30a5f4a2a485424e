package io.plumbline.it.clouds.tencent;

import static io.plumbline.it.clouds.tencent.Laboratory.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import io.plumbline.it.clouds.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// What every action of the simulated CLB has in common: contract, signature, bucket, and the fault script.
class TencentFaultsTest {
    private final Laboratory laboratory = new Laboratory();

    @Test
    void theContractIsKept() {
        assertThat(laboratory.codeOf("CreateLoadBalancer", "{}")).isEqualTo("MissingParameter");
        assertThat(laboratory.codeOf("CreateLoadBalancer", "{'LoadBalancerType':'OPEN','Colour':'red'}"))
                .isEqualTo("UnknownParameter");
        assertThat(laboratory.codeOf("CreateLoadBalancer", "{'LoadBalancerType':7}"))
                .isEqualTo("InvalidParameter");
        assertThat(laboratory.codeOf("CreateEverything", "{}")).isEqualTo("InvalidAction");
        assertThat(laboratory.codeOf("CreateRule", "{}")).isEqualTo("UnsupportedOperation");
    }

    @Test
    void aWrongSignatureIsRefused() {
        assertThatThrownBy(() -> laboratory.client("wrong").call("DescribeQuota", "{}"))
                .isInstanceOfSatisfying(
                        TencentCloudSDKException.class,
                        refused -> assertThat(refused.getErrorCode()).isEqualTo("AuthFailure.SignatureFailure"));
    }

    @Test
    void twentyRequestsPerSecondAndAction() {
        for (int index = 0; index < 20; index++) {
            assertThat(laboratory.codeOf("DescribeQuota", "{}")).isEqualTo("OK");
        }
        assertThat(laboratory.codeOf("DescribeQuota", "{}")).isEqualTo("RequestLimitExceeded");
        assertThat(laboratory.codeOf("DescribeLoadBalancers", "{}")).isEqualTo("OK");
        laboratory.pass(Duration.ofSeconds(1));
        assertThat(laboratory.codeOf("DescribeQuota", "{}")).isEqualTo("OK");
        laboratory.cloud.limits().turnOff(Limit.REQUESTS_PER_SECOND);
        for (int index = 0; index < 50; index++) {
            assertThat(laboratory.codeOf("DescribeQuota", "{}")).isEqualTo("OK");
        }
    }

    @Test
    void aLostReplyIsApplied() {
        laboratory.cloud.faults().set(List.of(Fault.nth("*write", 1, Fault.Kind.LOSE)));
        assertThatThrownBy(() -> laboratory.call("CreateLoadBalancer", "{'LoadBalancerType':'OPEN'}"))
                .isInstanceOf(TencentCloudSDKException.class);

        assertThat(laboratory.cloud.balancers()).hasSize(1);
    }

    @Test
    void aDroppedCallIsNotApplied() {
        laboratory.cloud.faults().set(List.of(Fault.nth("CreateLoadBalancer", 1, Fault.Kind.DROP)));
        assertThatThrownBy(() -> laboratory.call("CreateLoadBalancer", "{'LoadBalancerType':'OPEN'}"))
                .isInstanceOf(TencentCloudSDKException.class);

        assertThat(laboratory.cloud.balancers()).isEmpty();
    }

    @Test
    void anErrorStrikesTheNthCallOnly() {
        laboratory.cloud.faults().set(List.of(Fault.error("DescribeQuota", 2, "InternalError")));

        assertThat(laboratory.codeOf("DescribeQuota", "{}")).isEqualTo("OK");
        assertThat(laboratory.codeOf("DescribeQuota", "{}")).isEqualTo("InternalError");
        assertThat(laboratory.codeOf("DescribeQuota", "{}")).isEqualTo("OK");
    }

    @Test
    void aFailedTaskChangesNothing() throws TencentCloudSDKException {
        String balancer = laboratory.balancer();
        laboratory.cloud.faults().set(List.of(Fault.nth("CreateListener", 1, Fault.Kind.TASK_FAIL)));
        JsonNode reply = laboratory.settled(
                "CreateListener", "{'LoadBalancerId':'%s','Protocol':'TCP','Ports':[80]}".formatted(balancer));

        JsonNode task = laboratory.call(
                "DescribeTaskStatus",
                "{'TaskId':'%s'}".formatted(reply.path("RequestId").asText()));
        assertThat(task.path("Status").asInt()).isEqualTo(1);
        assertThat(laboratory.cloud.balancers().getFirst().listeners()).isEmpty();
    }

    @Test
    void aPartialBatchNamesTheLastListener() throws TencentCloudSDKException {
        String balancer = laboratory.balancer();
        String first = laboratory.listener(balancer, 80);
        String second = laboratory.listener(balancer, 81);
        laboratory.cloud.faults().set(List.of(Fault.nth("BatchRegisterTargets", 1, Fault.Kind.PARTIAL)));
        JsonNode reply = laboratory.register(balancer, target(first, "10.244.0.1"), target(second, "10.244.0.2"));

        assertThat(reply.at("/FailListenerIdSet/0").asText()).isEqualTo(second);
        assertThat(laboratory.cloud.balancers().getFirst().listeners().get(0).targets())
                .hasSize(1);
        assertThat(laboratory.cloud.balancers().getFirst().listeners().get(1).targets())
                .isEmpty();
    }

    @Test
    void aScriptNamesOnlyCodesThatTheApiHas() {
        assertThatThrownBy(() -> laboratory.cloud.faults().set(List.of(Fault.always("*", "Confused"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDelayedReplyTakesItsTime() throws TencentCloudSDKException {
        Fault slow = new Fault(
                "DescribeQuota", OptionalInt.of(1), Fault.Kind.DELAY, Optional.empty(), Duration.ofSeconds(7));
        laboratory.cloud.faults().set(List.of(slow));
        Instant before = laboratory.clock.instant();
        laboratory.call("DescribeQuota", "{}");

        assertThat(laboratory.clock.instant()).isEqualTo(before.plusSeconds(7));
    }
}
