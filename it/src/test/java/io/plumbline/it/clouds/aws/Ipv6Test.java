package io.plumbline.it.clouds.aws;

import static io.plumbline.it.clouds.aws.Laboratory.code;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.IpAddressType;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/// Load balancers of both families, and target groups of IPv6.
class Ipv6Test {
    private static final String POD = "2001:db8:0:2::7";

    private final Laboratory laboratory = new Laboratory();
    private final String dual = laboratory.balancer("dual", b -> b.ipAddressType(IpAddressType.DUALSTACK));
    private final String group = laboratory.group("six", g -> g.ipAddressType("ipv6"));

    @Test
    void ipv6TargetsOfADualStackBalancerAreServed() {
        laboratory.listener(dual, ProtocolEnum.TCP, 80, group);
        laboratory.register(group, POD);
        laboratory.pass(Duration.ofMinutes(1));

        assertThat(laboratory.health(group, POD)).isEqualTo("healthy");
        assertThat(laboratory
                        .elb
                        .describeTargetGroups(request -> request.targetGroupArns(group))
                        .targetGroups()
                        .getFirst()
                        .ipAddressTypeAsString())
                .isEqualTo("ipv6");
    }

    @Test
    void theyAreOfTheirFamilyAndOfTheVpc() {
        String four = laboratory.group("four");

        assertThat(code(() -> laboratory.register(group, "10.244.0.7"))).isEqualTo("ValidationError");
        assertThat(code(() -> laboratory.register(group, "2001:db8:1::7"))).isEqualTo("InvalidTarget");
        assertThat(code(() -> laboratory.register(four, POD))).isEqualTo("ValidationError");
    }

    @Test
    void anInstanceNeedsAPrimaryIpv6Address() {
        String nodes = laboratory.group("nodes", g -> g.ipAddressType("ipv6").targetType(TargetTypeEnum.INSTANCE));
        laboratory.network.putPrimaryIpv6("i-plumb002", "2001:db8:0:1::2");

        assertThat(code(() -> laboratory.register(nodes, "i-plumb001"))).isEqualTo("InvalidTarget");
        assertThat(code(() -> laboratory.register(nodes, "i-plumb002"))).isEqualTo("OK");
    }

    @Test
    void anIpv4BalancerTakesNone() {
        String four = laboratory.balancer("four");

        assertThat(code(() -> laboratory.listener(four, ProtocolEnum.TCP, 80, group)))
                .isEqualTo("InvalidConfigurationRequest");
    }

    @Test
    void aBalancerThatHasOneStaysDualStack() {
        laboratory.listener(dual, ProtocolEnum.TCP, 80, group);

        assertThat(code(() -> become(dual, IpAddressType.IPV4))).isEqualTo("InvalidConfigurationRequest");
    }

    @Test
    void udpAndBothFamiliesExcludeEachOther() {
        String names = laboratory.group("names", g -> g.protocol(ProtocolEnum.UDP));
        String four = laboratory.balancer("four");

        assertThat(code(() -> laboratory.listener(dual, ProtocolEnum.UDP, 53, names)))
                .isEqualTo("InvalidConfigurationRequest");
        laboratory.listener(four, ProtocolEnum.UDP, 53, names);
        assertThat(code(() -> become(four, IpAddressType.DUALSTACK))).isEqualTo("InvalidConfigurationRequest");
    }

    private void become(String balancer, IpAddressType type) {
        laboratory.elb.setIpAddressType(
                request -> request.loadBalancerArn(balancer).ipAddressType(type));
    }

    @Test
    void anInterfaceIsFoundByItsIpv6Address() {
        laboratory.network.putAddress(POD);

        assertThat(laboratory
                        .ec2
                        .describeNetworkInterfaces(request -> request.filters(Filter.builder()
                                .name("ipv6-addresses.ipv6-address")
                                .values(POD)
                                .build()))
                        .networkInterfaces())
                .singleElement()
                .satisfies(shown -> assertThat(shown.ipv6Addresses().getFirst().ipv6Address())
                        .isEqualTo(POD));
    }
}
