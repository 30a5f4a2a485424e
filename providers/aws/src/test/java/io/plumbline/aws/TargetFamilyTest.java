package io.plumbline.aws;

import static io.plumbline.aws.Examples.SHOP;
import static io.plumbline.aws.Examples.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.Dialect.Interpretation;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.Setting;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which family the targets' addresses have, by those of the Service and of the load balancer.
class TargetFamilyTest {
    private static final String TYPE = Annotations.BETA + Annotations.IP_ADDRESS_TYPE;

    @ParameterizedTest
    @CsvSource({
        "IPv4,      '',        ipv4",
        "IPv4,      ipv4,      ipv4",
        "IPv4,      dualstack, ipv4",
        "IPv6,      dualstack, ipv6",
        "IPv6 IPv4, dualstack, ipv6",
        "IPv4 IPv6, dualstack, ipv4",
        "IPv6 IPv4, ipv4,      ipv4",
        "IPv6 IPv4, '',        ipv4",
    })
    void itIsTheServicesFirstWhereTheLoadBalancerHasBoth(String families, String type, String expected) {
        for (String targets : new String[] {"ip", "instance"}) {
            Interpretation reading = interpret(type, targets, families.split(" ", -1));

            assertThat(AwsPoolOptions.of(reading.ports().getFirst().poolOptions())
                            .ipAddressType())
                    .isEqualTo(Setting.managed(expected));
            assertThat(reading.problems()).isEmpty();
        }
    }

    @Test
    void ipv6AloneNeedsADualStackLoadBalancer() {
        assertThat(interpret("", "ip", "IPv6").problems())
                .containsExactly(new Problem(
                        SHOP,
                        "spec.ipFamilies",
                        "targets with IPv6 addresses need a dual-stack load balancer: set " + TYPE + ": dualstack, or"
                                + " add IPv4 to spec.ipFamilies; until then no target is reached"));
    }

    @Test
    void aFamilyThatCannotBeReadIsThatOfTheService() {
        Interpretation reading = interpret("ipv6", "ip", "IPv6");

        assertThat(AwsPoolOptions.of(reading.ports().getFirst().poolOptions()).ipAddressType())
                .isEqualTo(Setting.managed("ipv6"));
        assertThat(reading.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.field()).isEqualTo(TYPE));
    }

    @Test
    void aUdpPortOfADualStackLoadBalancerIsNamed() {
        Interpretation reading = new AwsDialect().interpret(service(Map.of(TYPE, "dualstack")), List.of(), true);

        assertThat(reading.problems())
                .containsExactly(new Problem(
                        SHOP,
                        "spec.ports[2]",
                        "a dual-stack load balancer has no listener for UDP: AWS refuses port 53 until " + TYPE
                                + " is ipv4, or the port is on a Service of its own"));
    }

    private static Interpretation interpret(String type, String targets, String... families) {
        TreeMap<String, String> annotations = new TreeMap<>();
        annotations.put(Annotations.BETA + Annotations.TARGET_TYPE, targets);
        if (!type.isEmpty()) {
            annotations.put(TYPE, type);
        }
        return new AwsDialect().interpret(service(annotations, families), List.of(), true);
    }
}
