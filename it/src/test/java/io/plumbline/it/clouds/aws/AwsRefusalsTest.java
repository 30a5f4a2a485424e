package io.plumbline.it.clouds.aws;

import static io.plumbline.it.clouds.aws.Laboratory.code;
import static io.plumbline.it.clouds.aws.Laboratory.listening;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SubnetMapping;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/// Where ELBv2 refuses, and with which code.
class AwsRefusalsTest {
    private static final String NOBODY = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:";

    private final Laboratory laboratory = new Laboratory();
    private final List<String> subnets = laboratory.account.subnetIds();
    private final String balancer = laboratory.balancer("web");
    private final String group = laboratory.group("web");
    private final String listener = laboratory.listener(balancer, ProtocolEnum.TCP, 80, group);

    private DynamicTest refused(String what, String code, Runnable call) {
        return DynamicTest.dynamicTest(what, () -> assertThat(code(call)).isEqualTo(code));
    }

    @TestFactory
    Stream<DynamicTest> balancers() {
        return Stream.of(
                refused("a name that is too long", "ValidationError", () -> laboratory.balancer("a".repeat(33))),
                refused("a name with a dot", "ValidationError", () -> laboratory.balancer("a.b")),
                refused("a name of AWS's own", "ValidationError", () -> laboratory.balancer("internal-a")),
                refused("no subnets", "ValidationError", () -> laboratory.balancer("a", b -> b.subnets(List.of()))),
                refused(
                        "an unknown subnet",
                        "SubnetNotFound",
                        () -> laboratory.balancer("a", b -> b.subnets("subnet-9"))),
                refused(
                        "two subnets in a zone",
                        "InvalidConfigurationRequest",
                        () -> laboratory.balancer("a", b -> b.subnets(subnets.get(0), subnets.get(2)))),
                refused(
                        "an unknown security group",
                        "InvalidSecurityGroup",
                        () -> laboratory.balancer("a", b -> b.securityGroups("sg-9"))),
                refused(
                        "an unknown allocation",
                        "AllocationIdNotFound",
                        () -> laboratory.balancer("a", b -> mapped(b, m -> m.allocationId("eipalloc-9")))),
                refused(
                        "a private address on the internet",
                        "InvalidConfigurationRequest",
                        () -> laboratory.balancer("a", b -> mapped(b, m -> m.privateIPv4Address("10.64.0.9")))),
                refused("an unknown scheme", "ValidationError", () -> laboratory.balancer("a", b -> b.scheme("outer"))),
                refused(
                        "the same name, other settings",
                        "DuplicateLoadBalancerName",
                        () -> laboratory.balancer("web", b -> b.scheme("internal"))),
                refused("the same name, the same settings", "OK", () -> laboratory.balancer("web")),
                refused("a reserved tag", "ValidationError", () -> laboratory.balancer("a", b -> b.tags(tag("aws:x")))),
                refused(
                        "a tag twice",
                        "DuplicateTagKeys",
                        () -> laboratory.balancer("a", b -> b.tags(tag("x"), tag("x")))),
                refused(
                        "an unknown attribute",
                        "InvalidConfigurationRequest",
                        () -> attribute("idle_timeout.timeout_seconds", "60")),
                refused(
                        "a wrong attribute",
                        "InvalidConfigurationRequest",
                        () -> attribute("deletion_protection.enabled", "yes")),
                refused(
                        "logs without a bucket",
                        "InvalidConfigurationRequest",
                        () -> attribute("access_logs.s3.enabled", "true")),
                refused(
                        "security groups on a balancer that was made without",
                        "InvalidConfigurationRequest",
                        () -> laboratory.elb.setSecurityGroups(r ->
                                r.loadBalancerArn(balancer).securityGroups(laboratory.account.securityGroupIds()))),
                refused(
                        "another subnet in a zone",
                        "InvalidConfigurationRequest",
                        () -> laboratory.elb.setSubnets(
                                r -> r.loadBalancerArn(balancer).subnets(subnets.get(2), subnets.get(1)))),
                refused(
                        "reading what is absent",
                        "LoadBalancerNotFound",
                        () -> laboratory.elb.describeLoadBalancers(r -> r.names("nobody"))));
    }

    private void mapped(CreateLoadBalancerRequest.Builder request, UnaryOperator<SubnetMapping.Builder> more) {
        request.subnets((Collection<String>) null)
                .subnetMappings(more.apply(SubnetMapping.builder().subnetId(subnets.getFirst()))
                        .build());
    }

    private static Tag tag(String key) {
        return Tag.builder().key(key).value("1").build();
    }

