package io.plumbline.it.clouds.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.it.clouds.ChangeLog;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;

/// The life of load balancers, listeners and targets, by the real SDK, on virtual time.
class SimulatedAwsTest {
    private final Laboratory laboratory = new Laboratory();

    @Test
    void aBalancerIsProvisionedAndThenActive() {
        String arn = laboratory
                .elb
                .createLoadBalancer(request -> request.name("web")
                        .type("network")
                        .subnets(laboratory.account.subnetIds().subList(0, 2)))
                .loadBalancers()
                .getFirst()
                .loadBalancerArn();

        assertThat(described(arn).state().codeAsString()).isEqualTo("provisioning");

        laboratory.pass(Duration.ofSeconds(2));

        assertThat(described(arn).state().codeAsString()).isEqualTo("active");
        assertThat(described(arn).dnsName()).startsWith("web-").endsWith(".elb.eu-central-1.amazonaws.com");
        assertThat(laboratory.cloud.addressOf(described(arn).dnsName()))
                .hasValueSatisfying(address -> assertThat(address).startsWith("127.200."));
    }

    private LoadBalancer described(String arn) {
        return laboratory
                .elb
                .describeLoadBalancers(request -> request.loadBalancerArns(arn))
                .loadBalancers()
                .getFirst();
    }

    @Test
    void aTargetIsRegisteredCheckedAndHealthy() {
        String group = laboratory.group("web");
        laboratory.listener(laboratory.balancer("web"), ProtocolEnum.TCP, 80, group);
        laboratory.register(group, "10.244.0.1");

        assertThat(laboratory.health(group, "10.244.0.1")).isEqualTo("initial Elb.RegistrationInProgress");
        assertThat(laboratory.health(group, "10.244.0.9")).isEqualTo("unused Target.NotRegistered");

        laboratory.pass(Duration.ofSeconds(1));

        assertThat(laboratory.health(group, "10.244.0.1")).isEqualTo("healthy");
    }

    @Test
    void aTargetWhoseGroupNoListenerUsesIsUnused() {
        String group = laboratory.group("web");
        laboratory.register(group, "10.244.0.1");
        laboratory.pass(Duration.ofMinutes(1));

        assertThat(laboratory.health(group, "10.244.0.1")).isEqualTo("unused Target.NotInUse");
    }

    @Test
    void aTargetThatFailsItsChecksIsUnhealthyAndComesBack() {
        String group = laboratory.group("web");
        laboratory.listener(laboratory.balancer("web"), ProtocolEnum.TCP, 80, group);
        laboratory.sick.add("10.244.0.1");
        laboratory.register(group, "10.244.0.1");
        laboratory.pass(Duration.ofSeconds(1));

        assertThat(laboratory.health(group, "10.244.0.1")).isEqualTo("initial Elb.InitialHealthChecking");

        laboratory.pass(Duration.ofSeconds(10));

        assertThat(laboratory.health(group, "10.244.0.1")).isEqualTo("unhealthy Target.FailedHealthChecks");

        laboratory.sick.clear();
        laboratory.pass(Duration.ofSeconds(20));

        assertThat(laboratory.health(group, "10.244.0.1")).isEqualTo("healthy");
    }

    @Test
    void aDeregisteredTargetDrainsAndGetsConnectionsForTwoMinutes() {
        String group = laboratory.group("web");
        String listener = laboratory.listener(laboratory.balancer("web"), ProtocolEnum.TCP, 80, group);
        laboratory.register(group, "10.244.0.1", "10.244.0.2");
        laboratory.pass(Duration.ofSeconds(5));

        laboratory.deregister(group, "10.244.0.1");
        laboratory.pass(Duration.ofSeconds(119));

        assertThat(laboratory.health(group, "10.244.0.1")).isEqualTo("draining Target.DeregistrationInProgress");
        assertThat(serving(listener).healthy()).containsExactly("10.244.0.2:80");
        assertThat(serving(listener).members()).isEqualTo(2);

        laboratory.pass(Duration.ofSeconds(181));

        assertThat(laboratory.health(group, "10.244.0.1")).isEqualTo("unused Target.NotRegistered");
        assertThat(serving(listener).members()).isEqualTo(1);
    }

