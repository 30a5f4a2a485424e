package io.plumbline.it.clouds.aliyun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyun.tea.TeaUnretryableException;
import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.it.clouds.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// What a fault script does to calls of the simulated CLB.
class AliyunFaultsTest {
    private static final String[] ORDER = {"InstanceChargeType", "PayByCLCU"};

    private final Laboratory laboratory = new Laboratory();

    private void fault(Fault fault) {
        laboratory.cloud.faults().set(List.of(fault));
    }

    @Test
    void anErrorIsAnsweredAndNothingIsDone() throws Exception {
        fault(Fault.error("CreateLoadBalancer", 1, "Throttling.User"));

        assertThat(laboratory.codeOf("CreateLoadBalancer", ORDER)).isEqualTo("Throttling.User");
        assertThat(laboratory.cloud.balancers()).isEmpty();
        assertThat(laboratory.codeOf("CreateLoadBalancer", ORDER)).isEqualTo("OK");
    }

    @Test
    void aDroppedCallIsNotDone() {
        fault(Fault.nth("CreateLoadBalancer", 1, Fault.Kind.DROP));

        assertThatThrownBy(() -> laboratory.call("CreateLoadBalancer", ORDER))
                .isInstanceOf(TeaUnretryableException.class);
        assertThat(laboratory.cloud.balancers()).isEmpty();
    }

    @Test
    void aLostCallIsDone() throws Exception {
        fault(Fault.nth("CreateLoadBalancer", 1, Fault.Kind.LOSE));
        String[] order = {"InstanceChargeType", "PayByCLCU", "ClientToken", "token"};

        assertThatThrownBy(() -> laboratory.call("CreateLoadBalancer", order))
                .isInstanceOf(TeaUnretryableException.class);
        assertThat(laboratory.cloud.balancers()).hasSize(1);
        assertThat(laboratory
                        .call("CreateLoadBalancer", order)
                        .path("LoadBalancerId")
                        .asText())
                .isEqualTo(laboratory.cloud.balancers().getFirst().id());
        assertThat(laboratory.cloud.balancers()).hasSize(1);
    }

    @Test
    void aDelayedReplyComesLate() throws Exception {
        fault(new Fault(
                "CreateLoadBalancer", OptionalInt.of(1), Fault.Kind.DELAY, Optional.empty(), Duration.ofSeconds(5)));
        Instant before = laboratory.clock.instant();

        laboratory.call("CreateLoadBalancer", ORDER);

        assertThat(Duration.between(before, laboratory.clock.instant())).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aPartlyDoneBatchLeavesTheLastServerOut() throws Exception {
        String group = laboratory.group(laboratory.balancer());
        fault(Fault.nth("AddVServerGroupBackendServers", 1, Fault.Kind.PARTIAL));

        JsonNode reply = laboratory.call(
                "AddVServerGroupBackendServers",
                "VServerGroupId",
                group,
                "BackendServers",
                Laboratory.list(Laboratory.pod("10.244.0.1"), Laboratory.pod("10.244.0.2")));

        assertThat(reply.at("/BackendServers/BackendServer")).hasSize(1);
    }

    @Test
    void everyWriteCanBeStruckAndReadsGoOn() throws Exception {
        fault(Fault.always("*write", "InternalError"));

        assertThat(laboratory.codeOf("CreateLoadBalancer", ORDER)).isEqualTo("InternalError");
        assertThat(laboratory.codeOf("ListTagResources", "ResourceType", "instance"))
                .isEqualTo("OK");
        assertThat(laboratory.codeOf("DescribeLoadBalancers")).isEqualTo("OK");
    }

    @Test
    void aCodeThatTheApiHasNotIsNotUnderstood() {
        assertThatIllegalArgumentException().isThrownBy(() -> fault(Fault.always("*", "OutOfCheese")));
    }
}
