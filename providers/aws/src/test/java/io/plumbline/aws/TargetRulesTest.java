package io.plumbline.aws;

import static io.plumbline.aws.Ec2Replies.group;
import static io.plumbline.aws.Ec2Replies.list;
import static io.plumbline.aws.Ec2Replies.networkInterface;
import static io.plumbline.aws.Ec2Replies.permission;
import static io.plumbline.aws.Ec2Replies.refusal;
import static io.plumbline.aws.Ec2Replies.tags;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.Outcome;
import io.plumbline.spi.Outcome.Failure;
import io.plumbline.spi.model.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The rules by which Pods and nodes let load balancers in.
class TargetRulesTest {
    private static final String BACKEND = "sg-backend";
    private static final String POD = "10.0.0.7";

    private final Wire wire = new Wire();
    private Instant now = Examples.NOW;
    private final TargetRules rules = new TargetRules(wire.calls, new Inquiries(wire.calls), () -> now);

    @BeforeEach
    void oneGroupAndEverythingSucceeds() {
        interfaces(networkInterface("sg-pods", POD, "10.0.0.8", "2001:db8::7"));
        groups(group("sg-pods", tags()));
        wire.answers("AuthorizeSecurityGroupIngress", 200, "<AuthorizeSecurityGroupIngressResponse/>");
    }

    @AfterEach
    void stop() {
        wire.close();
    }

    private void interfaces(String... shown) {
        wire.answers("DescribeNetworkInterfaces", 200, list("DescribeNetworkInterfaces", "networkInterfaceSet", shown));
    }

    private void groups(String... shown) {
        wire.answers("DescribeSecurityGroups", 200, list("DescribeSecurityGroups", "securityGroupInfo", shown));
    }

    @Test
    void aTargetsGroupLetsTheBackendGroupInAtItsPort() {
        assertThat(open("tcp/80", 8080, POD)).isEmpty();

        assertThat(opened()).containsExactly("sg-pods tcp 8080 " + BACKEND);
    }

    @Test
    void anIpv6AddressIsLookedUpAsOne() {
        assertThat(open("tcp/80", 8080, "2001:db8::7")).isEmpty();

        assertThat(opened()).containsExactly("sg-pods tcp 8080 " + BACKEND);
        assertThat(wire.requests("DescribeNetworkInterfaces"))
                .singleElement()
                .satisfies(request -> assertThat(request).contains("Name=ipv6-addresses.ipv6-address", "=2001:db8::7"));
    }

    @Test
    void probesOfAUdpPortAreLetInToo() {
        open("udp/53", 5353, POD);

        assertThat(opened()).containsExactly("sg-pods udp 5353 " + BACKEND + ", tcp 5353 " + BACKEND);
    }

    @Test
    void soAreThoseAtAPortOfTheirOwn() {
        rules.open(BACKEND, register("tcp/80", 8080, Optional.of(9000), POD));

        assertThat(opened()).containsExactly("sg-pods tcp 8080 " + BACKEND + ", tcp 9000 " + BACKEND);
    }

    @Test
    void aRuleThatIsThereIsNotMadeAgain() {
        groups(group("sg-pods", tags(), permission("tcp", 8000, 9000, BACKEND)));

        assertThat(open("tcp/80", 8080, POD)).isEmpty();

        assertThat(opened()).isEmpty();
    }

    @Test
    void whatIsKnownIsNotAskedAgainForTenMinutes() {
        open("tcp/80", 8080, POD);
        open("tcp/80", 8080, POD);
        assertThat(wire.sent("DescribeNetworkInterfaces")).isEqualTo(1);
        assertThat(opened()).hasSize(1);

        now = now.plus(Duration.ofMinutes(10));
        open("tcp/80", 8080, POD);

        assertThat(wire.sent("DescribeNetworkInterfaces")).isEqualTo(2);
    }

    @Test
    void afterTheBackendGroupHasGoneNothingIsBelieved() {
        open("tcp/80", 8080, POD);

        rules.forget();
        open("tcp/80", 8080, POD);

        assertThat(wire.sent("DescribeNetworkInterfaces")).isEqualTo(2);
    }

    @Test
    void ofSeveralGroupsTheClustersOwnTakesTheRule() {
        interfaces("<groupSet><item><groupId>sg-a</groupId></item><item><groupId>sg-b</groupId></item></groupSet>"
                + "<privateIpAddressesSet><item><privateIpAddress>" + POD
                + "</privateIpAddress></item></privateIpAddressesSet>");
        groups(group("sg-a", tags()), group("sg-b", tags("kubernetes.io/cluster/blue=owned")));

        open("tcp/80", 8080, POD);

        assertThat(opened()).containsExactly("sg-b tcp 8080 " + BACKEND);
    }

