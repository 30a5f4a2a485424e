package io.plumbline.aws;

import io.plumbline.aws.Failures.Result;
import io.plumbline.spi.CallGate.Sort;
import io.plumbline.spi.Provider.ReadRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

/// Calls that read, page by page where a reply has several.
final class Inquiries {
    private final Calls calls;

    Inquiries(Calls calls) {
        this.calls = calls;
    }

    /// For the calls of one reading.
    Inquiries reading(ReadRequest request) {
        return new Inquiries(calls.reading(request));
    }

    /// A part of an answer, and where the next begins.
    private record Page<T>(List<T> entries, Optional<String> next) {
        static <T> Page<T> of(List<T> entries, String next) {
            return new Page<>(entries, Optional.ofNullable(next).filter(text -> !text.isEmpty()));
        }

        static <T> Page<T> last(List<T> entries) {
            return new Page<>(entries, Optional.empty());
        }
    }

    private <T> Result<List<T>> pages(String action, Sort sort, Function<Optional<String>, Page<T>> ask) {
        List<T> all = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            Optional<String> from = next;
            switch (calls.once(action, sort, () -> ask.apply(from))) {
                case Result.Refused<Page<T>>(Failures.Meaning meaning) -> {
                    return new Result.Refused<>(meaning);
                }
                case Result.Replied<Page<T>>(Page<T> page) -> {
                    all.addAll(page.entries());
                    next = page.next();
                }
            }
        } while (next.isPresent());
        return new Result.Replied<>(List.copyOf(all));
    }

    private <T> Result<List<T>> read(String action, Function<Optional<String>, Page<T>> ask) {
        return pages(action, Sort.READ, ask);
    }

    Result<List<LoadBalancer>> loadBalancerByName(String name) {
        return read(
                "DescribeLoadBalancers",
                from -> Page.last(calls.balancers()
                        .describeLoadBalancers(request -> request.names(name))
                        .loadBalancers()));
    }

    Result<List<LoadBalancer>> loadBalancerByArn(String arn) {
        return read(
                "DescribeLoadBalancers",
                from -> Page.last(calls.balancers()
                        .describeLoadBalancers(request -> request.loadBalancerArns(arn))
                        .loadBalancers()));
    }

    Result<List<Listener>> listeners(String loadBalancer) {
        return read("DescribeListeners", from -> {
            var reply = calls.balancers()
                    .describeListeners(
                            request -> request.loadBalancerArn(loadBalancer).marker(from.orElse(null)));
            return Page.of(reply.listeners(), reply.nextMarker());
        });
    }

    /// Those that a listener leads to.
    Result<List<TargetGroup>> targetGroupsOf(String loadBalancer) {
        return read("DescribeTargetGroups", from -> {
            var reply = calls.balancers()
                    .describeTargetGroups(
                            request -> request.loadBalancerArn(loadBalancer).marker(from.orElse(null)));
            return Page.of(reply.targetGroups(), reply.nextMarker());
        });
    }

    Result<List<TargetGroup>> targetGroup(String arn) {
        return read(
                "DescribeTargetGroups",
                from -> Page.last(calls.balancers()
                        .describeTargetGroups(request -> request.targetGroupArns(arn))
                        .targetGroups()));
    }

    Result<List<TargetGroup>> targetGroupByName(String name) {
        return read(
                "DescribeTargetGroups",
                from -> Page.last(calls.balancers()
                        .describeTargetGroups(request -> request.names(name))
                        .targetGroups()));
    }

    /// A resource and its tags.
    record Tagged(String arn, SortedMap<String, String> tags) {
        Tagged {
            tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        }
    }

    /// @param arns of load balancers, listeners and target groups, at most [Limits#TAGGED_PER_CALL]
    Result<List<Tagged>> tags(List<String> arns) {
        return read(
                "DescribeTags",
                from -> Page.last(
                        calls.balancers().describeTags(request -> request.resourceArns(arns)).tagDescriptions().stream()
                                .map(shown -> new Tagged(shown.resourceArn(), map(shown.tags())))
                                .toList()));
    }

    private static SortedMap<String, String> map(List<Tag> tags) {
        TreeMap<String, String> map = new TreeMap<>();
        tags.forEach(tag -> map.put(tag.key(), Optional.ofNullable(tag.value()).orElse("")));
        return map;
    }

    Result<SortedMap<String, String>> loadBalancerAttributes(String arn) {
        return calls.once("DescribeLoadBalancerAttributes", Sort.READ, () -> {
            TreeMap<String, String> map = new TreeMap<>();
            calls.balancers()
                    .describeLoadBalancerAttributes(request -> request.loadBalancerArn(arn))
                    .attributes()
                    .forEach(one ->
                            map.put(one.key(), Optional.ofNullable(one.value()).orElse("")));
            return map;
        });
    }

    Result<SortedMap<String, String>> targetGroupAttributes(String arn) {
        return calls.once("DescribeTargetGroupAttributes", Sort.READ, () -> {
            TreeMap<String, String> map = new TreeMap<>();
            calls.balancers()
                    .describeTargetGroupAttributes(request -> request.targetGroupArn(arn))
                    .attributes()
                    .forEach(one ->
                            map.put(one.key(), Optional.ofNullable(one.value()).orElse("")));
            return map;
        });
    }

    Result<SortedMap<String, String>> listenerAttributes(String arn) {
        return calls.once("DescribeListenerAttributes", Sort.READ, () -> {
            TreeMap<String, String> map = new TreeMap<>();
            calls.balancers()
                    .describeListenerAttributes(request -> request.listenerArn(arn))
                    .attributes()
                    .forEach(one ->
                            map.put(one.key(), Optional.ofNullable(one.value()).orElse("")));
            return map;
        });
    }

    Result<List<Certificate>> certificates(String listener) {
        return read("DescribeListenerCertificates", from -> {
            var reply = calls.balancers()
                    .describeListenerCertificates(
                            request -> request.listenerArn(listener).marker(from.orElse(null)));
            return Page.of(reply.certificates(), reply.nextMarker());
        });
    }

    /// All targets of a group, with their health.
    Result<List<TargetHealthDescription>> targets(String group, Sort sort) {
        return pages(
                "DescribeTargetHealth",
                sort,
                from -> Page.last(calls.balancers()
                        .describeTargetHealth(request -> request.targetGroupArn(group))
                        .targetHealthDescriptions()));
    }

    /// Load balancers and target groups that carry the marks of these objects: the one search that finds what no
    /// listener leads to any more.
    Result<List<Tagged>> marked(String clusterUid, List<String> objectUids) {
        return read("GetResources", from -> {
            var reply = calls.tagging()
                    .getResources(request -> request.tagFilters(
                                    TagFilter.builder()
                                            .key(Names.CLUSTER_TAG)
                                            .values(clusterUid)
                                            .build(),
                                    TagFilter.builder()
                                            .key(Names.OBJECT_TAG)
                                            .values(objectUids)
                                            .build())
                            .resourceTypeFilters(
                                    "elasticloadbalancing:loadbalancer", "elasticloadbalancing:targetgroup")
                            .paginationToken(from.orElse(null)));
            return Page.of(
                    reply.resourceTagMappingList().stream()
                            .map(shown -> new Tagged(shown.resourceARN(), tagsOf(shown.tags())))
                            .toList(),
                    reply.paginationToken());
        });
    }

    private static SortedMap<String, String> tagsOf(
            List<software.amazon.awssdk.services.resourcegroupstaggingapi.model.Tag> tags) {
        TreeMap<String, String> map = new TreeMap<>();
        tags.forEach(tag -> map.put(tag.key(), Optional.ofNullable(tag.value()).orElse("")));
        return map;
    }

    /// Of our own network.
    Result<List<SecurityGroup>> groupsByName(List<String> names) {
        return groups(filter("group-name", names), filter("vpc-id", List.of(calls.vpcId())));
    }

    Result<List<SecurityGroup>> groupsById(List<String> ids) {
        return groups(filter("group-id", ids));
    }

    /// Those with a rule that lets this one in.
    Result<List<SecurityGroup>> groupsLettingIn(String group) {
        return groups(filter("ip-permission.group-id", List.of(group)));
    }

    private Result<List<SecurityGroup>> groups(Filter... filters) {
        return read("DescribeSecurityGroups", from -> {
            var reply = calls.network()
                    .describeSecurityGroups(request -> request.filters(filters).nextToken(from.orElse(null)));
            return Page.of(reply.securityGroups(), reply.nextToken());
        });
    }

    Result<List<Subnet>> subnets() {
        return read("DescribeSubnets", from -> {
            var reply = calls.network()
                    .describeSubnets(request -> request.filters(filter("vpc-id", List.of(calls.vpcId())))
                            .nextToken(from.orElse(null)));
            return Page.of(reply.subnets(), reply.nextToken());
        });
    }

    Result<List<RouteTable>> routeTables() {
        return read("DescribeRouteTables", from -> {
            var reply = calls.network()
                    .describeRouteTables(request -> request.filters(filter("vpc-id", List.of(calls.vpcId())))
                            .nextToken(from.orElse(null)));
            return Page.of(reply.routeTables(), reply.nextToken());
        });
    }

    /// @param addresses of one family, at most [Limits#FILTER_VALUES]
    Result<List<NetworkInterface>> interfacesOf(List<String> addresses) {
        String name = addresses.stream().anyMatch(Cidr::isIpv6)
                ? "ipv6-addresses.ipv6-address"
                : "addresses.private-ip-address";
        return interfaces(filter(name, addresses), filter("vpc-id", List.of(calls.vpcId())));
    }

    /// All that are in use in our network: no filter finds one by a prefix that it has.
    Result<List<NetworkInterface>> interfacesInUse() {
        return interfaces(filter("status", List.of("in-use")), filter("vpc-id", List.of(calls.vpcId())));
    }

    /// Those that carry a security group.
    Result<List<NetworkInterface>> interfacesWith(String group) {
        return interfaces(filter("group-id", List.of(group)));
    }

    private Result<List<NetworkInterface>> interfaces(Filter... filters) {
        return read("DescribeNetworkInterfaces", from -> {
            var reply = calls.network()
                    .describeNetworkInterfaces(
                            request -> request.filters(filters).nextToken(from.orElse(null)));
            return Page.of(reply.networkInterfaces(), reply.nextToken());
        });
    }

    /// @param ids at most [Limits#FILTER_VALUES]
    Result<List<Instance>> instances(List<String> ids) {
        return read("DescribeInstances", from -> {
            var reply = calls.network()
                    .describeInstances(request ->
                            request.filters(filter("instance-id", ids)).nextToken(from.orElse(null)));
            return Page.of(
                    reply.reservations().stream()
                            .flatMap(reservation -> reservation.instances().stream())
                            .toList(),
                    reply.nextToken());
        });
    }

    static List<String> ids(List<GroupIdentifier> groups) {
        return groups.stream().map(GroupIdentifier::groupId).sorted().toList();
    }

    private static Filter filter(String name, List<String> values) {
        return Filter.builder().name(name).values(values).build();
    }
}
