package io.plumbline.it.clouds.aws;

import static io.plumbline.it.clouds.aws.Laboratory.code;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleRequest;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleUpdate;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/// What EC2 tells of the VPC, and security groups.
class Ec2Test {
    private final Laboratory laboratory = new Laboratory();
    private final AwsAccount account = laboratory.account;

    private static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    @Test
    void subnetsAreFoundByTheirRoleTags() {
        assertThat(laboratory
                        .ec2
                        .describeSubnets(request -> request.filters(
                                filter("vpc-id", account.vpcId()), filter("tag:kubernetes.io/role/elb", "", "1")))
                        .subnets())
                .extracting(Subnet::subnetId)
                .isEqualTo(account.subnetIds().subList(0, 2));
        assertThat(laboratory
                        .ec2
                        .describeSubnets(
                                request -> request.filters(filter("tag-key", "kubernetes.io/role/internal-elb")))
                        .subnets())
                .extracting(Subnet::subnetId)
                .isEqualTo(account.subnetIds().subList(2, 4));
        assertThat(code(() -> laboratory.ec2.describeSubnets(request -> request.subnetIds("subnet-9"))))
                .isEqualTo("InvalidSubnetID.NotFound");
        assertThat(code(() -> laboratory.ec2.describeSubnets(request -> request.filters(filter("colour", "red")))))
                .isEqualTo("InvalidParameterValue");
    }

    @Test
    void publicSubnetsHaveARouteToTheInternetGateway() {
        assertThat(laboratory
                        .ec2
                        .describeRouteTables(request -> request.filters(filter(
                                "association.subnet-id", account.subnetIds().getFirst())))
                        .routeTables())
                .singleElement()
                .satisfies(table -> assertThat(table.routes())
                        .anyMatch(route -> route.gatewayId().startsWith("igw-")));
        assertThat(laboratory
                        .ec2
                        .describeRouteTables(request -> request.filters(filter(
                                "association.subnet-id", account.subnetIds().getLast())))
                        .routeTables())
                .singleElement()
                .satisfies(table -> assertThat(table.routes())
                        .noneMatch(route -> route.gatewayId().startsWith("igw-")));
        assertThat(laboratory.ec2.describeInternetGateways().internetGateways()).hasSize(1);
    }

    @Test
    void instancesAndPodsHaveInterfacesInTheNodesGroup() {
        assertThat(laboratory
                        .ec2
                        .describeInstances(request -> request.instanceIds("i-plumb001"))
                        .reservations()
                        .getFirst()
                        .instances())
                .singleElement()
                .satisfies(instance -> {
                    assertThat(instance.privateIpAddress()).isEqualTo("10.0.0.1");
                    assertThat(instance.securityGroups().getFirst().groupId())
                            .isEqualTo(account.securityGroupIds().getLast());
                });
        assertThat(code(() -> laboratory.ec2.describeInstances(request -> request.instanceIds("i-9"))))
                .isEqualTo("InvalidInstanceID.NotFound");
        assertThat(laboratory
                        .ec2
                        .describeNetworkInterfaces(request ->
                                request.filters(filter("addresses.private-ip-address", "10.244.0.1", "10.0.0.1")))
                        .networkInterfaces())
                .hasSize(2)
                .allMatch(each -> each.groups()
                        .getFirst()
                        .groupId()
                        .equals(account.securityGroupIds().getLast()));
    }

    @Test
    void aSecurityGroupLives() {
        String group = create("front").groupId();
        IpPermission web = range("0.0.0.0/0", 80);

        laboratory.ec2.authorizeSecurityGroupIngress(
                request -> request.groupId(group).ipPermissions(web));
        assertThat(code(() -> laboratory.ec2.authorizeSecurityGroupIngress(
                        request -> request.groupId(group).ipPermissions(web))))
                .isEqualTo("InvalidPermission.Duplicate");
        assertThat(described(group).ipPermissions()).singleElement().satisfies(permission -> {
            assertThat(permission.fromPort()).isEqualTo(80);
            assertThat(permission.ipRanges().getFirst().cidrIp()).isEqualTo("0.0.0.0/0");
            assertThat(permission.ipRanges().getFirst().description()).isEqualTo("test");
        });
        laboratory.ec2.revokeSecurityGroupIngress(
                request -> request.groupId(group).ipPermissions(web));
        assertThat(code(() -> laboratory.ec2.revokeSecurityGroupIngress(
                        request -> request.groupId(group).ipPermissions(web))))
                .isEqualTo("InvalidPermission.NotFound");
        laboratory.ec2.deleteSecurityGroup(request -> request.groupId(group));
        assertThat(code(() -> laboratory.ec2.deleteSecurityGroup(request -> request.groupId(group))))
                .isEqualTo("InvalidGroup.NotFound");
    }