    private void attribute(String key, String value) {
        laboratory.elb.modifyLoadBalancerAttributes(r -> r.loadBalancerArn(balancer)
                .attributes(
                        LoadBalancerAttribute.builder().key(key).value(value).build()));
    }

    @TestFactory
    Stream<DynamicTest> targetGroups() {
        return Stream.of(
                refused("a name that is too long", "ValidationError", () -> laboratory.group("a".repeat(33))),
                refused("another VPC", "ValidationError", () -> laboratory.group("a", g -> g.vpcId("vpc-9"))),
                refused(
                        "an interval too short",
                        "ValidationError",
                        () -> laboratory.group("a", g -> g.healthCheckIntervalSeconds(4))),
                refused(
                        "a timeout longer than the interval",
                        "ValidationError",
                        () -> laboratory.group("a", g -> g.healthCheckTimeoutSeconds(11))),
                refused(
                        "a threshold too high",
                        "ValidationError",
                        () -> laboratory.group("a", g -> g.healthyThresholdCount(11))),
                refused(
                        "a check by UDP",
                        "ValidationError",
                        () -> laboratory.group("a", g -> g.healthCheckProtocol("UDP"))),
                refused("a path for TCP", "ValidationError", () -> laboratory.group("a", g -> g.healthCheckPath("/"))),
                refused(
                        "codes out of range",
                        "ValidationError",
                        () -> laboratory.group(
                                "a", g -> g.healthCheckProtocol("HTTP").matcher(m -> m.httpCode("199")))),
                refused(
                        "no health check",
                        "ValidationError",
                        () -> laboratory.group("a", g -> g.healthCheckEnabled(false))),
                refused(
                        "a wrong check port",
                        "ValidationError",
                        () -> laboratory.group("a", g -> g.healthCheckPort("web"))),
                refused(
                        "the same name, other settings",
                        "DuplicateTargetGroupName",
                        () -> laboratory.group("web", g -> g.port(81))),
                refused("the same name, the same settings", "OK", () -> laboratory.group("web")),
                refused(
                        "an unknown attribute",
                        "InvalidConfigurationRequest",
                        () -> groupAttribute("slow_start.duration_seconds", "30")),
                refused(
                        "a delay too long",
                        "InvalidConfigurationRequest",
                        () -> groupAttribute("deregistration_delay.timeout_seconds", "3601")),
                refused(
                        "the longest delay",
                        "OK",
                        () -> groupAttribute("deregistration_delay.timeout_seconds", "3600")),
                refused(
                        "deleting what a listener uses",
                        "ResourceInUse",
                        () -> laboratory.elb.deleteTargetGroup(r -> r.targetGroupArn(group))),
                refused(
                        "deleting what is absent",
                        "OK",
                        () -> laboratory.elb.deleteTargetGroup(r -> r.targetGroupArn(NOBODY + "targetgroup/a/1"))),
                refused(
                        "reading what is absent",
                        "TargetGroupNotFound",
                        () -> laboratory.elb.describeTargetGroups(r -> r.names("nobody"))));
    }

    private void groupAttribute(String key, String value) {
        laboratory.elb.modifyTargetGroupAttributes(r -> r.targetGroupArn(group)
                .attributes(TargetGroupAttribute.builder().key(key).value(value).build()));
    }

