package io.plumbline.it.clouds.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.ChangeLog;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A CLB lives and is refused what the real one refuses, on virtual time.
class SimulatedAliyunTest {
    private final Laboratory laboratory = new Laboratory();

    @Test
    void aBalancerLivesAWholeLife() throws Exception {
        String balancer = laboratory.balancer();
        String group = laboratory.group(balancer, Laboratory.pod("10.244.0.1"));
        laboratory.listener(balancer, 80, group);

        assertThat(laboratory.healthOf(balancer)).isEqualTo("unavailable");
        laboratory.pass(Duration.ofSeconds(10));
        assertThat(laboratory.healthOf(balancer)).isEqualTo("normal");
        assertThat(laboratory
                        .cloud
                        .log()
                        .serving(balancer + "/tcp:80")
                        .getLast()
                        .healthy())
                .containsExactly("10.244.0.1:80");

        laboratory.settled("DeleteLoadBalancer", "LoadBalancerId", balancer);
        laboratory.pass(Duration.ofSeconds(3));
        assertThat(laboratory.cloud.balancers()).isEmpty();
        assertThat(laboratory
                        .cloud
                        .log()
                        .serving(balancer + "/tcp:80")
                        .getLast()
                        .members())
                .isZero();
        assertThat(laboratory.cloud.log().writes())
                .extracting(ChangeLog.Call::action)
                .containsExactly(
                        "CreateLoadBalancer",
                        "CreateVServerGroup",
                        "CreateLoadBalancerTCPListener",
                        "StartLoadBalancerListener",
                        "DeleteLoadBalancer");
    }

    @Test
    void aListenerIsStoppedUntilItIsStarted() throws Exception {
        String balancer = laboratory.balancer();
        String group = laboratory.group(balancer, Laboratory.pod("10.244.0.1"));
        laboratory.settled(
                "CreateLoadBalancerTCPListener",
                "LoadBalancerId",
                balancer,
                "ListenerPort",
                "80",
                "Bandwidth",
                "-1",
                "VServerGroupId",
                group);
        laboratory.pass(Duration.ofSeconds(30));

        assertThat(laboratory.cloud.log().pools()).isEmpty();
        JsonNode listener = laboratory.call(
                "DescribeLoadBalancerTCPListenerAttribute", "LoadBalancerId", balancer, "ListenerPort", "80");
        assertThat(listener.path("Status").asText()).isEqualTo("stopped");
        assertThat(listener.path("HealthCheckInterval").asInt()).isEqualTo(2);
        assertThat(listener.path("VServerGroupId").asText()).isEqualTo(group);
    }

    @Test
    void oneChangeOfABalancerAtATime() throws Exception {
        String balancer = laboratory.balancer();
        String other = laboratory.balancer();
        laboratory.call("CreateVServerGroup", "LoadBalancerId", balancer);

        assertThat(laboratory.codeOf("CreateVServerGroup", "LoadBalancerId", balancer))
                .isEqualTo("BackendServer.configuring");
        assertThat(laboratory.codeOf("CreateVServerGroup", "LoadBalancerId", other))
                .isEqualTo("OK");
        laboratory.pass(Duration.ofMillis(100));
        assertThat(laboratory.codeOf("CreateVServerGroup", "LoadBalancerId", balancer))
                .isEqualTo("OK");
    }

    @Test
    void weightZeroAndSicknessTakeABackendOutOfService() throws Exception {
        String balancer = laboratory.balancer();
        String group = laboratory.group(balancer, Laboratory.pod("10.244.0.1"), Laboratory.pod("10.244.0.2"));
        laboratory.listener(balancer, 80, group);
        laboratory.pass(Duration.ofSeconds(10));

        laboratory.settled(
                "SetVServerGroupAttribute",
                "VServerGroupId",
                group,
                "BackendServers",
                Laboratory.list(Laboratory.pod("10.244.0.1").replace("100", "\"0\"")));
        laboratory.pass(Duration.ofSeconds(3));
        assertThat(laboratory
                        .cloud
                        .log()
                        .serving(balancer + "/tcp:80")
                        .getLast()
                        .healthy())
                .containsExactly("10.244.0.2:80");

        laboratory.sick.add("10.244.0.2");
        laboratory.pass(Duration.ofSeconds(10));
        assertThat(laboratory.healthOf(balancer)).isEqualTo("normal abnormal");
        BalancerView view = laboratory.cloud.balancers().getFirst();
        assertThat(view.listeners().getFirst().targets())
                .extracting(BalancerView.TargetView::weight)
                .containsExactly(0, 100);
    }
}
