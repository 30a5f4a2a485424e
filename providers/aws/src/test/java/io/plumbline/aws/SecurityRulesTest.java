package io.plumbline.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/// What security groups let in, as the cloud shows it and as we write it.
class SecurityRulesTest {
    @Test
    void eachSourceOfAPermissionIsARule() {
        SecurityGroup shown = SecurityGroup.builder()
                .ipPermissions(
                        permission("tcp", 80, 80)
                                .ipRanges(IpRange.builder().cidrIp("10.0.0.0/8").build())
                                .ipv6Ranges(Ipv6Range.builder().cidrIpv6("::/0").build())
                                .build(),
                        permission("icmp", 3, 4)
                                .prefixListIds(PrefixListId.builder()
                                        .prefixListId("pl-1")
                                        .build())
                                .build(),
                        IpPermission.builder()
                                .ipProtocol("-1")
                                .userIdGroupPairs(UserIdGroupPair.builder()
                                        .groupId("sg-1")
                                        .build())
                                .build())
                .build();

        assertThat(SecurityRules.of(shown))
                .extracting(SecurityRule::text)
                .containsExactly("-1/-1 from sg-1", "icmp/3:4 from pl-1", "tcp/80 from 10.0.0.0/8", "tcp/80 from ::/0");
    }

    private static IpPermission.Builder permission(String protocol, int from, int to) {
        return IpPermission.builder().ipProtocol(protocol).fromPort(from).toPort(to);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp/80 from 10.0.0.0/8",
                "udp/53 from 2001:db8::/32",
                "icmp/3:4 from 0.0.0.0/0",
                "icmpv6/2:0 from ::/0",
                "-1/-1 from sg-1",
                "tcp/8000:9000 from pl-1"
            })
    void itsTextTellsAllOfIt(String text) {
        assertThat(SecurityRule.parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "tcp/80 from sg-1,        tcp/80 from sg-1, true",
        "tcp/1:65535 from sg-1,   tcp/80 from sg-1, true",
        "-1/-1 from sg-1,         tcp/80 from sg-1, true",
        "tcp/-1 from sg-1,        tcp/80 from sg-1, true",
        "udp/80 from sg-1,        tcp/80 from sg-1, false",
        "tcp/81:90 from sg-1,     tcp/80 from sg-1, false",
        "tcp/80 from sg-2,        tcp/80 from sg-1, false",
        "-1/-1 from 0.0.0.0/0,    tcp/80 from sg-1, false",
    })
    void aRuleCoversAnother(String there, String wanted, boolean covers) {
        assertThat(SecurityRules.covers(SecurityRule.parse(there), SecurityRule.parse(wanted)))
                .isEqualTo(covers);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0/8, ''",
        "2001:db8::/32, '', 2001:db8::/32",
    })
    void aSourceIsSentAsWhatItIs(String source, String ipv4, String ipv6) {
        IpPermission sent = Requests.permissions(List.of(SecurityRule.port("TCP", 80, source)))
                .getFirst();

        assertThat(sent.ipProtocol()).isEqualTo("tcp");
        assertThat(String.join(
                        ",", sent.ipRanges().stream().map(IpRange::cidrIp).toList()))
                .isEqualTo(ipv4);
        assertThat(String.join(
                        ",", sent.ipv6Ranges().stream().map(Ipv6Range::cidrIpv6).toList()))
                .isEqualTo(ipv6);
    }
}