    @TestFactory
    Stream<DynamicTest> listeners() {
        String other = laboratory.balancer("other");
        String datagrams = laboratory.group("datagrams", g -> g.protocol(ProtocolEnum.UDP));
        String encrypted = laboratory.group("encrypted", g -> g.protocol(ProtocolEnum.TLS));
        return Stream.of(
                refused(
                        "a port that is taken",
                        "DuplicateListener",
                        () -> laboratory.listener(balancer, ProtocolEnum.UDP, 80, datagrams)),
                refused(
                        "incompatible protocols",
                        "IncompatibleProtocols",
                        () -> laboratory.listener(balancer, ProtocolEnum.TCP, 81, datagrams)),
                refused(
                        "a group of another balancer",
                        "TargetGroupAssociationLimit",
                        () -> laboratory.listener(other, ProtocolEnum.TCP, 80, group)),
                refused(
                        "an unknown group",
                        "TargetGroupNotFound",
                        () -> laboratory.listener(balancer, ProtocolEnum.TCP, 81, NOBODY + "targetgroup/a/1")),
                refused(
                        "an unknown balancer",
                        "LoadBalancerNotFound",
                        () -> laboratory.listener(NOBODY + "loadbalancer/net/a/1", ProtocolEnum.TCP, 81, group)),
                refused(
                        "HTTP",
                        "UnsupportedProtocol",
                        () -> laboratory.listener(balancer, ProtocolEnum.HTTP, 81, group)),
                refused("port 0", "ValidationError", () -> laboratory.listener(balancer, ProtocolEnum.TCP, 0, group)),
                refused(
                        "a redirect",
                        "InvalidLoadBalancerAction",
                        () -> laboratory.elb.createListener(listening(balancer, ProtocolEnum.TCP, 81, group)
                                .defaultActions(Action.builder()
                                        .type("redirect")
                                        .redirectConfig(c -> c.statusCode("HTTP_301"))
                                        .build())
                                .build())),
                refused(
                        "TLS without a certificate",
                        "ValidationError",
                        () -> laboratory.listener(balancer, ProtocolEnum.TLS, 443, encrypted)),
                refused(
                        "TLS with an unknown certificate",
                        "CertificateNotFound",
                        () -> laboratory.elb.createListener(listening(balancer, ProtocolEnum.TLS, 443, encrypted)
                                .certificates(Certificate.builder()
                                        .certificateArn("arn:aws:acm:eu-central-1:123456789012:certificate/9")
                                        .build())
                                .build())),
                refused(
                        "a certificate for TCP",
                        "InvalidConfigurationRequest",
                        () -> laboratory.elb.createListener(listening(balancer, ProtocolEnum.TCP, 81, group)
                                .sslPolicy("ELBSecurityPolicy-2016-08")
                                .build())),
                refused(
                        "deleting what is absent",
                        "ListenerNotFound",
                        () -> laboratory.elb.deleteListener(r -> r.listenerArn(listener + "9"))),
                refused(
                        "an idle timeout too short",
                        "InvalidConfigurationRequest",
                        () -> laboratory.elb.modifyListenerAttributes(r -> r.listenerArn(listener)
                                .attributes(ListenerAttribute.builder()
                                        .key("tcp.idle_timeout.seconds")
                                        .value("59")
                                        .build()))),
                refused(
                        "an idle timeout",
                        "OK",
                        () -> laboratory.elb.modifyListenerAttributes(r -> r.listenerArn(listener)
                                .attributes(ListenerAttribute.builder()
                                        .key("tcp.idle_timeout.seconds")
                                        .value("6000")
                                        .build()))));
    }

    @TestFactory
    Stream<DynamicTest> targets() {
        String nodes = laboratory.group("nodes", g -> g.targetType(TargetTypeEnum.INSTANCE));
        return Stream.of(
                refused("an instance that does not exist", "InvalidTarget", () -> laboratory.register(nodes, "i-999")),
                refused("an instance", "OK", () -> laboratory.register(nodes, "i-plumb001")),
                refused("an address for an instance", "ValidationError", () -> laboratory.register(nodes, "10.0.0.1")),
                refused(
                        "an instance for an address",
                        "ValidationError",
                        () -> laboratory.register(group, "i-plumb001")),
                refused(
                        "an address outside the VPC",
                        "ValidationError",
                        () -> laboratory.register(group, "192.168.0.1")),
                refused("registering twice", "OK", () -> laboratory.register(group, "10.244.0.1", "10.244.0.1")),
                refused("deregistering what is not registered", "OK", () -> laboratory.deregister(group, "10.244.0.9")),
                refused(
                        "an unknown group",
                        "TargetGroupNotFound",
                        () -> laboratory.register(NOBODY + "targetgroup/a/1", "10.244.0.1")));
    }

    @TestFactory
    Stream<DynamicTest> quotas() {
        Laboratory small = new Laboratory();
        small.cloud.limits().set(Limit.NETWORK_BALANCERS, 1);
        small.cloud.limits().set(Limit.TARGET_GROUPS, 2);
        small.cloud.limits().set(Limit.LISTENERS_PER_BALANCER, 1);
        small.cloud.limits().set(Limit.TARGETS_PER_TARGET_GROUP, 2);
        String only = small.balancer("web");
        String web = small.group("web");
        String more = small.group("more");
        small.listener(only, ProtocolEnum.TCP, 80, web);
        small.register(web, "10.244.0.1", "10.244.0.2");
        return Stream.of(
                refused("load balancers", "TooManyLoadBalancers", () -> small.balancer("two")),
                refused("target groups", "TooManyTargetGroups", () -> small.group("three")),
                refused("listeners", "TooManyListeners", () -> small.listener(only, ProtocolEnum.TCP, 81, more)),
                refused("targets", "TooManyTargets", () -> small.register(web, "10.244.0.3")));
    }

    @TestFactory
    Stream<DynamicTest> deletionProtection() {
        attribute("deletion_protection.enabled", "true");
        return Stream.of(refused(
                "a protected balancer",
                "OperationNotPermitted",
                () -> laboratory.elb.deleteLoadBalancer(r -> r.loadBalancerArn(balancer))));
    }
}
