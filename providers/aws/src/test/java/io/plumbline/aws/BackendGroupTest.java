package io.plumbline.aws;

import static io.plumbline.aws.Ec2Replies.group;
import static io.plumbline.aws.Ec2Replies.list;
import static io.plumbline.aws.Ec2Replies.networkInterface;
import static io.plumbline.aws.Ec2Replies.permission;
import static io.plumbline.aws.Ec2Replies.refusal;
import static io.plumbline.aws.Ec2Replies.tags;
import static io.plumbline.aws.Examples.KEY;
import static io.plumbline.aws.Examples.MARK;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.aws.Failures.Result;
import io.plumbline.spi.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The security group that all load balancers of a cluster share: it comes with the first and goes with the last.
class BackendGroupTest {
    private static final String CLUSTER = MARK.clusterUid();
    private static final String OURS = group("sg-ours", tags(Names.CLUSTER_TAG + "=" + CLUSTER));

    private final Wire wire = new Wire();
    private final BackendGroup backend = new BackendGroup(wire.calls, new Inquiries(wire.calls));

    @BeforeEach
    void everythingSucceeds() {
        wire.answers(
                "CreateSecurityGroup",
                200,
                "<CreateSecurityGroupResponse><groupId>sg-new</groupId></CreateSecurityGroupResponse>");
        wire.answers("RevokeSecurityGroupIngress", 200, "<RevokeSecurityGroupIngressResponse/>");
        wire.answers("DeleteSecurityGroup", 200, "<DeleteSecurityGroupResponse/>");
        interfaces();
    }

    @AfterEach
    void stop() {
        wire.close();
    }

    private void exist(String... groups) {
        wire.answers("DescribeSecurityGroups", 200, list("DescribeSecurityGroups", "securityGroupInfo", groups));
    }

    private void interfaces(String... shown) {
        wire.answers("DescribeNetworkInterfaces", 200, list("DescribeNetworkInterfaces", "networkInterfaceSet", shown));
    }

    @Test
    void theOneThatIsThereIsTaken() {
        exist(OURS);

        assertThat(backend.ensured(MARK, KEY)).isEqualTo(new Answer.Got<>("sg-ours"));
        assertThat(wire.sent("CreateSecurityGroup")).isZero();
    }

    @Test
    void whereThereIsNoneItIsMadeWithOurMark() {
        exist();

        assertThat(backend.ensured(MARK, KEY)).isEqualTo(new Answer.Got<>("sg-new"));
        assertThat(wire.requests("CreateSecurityGroup"))
                .singleElement()
                .satisfies(request -> assertThat(request)
                        .contains("GroupName=" + Names.backendGroup(CLUSTER), Names.CLUSTER_TAG, "Value=" + CLUSTER));
    }

    @Test
    void oneOfTheSameNameWithoutOurMarkIsNotTaken() {
        exist(group("sg-theirs", tags(Names.CLUSTER_TAG + "=another")));

        assertThat(backend.ensured(MARK, KEY)).isEqualTo(new Answer.Got<>("sg-new"));
    }

    @Test
    void whatCannotBeReadIsNotTakenAsAbsent() {
        wire.answers("DescribeSecurityGroups", 503, refusal("RequestLimitExceeded"));

        assertThat(backend.ensured(MARK, KEY)).isInstanceOf(Answer.Missed.class);
        assertThat(wire.sent("CreateSecurityGroup")).isZero();
    }

    @Test
    void itStaysWhileALoadBalancerIsAboutToGetIt() {
        exist(OURS);
        backend.ensured(MARK, KEY);

        backend.releaseIfUnused(CLUSTER);

        assertThat(wire.sent("DeleteSecurityGroup")).isZero();
    }

    @Test
    void itStaysWhileAnInterfaceHasIt() {
        exist(OURS);
        interfaces(networkInterface("sg-ours", "10.0.0.9"));

        backend.releaseIfUnused(CLUSTER);

        assertThat(wire.sent("DeleteSecurityGroup")).isZero();
    }

    @Test
    void itGoesWithTheLastAndTakesTheRulesAlongThatLetItIn() {
        exist(group(
                "sg-ours",
                tags(Names.CLUSTER_TAG + "=" + CLUSTER),
                permission("tcp", 8080, 8080, "sg-ours"),
                permission("tcp", 22, 22, "sg-admins")));
        backend.ensured(MARK, KEY);
        backend.gone(KEY);

        assertThat(backend.releaseIfUnused(CLUSTER)).isInstanceOf(Result.Replied.class);

        assertThat(wire.requests("RevokeSecurityGroupIngress"))
                .singleElement()
                .satisfies(
                        request -> assertThat(request).contains("FromPort=8080").doesNotContain("FromPort=22"));
        assertThat(wire.sent("DeleteSecurityGroup")).isEqualTo(1);
    }

    @Test
    void whereARuleCannotBeTakenAwayItStays() {
        exist(group("sg-ours", tags(Names.CLUSTER_TAG + "=" + CLUSTER), permission("tcp", 8080, 8080, "sg-ours")));
        wire.answers("RevokeSecurityGroupIngress", 403, refusal("UnauthorizedOperation"));

        assertThat(backend.releaseIfUnused(CLUSTER)).isInstanceOf(Result.Refused.class);
        assertThat(wire.sent("DeleteSecurityGroup")).isZero();
    }

    @Test
    void whereItIsGoneAlreadyNothingIsLeftToDo() {
        exist();

        assertThat(backend.releaseIfUnused(CLUSTER)).isInstanceOf(Result.Replied.class);
        assertThat(wire.sent("DeleteSecurityGroup")).isZero();
    }
}