    private CreateSecurityGroupResponse create(String name) {
        return laboratory.ec2.createSecurityGroup(request -> request.groupName(name)
                .description("for a test")
                .vpcId(account.vpcId())
                .tagSpecifications(TagSpecification.builder()
                        .resourceType("security-group")
                        .tags(tag("owner", "test"))
                        .build()));
    }

    private static IpPermission range(String cidr, int port) {
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(port)
                .toPort(port)
                .ipRanges(IpRange.builder().cidrIp(cidr).description("test").build())
                .build();
    }

    private SecurityGroup described(String id) {
        return laboratory
                .ec2
                .describeSecurityGroups(request -> request.groupIds(id))
                .securityGroups()
                .getFirst();
    }

    @Test
    void aReferencedSecurityGroupCannotBeDeleted() {
        String front = create("front").groupId();
        String back = create("back").groupId();
        laboratory.ec2.authorizeSecurityGroupIngress(request -> request.groupId(back)
                .ipPermissions(IpPermission.builder()
                        .ipProtocol("-1")
                        .userIdGroupPairs(
                                UserIdGroupPair.builder().groupId(front).build())
                        .build()));
        assertThat(code(() -> laboratory.ec2.deleteSecurityGroup(request -> request.groupId(front))))
                .isEqualTo("DependencyViolation");
        laboratory.ec2.deleteSecurityGroup(request -> request.groupId(back));

        String balancer = laboratory.balancer("web", request -> request.securityGroups(front));
        assertThat(code(() -> laboratory.ec2.deleteSecurityGroup(request -> request.groupId(front))))
                .isEqualTo("DependencyViolation");
        laboratory.elb.deleteLoadBalancer(request -> request.loadBalancerArn(balancer));
        assertThat(code(() -> laboratory.ec2.deleteSecurityGroup(request -> request.groupId(front))))
                .isEqualTo("OK");
    }

    @Test
    void badRulesAndGroupsAreRefused() {
        String group = create("front").groupId();

        assertThat(code(() -> create("front"))).isEqualTo("InvalidGroup.Duplicate");
        assertThat(code(() -> authorize(group, range("10.0.0.1/8", 80)))).isEqualTo("InvalidParameterValue");
        assertThat(code(() -> authorize(group, range("10.0.0.0/8", 70000)))).isEqualTo("InvalidParameterValue");
        assertThat(code(() -> authorize("sg-9", range("10.0.0.0/8", 80)))).isEqualTo("InvalidGroup.NotFound");
        laboratory.cloud.limits().set(Limit.RULES_PER_SECURITY_GROUP, 1);
        authorize(group, range("10.0.0.0/8", 80));
        assertThat(code(() -> authorize(group, range("10.0.0.0/8", 81))))
                .isEqualTo("RulesPerSecurityGroupLimitExceeded");
    }

    private void authorize(String group, IpPermission permission) {
        laboratory.ec2.authorizeSecurityGroupIngress(
                request -> request.groupId(group).ipPermissions(permission));
    }

    @Test
    void aRuleIsChangedByItsId() {
        String group = create("front").groupId();
        authorize(group, range("10.0.0.0/8", 80));
        String rule = laboratory
                .ec2
                .describeSecurityGroupRules(request -> request.filters(filter("group-id", group)))
                .securityGroupRules()
                .getFirst()
                .securityGroupRuleId();

        laboratory.ec2.modifySecurityGroupRules(request -> request.groupId(group)
                .securityGroupRules(SecurityGroupRuleUpdate.builder()
                        .securityGroupRuleId(rule)
                        .securityGroupRule(SecurityGroupRuleRequest.builder()
                                .ipProtocol("tcp")
                                .fromPort(81)
                                .toPort(81)
                                .cidrIpv4("10.0.0.0/8")
                                .build())
                        .build()));

        assertThat(described(group).ipPermissions().getFirst().fromPort()).isEqualTo(81);
        laboratory.ec2.revokeSecurityGroupIngress(
                request -> request.groupId(group).securityGroupRuleIds(rule));
        assertThat(described(group).ipPermissions()).isEmpty();
    }

    @Test
    void tagsComeAndGo() {
        String group = create("front").groupId();
        laboratory.ec2.createTags(request ->
                request.resources(group, account.subnetIds().getFirst()).tags(tag("team", "web")));

        assertThat(laboratory
                        .ec2
                        .describeSecurityGroups(request -> request.filters(filter("tag:team", "w*")))
                        .securityGroups())
                .extracting(SecurityGroup::groupId)
                .containsExactly(group);
        laboratory.ec2.deleteTags(request -> request.resources(group).tags(tag("team", "web")));
        assertThat(described(group).tags())
                .singleElement()
                .satisfies(tag -> assertThat(tag.key()).isEqualTo("owner"));
        assertThat(code(() -> laboratory.ec2.createTags(
                        request -> request.resources("sg-9").tags(tag("a", "b")))))
                .isEqualTo("InvalidID");
    }
}
