package io.plumbline.it.clouds.tencent;

import static io.plumbline.it.clouds.tencent.Laboratory.batch;
import static io.plumbline.it.clouds.tencent.Laboratory.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import io.plumbline.it.clouds.ChangeLog;
import io.plumbline.it.clouds.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the simulated CLB does, refuses and remembers, on virtual time and through the SDK.
class SimulatedTencentTest {
    private final Laboratory laboratory = new Laboratory();

    @Test
    void aBalancerIsThereAtOnceAndRunsWhenItsTaskHasEnded() throws TencentCloudSDKException {
        JsonNode created = laboratory.call(
                "CreateLoadBalancer",
                "{'LoadBalancerType':'OPEN','LoadBalancerName':'a','Tags':[{'TagKey':'k','TagValue':'v'}]}");
        String task = "{'TaskId':'" + created.path("RequestId").asText() + "'}";

        assertThat(described("{}").at("/LoadBalancerSet/0/Status").asInt()).isZero();
        assertThat(laboratory.call("DescribeTaskStatus", task).path("Status").asInt())
                .isEqualTo(2);
        laboratory.pass(Duration.ofSeconds(2));

        assertThat(laboratory.call("DescribeTaskStatus", task).path("Status").asInt())
                .isZero();
        JsonNode balancer =
                described("{'Filters':[{'Name':'tag:k','Values':['v']}]}").at("/LoadBalancerSet/0");
        assertThat(balancer.path("LoadBalancerId")).isEqualTo(created.at("/LoadBalancerIds/0"));
        assertThat(balancer.path("Status").asInt()).isEqualTo(1);
        assertThat(balancer.at("/LoadBalancerVips/0").asText()).startsWith("127.200.");
    }

