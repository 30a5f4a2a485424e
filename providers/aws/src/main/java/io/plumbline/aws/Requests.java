package io.plumbline.aws;

import io.plumbline.aws.Call.Check;
import io.plumbline.spi.model.LoadBalancer.AddressFamily;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.Pool.Targets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.IpAddressType;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Matcher;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SubnetMapping;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/// Calls in the SDK's shape. Pure.
final class Requests {
    private Requests() {}

    static CreateLoadBalancerRequest of(Call.CreateLoadBalancer call, List<Place> places, List<String> groups) {
        return CreateLoadBalancerRequest.builder()
                .name(call.name())
                .type(LoadBalancerTypeEnum.NETWORK)
                .scheme(
                        call.wanted().scheme().asOptional().orElse(Scheme.INTERNAL) == Scheme.INTERNET
                                ? LoadBalancerSchemeEnum.INTERNET_FACING
                                : LoadBalancerSchemeEnum.INTERNAL)
                .ipAddressType(ipAddressType(call.wanted().addressFamily().asOptional()))
                .subnetMappings(places.stream().map(Requests::mapping).toList())
                .securityGroups(groups)
                .tags(tags(call.tags()))
                .build();
    }

    /// A subnet, and the addresses of the load balancer there.
    record Place(String subnet, Optional<String> elastic, Optional<String> ipv4, Optional<String> ipv6) {}

    static SubnetMapping mapping(Place place) {
        return SubnetMapping.builder()
                .subnetId(place.subnet())
                .applyMutation(mapping -> {
                    place.elastic().ifPresent(mapping::allocationId);
                    place.ipv4().ifPresent(mapping::privateIPv4Address);
                    place.ipv6().ifPresent(mapping::iPv6Address);
                })
                .build();
    }

    static IpAddressType ipAddressType(Optional<AddressFamily> family) {
        return switch (family.orElse(AddressFamily.IPV4)) {
            case IPV4, IPV6 -> IpAddressType.IPV4;
            case DUAL_STACK -> IpAddressType.DUALSTACK;
        };
    }

    static CreateTargetGroupRequest of(Call.CreateTargetGroup call, String vpcId) {
        return CreateTargetGroupRequest.builder()
                .name(call.name())
                .protocol(call.protocol())
                .port(call.port())
                .vpcId(vpcId)
                .targetType(call.kind().targets() == Targets.PODS ? TargetTypeEnum.IP : TargetTypeEnum.INSTANCE)
                .ipAddressType(call.kind().ipAddressType())
                .tags(tags(call.tags()))
                .applyMutation(request -> check(call.check(), request))
                .build();
    }

    private static void check(Check check, CreateTargetGroupRequest.Builder request) {
        request.healthCheckEnabled(true);
        check.protocol().ifPresent(request::healthCheckProtocol);
        check.port().ifPresent(request::healthCheckPort);
        check.path().ifPresent(request::healthCheckPath);
        check.codes().ifPresent(codes -> request.matcher(matcher(codes)));
        check.times().interval().ifPresent(request::healthCheckIntervalSeconds);
        check.times().timeout().ifPresent(request::healthCheckTimeoutSeconds);
        check.times().healthy().ifPresent(request::healthyThresholdCount);
        check.times().unhealthy().ifPresent(request::unhealthyThresholdCount);
    }

    static ModifyTargetGroupRequest of(Call.ModifyTargetGroup call) {
        return ModifyTargetGroupRequest.builder()
                .targetGroupArn(call.group())
                .applyMutation(request -> check(call.check(), request))
                .build();
    }

    private static void check(Check check, ModifyTargetGroupRequest.Builder request) {
        check.protocol().ifPresent(request::healthCheckProtocol);
        check.port().ifPresent(request::healthCheckPort);
        check.path().ifPresent(request::healthCheckPath);
        check.codes().ifPresent(codes -> request.matcher(matcher(codes)));
        check.times().interval().ifPresent(request::healthCheckIntervalSeconds);
        check.times().timeout().ifPresent(request::healthCheckTimeoutSeconds);
        check.times().healthy().ifPresent(request::healthyThresholdCount);
        check.times().unhealthy().ifPresent(request::unhealthyThresholdCount);
    }

    private static Matcher matcher(String codes) {
        return Matcher.builder().httpCode(codes).build();
    }