    private ChangeLog.Serving serving(String listener) {
        String pool = listener.substring(listener.indexOf(":listener/") + ":listener/".length());
        return laboratory.cloud.log().serving(pool).getLast();
    }

    @Test
    void deletingABalancerDeletesItsListenersAndKeepsItsGroups() {
        String group = laboratory.group("web");
        String balancer = laboratory.balancer("web");
        laboratory.listener(balancer, ProtocolEnum.TCP, 80, group);

        laboratory.elb.deleteLoadBalancer(request -> request.loadBalancerArn(balancer));
        laboratory.elb.deleteLoadBalancer(request -> request.loadBalancerArn(balancer));

        assertThat(laboratory.cloud.balancers()).isEmpty();
        assertThat(laboratory.elb.describeTargetGroups().targetGroups())
                .singleElement()
                .satisfies(left -> assertThat(left.loadBalancerArns()).isEmpty());
        laboratory.elb.deleteTargetGroup(request -> request.targetGroupArn(group));
        assertThat(laboratory.elb.describeTargetGroups().targetGroups()).isEqualTo(List.of());
    }

    @Test
    void whereSecurityGroupsAreCheckedTheNodesGroupMustLetTheBalancerIn() {
        laboratory.cloud.limits().set(Limit.SECURITY_GROUPS_CHECKED, 1);
        String front = laboratory
                .ec2
                .createSecurityGroup(request ->
                        request.groupName("front").description("of a balancer").vpcId(laboratory.account.vpcId()))
                .groupId();
        String group = laboratory.group("web");
        String balancer = laboratory.balancer("web", request -> request.securityGroups(front));
        laboratory.listener(balancer, ProtocolEnum.TCP, 80, group);
        laboratory.register(group, "10.244.0.1");
        laboratory.pass(Duration.ofSeconds(12));

        assertThat(laboratory.health(group, "10.244.0.1")).isEqualTo("unhealthy Target.Timeout");

        laboratory.ec2.authorizeSecurityGroupIngress(
                request -> request.groupId(laboratory.account.securityGroupIds().getLast())
                        .ipPermissions(IpPermission.builder()
                                .ipProtocol("tcp")
                                .fromPort(80)
                                .toPort(80)
                                .userIdGroupPairs(
                                        UserIdGroupPair.builder().groupId(front).build())
                                .build()));
        laboratory.pass(Duration.ofSeconds(20));

        assertThat(laboratory.health(group, "10.244.0.1")).isEqualTo("healthy");
    }

    @Test
    void aTargetThatComesBackWhileItDrainsIsRegisteredAnew() {
        String group = laboratory.group("web");
        String listener = laboratory.listener(laboratory.balancer("web"), ProtocolEnum.TCP, 80, group);
        laboratory.register(group, "10.244.0.1");
        laboratory.pass(Duration.ofSeconds(5));
        laboratory.deregister(group, "10.244.0.1");
        laboratory.pass(Duration.ofSeconds(5));
        laboratory.register(group, "10.244.0.1");

        assertThat(laboratory.health(group, "10.244.0.1")).isEqualTo("initial Elb.RegistrationInProgress");

        laboratory.pass(Duration.ofMinutes(10));

        assertThat(laboratory.health(group, "10.244.0.1")).isEqualTo("healthy");
        assertThat(serving(listener).healthy()).containsExactly("10.244.0.1:80");
        assertThat(serving(listener).members()).isEqualTo(1);
    }

    @Test
    void aListenerThatMovesToAnotherGroupServesThatOne() {
        String old = laboratory.group("old");
        String next = laboratory.group("next");
        String listener = laboratory.listener(laboratory.balancer("web"), ProtocolEnum.TCP, 80, old);
        laboratory.register(old, "10.244.0.1");
        laboratory.register(next, "10.244.0.2");
        laboratory.pass(Duration.ofSeconds(5));

        laboratory.elb.modifyListener(request -> request.listenerArn(listener)
                .defaultActions(
                        Action.builder().type("forward").targetGroupArn(next).build()));
        laboratory.pass(Duration.ofSeconds(5));

        assertThat(serving(listener).healthy()).containsExactly("10.244.0.2:80");
        assertThat(laboratory.health(old, "10.244.0.1")).isEqualTo("unused Target.NotInUse");
    }
}