    @Test
    void filtersPickByTag() throws TencentCloudSDKException {
        laboratory.settled("CreateLoadBalancer", "{'LoadBalancerType':'OPEN','Tags':[{'TagKey':'k','TagValue':'v'}]}");

        assertThat(described("{'Filters':[{'Name':'tag:k','Values':['other']}]}")
                        .path("TotalCount")
                        .asInt())
                .isZero();
        assertThat(described("{'Filters':[{'Name':'tag-key','Values':['k']}]}")
                        .path("TotalCount")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void pagesAreNewestFirst() throws TencentCloudSDKException {
        String first = laboratory.balancer();
        String second = laboratory.balancer();

        assertThat(described("{'Limit':1}")
                        .at("/LoadBalancerSet/0/LoadBalancerId")
                        .asText())
                .isEqualTo(second);
        assertThat(described("{'Limit':1,'Offset':1}")
                        .at("/LoadBalancerSet/0/LoadBalancerId")
                        .asText())
                .isEqualTo(first);
        assertThat(laboratory.codeOf("DescribeLoadBalancers", "{'Limit':101}"))
                .isEqualTo("InvalidParameterValue.Range");
    }

    @Test
    void theSameTokenIsTheSameBalancer() throws TencentCloudSDKException {
        String order = "{'LoadBalancerType':'OPEN','ClientToken':'t'}";
        JsonNode first = laboratory.settled("CreateLoadBalancer", order);
        JsonNode second = laboratory.settled("CreateLoadBalancer", order);

        assertThat(second.path("LoadBalancerIds")).isEqualTo(first.path("LoadBalancerIds"));
        assertThat(laboratory.cloud.balancers()).hasSize(1);
        assertThat(laboratory.codeOf("CreateLoadBalancer", "{'LoadBalancerType':'INTERNAL','ClientToken':'t'}"))
                .isEqualTo("InvalidParameterValue");
    }

    @Test
    void theTokenOfAFailedOrderIsUsedUp() throws TencentCloudSDKException {
        laboratory.cloud.faults().set(List.of(Fault.nth("CreateLoadBalancer", 1, Fault.Kind.TASK_FAIL)));
        String order = "{'LoadBalancerType':'OPEN','ClientToken':'t'}";
        laboratory.settled("CreateLoadBalancer", order);

        assertThat(laboratory.codeOf("CreateLoadBalancer", order))
                .isEqualTo("InvalidParameter.ClientTokenLimitExceeded");
        assertThat(laboratory.cloud.balancers()).isEmpty();
    }

    @Test
    void idsMayBeAbsentFromTheReplyAndToldByTheTask() throws TencentCloudSDKException {
        laboratory.cloud.limits().set(Limit.IDS_IN_CREATE_REPLY, 0);
        JsonNode created = laboratory.settled("CreateLoadBalancer", "{'LoadBalancerType':'OPEN'}");

        assertThat(created.path("LoadBalancerIds")).isEmpty();
        JsonNode task = laboratory.call(
                "DescribeTaskStatus", "{'DealName':'" + created.path("DealName").asText() + "'}");
        assertThat(task.at("/LoadBalancerIds/0").asText())
                .isEqualTo(laboratory.cloud.balancers().getFirst().id());
    }

    @Test
    void aNameThatIsTakenIsReplaced() throws TencentCloudSDKException {
        laboratory.settled("CreateLoadBalancer", "{'LoadBalancerType':'OPEN','LoadBalancerName':'same'}");
        laboratory.settled("CreateLoadBalancer", "{'LoadBalancerType':'OPEN','LoadBalancerName':'same'}");

        assertThat(laboratory.cloud.balancers().stream()
                        .filter(balancer -> balancer.name().equals("same")))
                .hasSize(1);
    }

    @Test
    void oneWriteAtATimePerBalancer() throws TencentCloudSDKException {
        String balancer = laboratory.balancer();
        String other = laboratory.balancer();
        String body = "{'LoadBalancerId':'%s','Protocol':'TCP','Ports':[%d]}";
        laboratory.call("CreateListener", body.formatted(balancer, 80));

        assertThat(laboratory.codeOf("CreateListener", body.formatted(balancer, 81)))
                .isEqualTo("FailedOperation.ResourceInOperating");
        assertThat(laboratory.codeOf("CreateListener", body.formatted(other, 81)))
                .isEqualTo("OK");
        laboratory.pass(Duration.ofSeconds(1));
        assertThat(laboratory.codeOf("CreateListener", body.formatted(balancer, 81)))
                .isEqualTo("OK");
    }

    @Test
    void listenersComeInTheOrderOfTheirPorts() throws TencentCloudSDKException {
        String balancer = laboratory.balancer();
        JsonNode created = laboratory.settled(
                "CreateListener",
                "{'LoadBalancerId':'%s','Protocol':'TCP','Ports':[81,80],'ListenerNames':['b','a']}"
                        .formatted(balancer));

        JsonNode listeners = laboratory.call("DescribeListeners", "{'LoadBalancerId':'%s'}".formatted(balancer));
        assertThat(listeners.at("/Listeners/0/ListenerId")).isEqualTo(created.at("/ListenerIds/0"));
        assertThat(listeners.at("/Listeners/0/Port").asInt()).isEqualTo(81);
        assertThat(listeners.at("/Listeners/1/ListenerName").asText()).isEqualTo("a");
        String again = "{'LoadBalancerId':'%s','Protocol':'%s','Ports':[80]}";
        assertThat(laboratory.codeOf("CreateListener", again.formatted(balancer, "TCP")))
                .isEqualTo("InvalidParameter.PortCheckFailed");
        assertThat(laboratory.codeOf("CreateListener", again.formatted(balancer, "UDP")))
                .isEqualTo("OK");
    }

    @Test
    void aTargetIsUnknownThenAliveAndServesOnlyThen() throws TencentCloudSDKException {
        String balancer = laboratory.balancer();
        String listener = laboratory.listener(balancer, 80);
        laboratory.register(balancer, target(listener, "10.244.0.1"));
        String pool = balancer + "/" + listener;

        assertThat(healthOf(balancer)).isEqualTo("Unknown");
        laboratory.pass(Duration.ofSeconds(1));
        assertThat(healthOf(balancer)).isEqualTo("Unknown");
        assertThat(laboratory.cloud.log().serving(pool).getLast().members()).isEqualTo(1);
        assertThat(laboratory.cloud.log().serving(pool).getLast().healthy()).isEmpty();
        laboratory.pass(Duration.ofSeconds(5));

        assertThat(healthOf(balancer)).isEqualTo("Alive");
        assertThat(laboratory.cloud.log().serving(pool).getLast().healthy()).containsExactly("10.244.0.1:80");
    }

    @Test
    void aSickTargetIsDeadAfterThreeChecks() throws TencentCloudSDKException {
        String balancer = laboratory.balancer();
        String listener = laboratory.listener(balancer, 80);
        laboratory.register(balancer, target(listener, "10.244.0.1"), target(listener, "10.244.0.2"));
        laboratory.pass(Duration.ofSeconds(6));
        laboratory.sick.add("10.244.0.1");
        laboratory.pass(Duration.ofSeconds(15));

        assertThat(healthOf(balancer)).isEqualTo("Dead");
        assertThat(laboratory
                        .cloud
                        .log()
                        .serving(balancer + "/" + listener)
                        .getLast()
                        .healthy())
                .containsExactly("10.244.0.2:80");
    }

    @Test
    void anAddressThatIsRegisteredAgainStartsUnknown() throws TencentCloudSDKException {
        String balancer = laboratory.balancer();
        String listener = laboratory.listener(balancer, 80);
        laboratory.register(balancer, target(listener, "10.244.0.1"));
        laboratory.pass(Duration.ofSeconds(6));

        laboratory.settled("BatchDeregisterTargets", batch(balancer, target(listener, "10.244.0.1")));
        laboratory.register(balancer, target(listener, "10.244.0.1"));

        assertThat(healthOf(balancer)).isEqualTo("Unknown");
    }

    @Test
    void weightZeroLeavesTheServingSetAndStaysBound() throws TencentCloudSDKException {
        String balancer = laboratory.balancer();
        String listener = laboratory.listener(balancer, 80);
        laboratory.register(balancer, target(listener, "10.244.0.1"), target(listener, "10.244.0.2"));
        laboratory.pass(Duration.ofSeconds(10));
        laboratory.settled(
                "BatchModifyTargetWeight",
                "{'LoadBalancerId':'%s','ModifyList':[{'ListenerId':'%s','Targets':[{'EniIp':'10.244.0.1','Port':80,'Weight':0}]}]}"
                        .formatted(balancer, listener));

        ChangeLog.Serving serving =
                laboratory.cloud.log().serving(balancer + "/" + listener).getLast();
        assertThat(serving.healthy()).containsExactly("10.244.0.2:80");
        assertThat(serving.members()).isEqualTo(2);
        assertThat(laboratory.cloud.log().writes())
                .extracting(ChangeLog.Call::action)
                .containsExactly(
                        "CreateLoadBalancer", "CreateListener", "BatchRegisterTargets", "BatchModifyTargetWeight");
    }

    @Test
    void aBatchFailsInPartForWhatIsBoundAlready() throws TencentCloudSDKException {
        String balancer = laboratory.balancer();
        String first = laboratory.listener(balancer, 80);
        String second = laboratory.listener(balancer, 81);
        laboratory.register(balancer, target(first, "10.244.0.1"));
        laboratory.pass(Duration.ofSeconds(1));
        JsonNode reply = laboratory.register(balancer, target(first, "10.244.0.1"), target(second, "10.244.0.2"));

        assertThat(reply.path("FailListenerIdSet")).hasSize(1);
        assertThat(reply.at("/FailListenerIdSet/0").asText()).isEqualTo(first);
        assertThat(laboratory.cloud.balancers().getFirst().listeners().get(1).targets())
                .hasSize(1);
    }

    @Test
    void theRuleOfFourHoldsPerProtocol() throws TencentCloudSDKException {
        String balancer = laboratory.balancer();
        String first = laboratory.listener(balancer, 80);
        String second = laboratory.listener(balancer, 81);
        laboratory.register(balancer, target(first, "10.244.0.1"));
        laboratory.pass(Duration.ofSeconds(1));

        assertThatThrownBy(() -> laboratory.register(balancer, target(second, "10.244.0.1")))
                .hasMessageContaining("4-tuple conflict");
    }

    @Test
    void whatTheVpcDoesNotKnowIsRefused() throws TencentCloudSDKException {
        String balancer = laboratory.balancer();
        String listener = laboratory.listener(balancer, 80);

        assertThat(laboratory.codeOf("BatchRegisterTargets", batch(balancer, target(listener, "10.244.9.9"))))
                .isEqualTo("InvalidParameterValue");
        assertThat(laboratory.codeOf(
                        "CreateLoadBalancer",
                        "{'LoadBalancerType':'INTERNAL','VpcId':'vpc-plumb001','SubnetId':'subnet-none'}"))
                .isEqualTo("InvalidParameterValue");
        assertThat(laboratory.codeOf("DescribeListeners", "{'LoadBalancerId':'lb-none'}"))
                .isEqualTo("InvalidParameter.LBIdNotFound");
    }

    @Test
    void healthCheckLimitsHold() throws TencentCloudSDKException {
        String balancer = laboratory.balancer();
        String body = "{'LoadBalancerId':'%s','Protocol':'TCP','Ports':[80],'HealthCheck':{%s}}";

        assertThat(laboratory.codeOf("CreateListener", body.formatted(balancer, "'HealthNum':1")))
                .isEqualTo("InvalidParameterValue.Range");
        assertThat(laboratory.codeOf("CreateListener", body.formatted(balancer, "'IntervalTime':2,'TimeOut':2")))
                .isEqualTo("InvalidParameterValue");
        assertThat(laboratory.codeOf("CreateListener", body.formatted(balancer, "'CheckType':'HTTP'")))
                .isEqualTo("MissingParameter");
    }

    @Test
    void deletionIsGuarded() throws TencentCloudSDKException {
        String balancer = laboratory.balancer();
        String listener = laboratory.listener(balancer, 80);
        String[] targets = new String[20];
        for (int index = 0; index < targets.length; index++) {
            targets[index] = target(listener, "10.244.0." + (index + 1));
        }
        laboratory.register(balancer, targets);
        laboratory.pass(Duration.ofSeconds(1));
        String body = "{'LoadBalancerIds':['%s']%s}";

        assertThat(laboratory.codeOf("DeleteLoadBalancer", body.formatted(balancer, "")))
                .isEqualTo("FailedOperation.TargetNumCheckRisk");
        laboratory.settled(
                "ModifyLoadBalancerAttributes", "{'LoadBalancerId':'%s','DeleteProtect':true}".formatted(balancer));
        assertThat(laboratory.codeOf("DeleteLoadBalancer", body.formatted(balancer, ",'ForceDelete':true")))
                .isEqualTo("OperationDenied");
        laboratory.settled(
                "ModifyLoadBalancerAttributes", "{'LoadBalancerId':'%s','DeleteProtect':false}".formatted(balancer));
        laboratory.settled("DeleteLoadBalancer", body.formatted(balancer, ",'ForceDelete':true"));
        assertThat(laboratory.cloud.balancers()).isEmpty();
    }

    @Test
    void tooManyDeletionsInFiveMinutesAreRefused() throws TencentCloudSDKException {
        for (int index = 0; index < 30; index++) {
            String balancer = laboratory.balancer();
            laboratory.settled("DeleteLoadBalancer", "{'LoadBalancerIds':['%s']}".formatted(balancer));
        }
        String last = laboratory.balancer();
        String body = "{'LoadBalancerIds':['%s']}".formatted(last);

        assertThat(laboratory.codeOf("DeleteLoadBalancer", body)).isEqualTo("FailedOperation.FrequencyCheckRisk");
        laboratory.pass(Duration.ofMinutes(6));
        assertThat(laboratory.codeOf("DeleteLoadBalancer", body)).isEqualTo("OK");
    }

    @Test
    void oneUnknownListenerFailsTheWholeDeletionAndNoneNamedDeletesAll() throws TencentCloudSDKException {
        String balancer = laboratory.balancer();
        String listener = laboratory.listener(balancer, 80);
        laboratory.listener(balancer, 81);

        assertThat(laboratory.codeOf(
                        "DeleteLoadBalancerListeners",
                        "{'LoadBalancerId':'%s','ListenerIds':['%s','lbl-none']}".formatted(balancer, listener)))
                .isEqualTo("InvalidParameter");
        assertThat(laboratory.cloud.balancers().getFirst().listeners()).hasSize(2);
        laboratory.settled("DeleteLoadBalancerListeners", "{'LoadBalancerId':'%s'}".formatted(balancer));
        assertThat(laboratory.cloud.balancers().getFirst().listeners()).isEmpty();
    }

    @Test
    void anIdleHourIsNoWrite() throws TencentCloudSDKException {
        String balancer = laboratory.balancer();
        String listener = laboratory.listener(balancer, 80);
        laboratory.register(balancer, target(listener, "10.244.0.1"));
        laboratory.pass(Duration.ofMinutes(1));
        int mark = laboratory.cloud.log().size();
        laboratory.pass(Duration.ofHours(1));

        assertThat(laboratory.cloud.log().since(mark)).isEmpty();
    }

    private JsonNode described(String body) throws TencentCloudSDKException {
        return laboratory.call("DescribeLoadBalancers", body);
    }

    private String healthOf(String balancer) throws TencentCloudSDKException {
        return laboratory
                .call("DescribeTargetHealth", "{'LoadBalancerIds':['%s']}".formatted(balancer))
                .at("/LoadBalancers/0/Listeners/0/Rules/0/Targets/0/HealthStatusDetail")
                .asText();
    }
}