    static CreateListenerRequest of(Call.CreateListener call, UnaryOperator<String> made) {
        AwsListenerOptions options = call.options();
        return CreateListenerRequest.builder()
                .loadBalancerArn(made.apply(call.loadBalancer()))
                .port(call.port())
                .protocol(options.protocol().asOptional().orElse("TCP"))
                .defaultActions(forward(call.forwards(), made))
                .tags(tags(call.tags()))
                .applyMutation(request -> {
                    if (options.tls()) {
                        options.certificate().asOptional().ifPresent(arn -> request.certificates(certificate(arn)));
                        options.policy().asOptional().ifPresent(request::sslPolicy);
                        options.alpn().asOptional().ifPresent(request::alpnPolicy);
                    }
                })
                .build();
    }

    static ModifyListenerRequest of(Call.ModifyListener call, UnaryOperator<String> made) {
        return ModifyListenerRequest.builder()
                .listenerArn(made.apply(call.listener()))
                .applyMutation(request -> {
                    call.options().ifPresent(options -> settings(options, request));
                    if (!call.forwards().isEmpty()) {
                        request.defaultActions(forward(call.forwards(), made));
                    }
                })
                .build();
    }

    private static void settings(AwsListenerOptions options, ModifyListenerRequest.Builder request) {
        options.protocol().asOptional().ifPresent(request::protocol);
        if (options.tls()) {
            options.certificate().asOptional().ifPresent(arn -> request.certificates(certificate(arn)));
            options.policy().asOptional().ifPresent(request::sslPolicy);
            options.alpn().asOptional().ifPresent(request::alpnPolicy);
        }
    }

    static Certificate certificate(String arn) {
        return Certificate.builder().certificateArn(arn).build();
    }

    /// One target group is named as every version of the API takes it.
    private static Action forward(List<Call.Forward> forwards, UnaryOperator<String> made) {
        if (forwards.size() == 1) {
            return Action.builder()
                    .type(ActionTypeEnum.FORWARD)
                    .targetGroupArn(made.apply(forwards.getFirst().group()))
                    .build();
        }
        List<TargetGroupTuple> tuples = forwards.stream()
                .map(forward -> TargetGroupTuple.builder()
                        .targetGroupArn(made.apply(forward.group()))
                        .weight(forward.weight())
                        .build())
                .toList();
        return Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .forwardConfig(
                        ForwardActionConfig.builder().targetGroups(tuples).build())
                .build();
    }

    static List<LoadBalancerAttribute> attributes(SortedMap<String, String> attributes) {
        return attributes.entrySet().stream()
                .map(entry -> LoadBalancerAttribute.builder()
                        .key(entry.getKey())
                        .value(entry.getValue())
                        .build())
                .toList();
    }

    static List<Tag> tags(SortedMap<String, String> tags) {
        return tags.entrySet().stream()
                .map(entry -> Tag.builder()
                        .key(entry.getKey())
                        .value(entry.getValue())
                        .build())
                .toList();
    }

    static TargetDescription target(Call.Target target) {
        return TargetDescription.builder().id(target.id()).port(target.port()).build();
    }

    static TagSpecification groupTags(SortedMap<String, String> tags) {
        return TagSpecification.builder()
                .resourceType(ResourceType.SECURITY_GROUP)
                .tags(tags.entrySet().stream()
                        .map(entry -> software.amazon.awssdk.services.ec2.model.Tag.builder()
                                .key(entry.getKey())
                                .value(entry.getValue())
                                .build())
                        .toList())
                .build();
    }

    static List<IpPermission> permissions(List<SecurityRule> rules) {
        return rules.stream().map(Requests::permission).toList();
    }

    private static IpPermission permission(SecurityRule rule) {
        return IpPermission.builder()
                .ipProtocol(rule.protocol())
                .fromPort(rule.from())
                .toPort(rule.to())
                .applyMutation(permission -> source(rule, permission))
                .build();
    }

    private static void source(SecurityRule rule, IpPermission.Builder permission) {
        if (rule.fromGroup()) {
            permission.userIdGroupPairs(
                    UserIdGroupPair.builder().groupId(rule.source()).build());
        } else if (rule.fromPrefixList()) {
            permission.prefixListIds(
                    PrefixListId.builder().prefixListId(rule.source()).build());
        } else if (Cidr.isIpv6(rule.source())) {
            permission.ipv6Ranges(Ipv6Range.builder().cidrIpv6(rule.source()).build());
        } else {
            permission.ipRanges(IpRange.builder().cidrIp(rule.source()).build());
        }
    }
}