    @Test
    void anAddressOfAPrefixIsThatOfItsInterface() {
        interfaces("<groupSet><item><groupId>sg-pods</groupId></item></groupSet>"
                + "<ipv4PrefixSet><item><ipv4Prefix>10.4.0.16/28</ipv4Prefix></item></ipv4PrefixSet>"
                + "<ipv6PrefixSet><item><ipv6Prefix>2001:db8:0:5:6::/80</ipv6Prefix></item></ipv6PrefixSet>");

        open("tcp/80", 8080, "10.4.0.17");
        open("tcp/81", 8081, "2001:db8:0:5:6::9");
        open("tcp/82", 8082, "2001:db8:0:5:7::9");

        assertThat(opened()).containsExactly("sg-pods tcp 8080 " + BACKEND, "sg-pods tcp 8081 " + BACKEND);
        assertThat(wire.requests("DescribeNetworkInterfaces"))
                .as("one for each address, and all interfaces for the first and for one that is unknown")
                .hasSize(5);
    }

    @Test
    void anAddressThatNoInterfaceHasNeedsNoRuleOfOurs() {
        assertThat(open("tcp/80", 8080, "10.9.9.9")).isEmpty();

        assertThat(opened()).isEmpty();
    }

    @Test
    void machinesAreAskedForByTheirIds() {
        wire.answers(
                "DescribeInstances",
                200,
                list(
                        "DescribeInstances",
                        "reservationSet",
                        "<instancesSet><item><instanceId>i-1</instanceId><groupSet><item><groupId>sg-nodes</groupId>"
                                + "</item></groupSet></item></instancesSet>"));
        groups(group("sg-nodes", tags()));

        rules.open(
                BACKEND,
                new Call.Register(
                        "group",
                        "tcp/80",
                        List.of(new Call.Target(new Address.Instance("i-1"), 30080)),
                        Optional.of(BACKEND),
                        Optional.empty()));

        assertThat(opened()).containsExactly("sg-nodes tcp 30080 " + BACKEND);
    }

    @Test
    void aRuleThatSomebodyElseMakesMeanwhileIsFine() {
        wire.answers("AuthorizeSecurityGroupIngress", 400, refusal("InvalidPermission.Duplicate"));

        assertThat(open("tcp/80", 8080, POD)).isEmpty();
    }

    @Test
    void aRefusalIsToldAndTriedAgain() {
        wire.answers("AuthorizeSecurityGroupIngress", 400, refusal("RulesPerSecurityGroupLimitExceeded"));

        assertThat(open("tcp/80", 8080, POD))
                .hasValueSatisfying(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(
                                Outcome.Rejected.class,
                                rejected -> assertThat(rejected.because()).isEqualTo(Outcome.Because.QUOTA)));
        open("tcp/80", 8080, POD);

        assertThat(wire.sent("AuthorizeSecurityGroupIngress")).isEqualTo(2);
    }

    private Optional<Failure> open(String pool, int port, String... addresses) {
        return rules.open(BACKEND, register(pool, port, Optional.empty(), addresses));
    }

    private static Call.Register register(String pool, int port, Optional<Integer> checkPort, String... addresses) {
        return new Call.Register(
                "group",
                pool,
                Stream.of(addresses)
                        .map(address -> new Call.Target(new Address.Ip(address), port))
                        .toList(),
                Optional.of(BACKEND),
                checkPort);
    }

    /// `GROUP PROTOCOL PORT SOURCE, ...` for each call that opened something.
    private List<String> opened() {
        return wire.requests("AuthorizeSecurityGroupIngress").stream()
                .map(TargetRulesTest::text)
                .toList();
    }

    private static String text(String request) {
        StringBuilder text = new StringBuilder(value(request, "GroupId"));
        for (int rule = 1; request.contains("IpPermissions." + rule + "."); rule++) {
            String name = "IpPermissions." + rule + ".";
            text.append(rule == 1 ? " " : ", ")
                    .append(value(request, name + "IpProtocol"))
                    .append(' ')
                    .append(value(request, name + "FromPort"))
                    .append(' ')
                    .append(value(request, name + "Groups.1.GroupId"));
        }
        return text.toString();
    }

    private static String value(String request, String name) {
        return Stream.of(request.split("&", -1))
                .filter(part -> part.startsWith(name + "="))
                .map(part -> part.substring(name.length() + 1))
                .findFirst()
                .orElse("none");
    }
}
