package io.plumbline.aws;

import io.plumbline.aws.Failures.Meaning;
import io.plumbline.aws.Failures.Result;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.CallGate.Permission;
import io.plumbline.spi.CallGate.Sort;
import io.plumbline.spi.Provider.ReadRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;

/// Sends a call and takes its reply: the only place that touches the network, together with [Inquiries], which
/// reads. It asks the gate before each call and sends it once: the SDK's own repetition is off.
final class Calls {
    private final AwsSettings settings;
    private final CallGate gate;
    private final ElasticLoadBalancingV2Client balancers;
    private final Ec2Client network;
    private final ResourceGroupsTaggingApiClient tagging;

    Calls(AwsSettings settings, CallGate gate) {
        this.settings = settings;
        this.gate = gate;
        SdkHttpClient transport = settings.transport()
                .orElseGet(() -> UrlConnectionHttpClient.builder()
                        .connectionTimeout(settings.timeout())
                        .socketTimeout(settings.timeout())
                        .build());
        this.balancers = client(ElasticLoadBalancingV2Client.builder(), transport);
        this.network = client(Ec2Client.builder(), transport);
        this.tagging = client(ResourceGroupsTaggingApiClient.builder(), transport);
    }

    private Calls(Calls same, CallGate gate) {
        this.settings = same.settings;
        this.gate = gate;
        this.balancers = same.balancers;
        this.network = same.network;
        this.tagging = same.tagging;
    }

    /// For the calls of one reading.
    Calls reading(ReadRequest request) {
        return new Calls(this, gate.reading(request));
    }

    private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C extends SdkClient> C client(
            B builder, SdkHttpClient transport) {
        ClientOverrideConfiguration once = ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .apiCallTimeout(settings.timeout())
                .apiCallAttemptTimeout(settings.timeout())
                .build();
        settings.endpoint().map(URI::create).ifPresent(builder::endpointOverride);
        return builder.region(Region.of(settings.region()))
                .credentialsProvider(settings.credentials())
                .httpClient(transport)
                .overrideConfiguration(once)
                .build();
    }

    String vpcId() {
        return settings.vpcId();
    }

    ElasticLoadBalancingV2Client balancers() {
        return balancers;
    }

    Ec2Client network() {
        return network;
    }

    ResourceGroupsTaggingApiClient tagging() {
        return tagging;
    }

    /// One call, whatever it is, if the gate lets it pass.
    <T> Result<T> once(String action, Sort sort, Failures.SdkCall<T> call) {
        return switch (gate.ask(action, sort)) {
            case Permission.NotNow(var retry) -> new Result.Refused<>(new Meaning.Failed(retry));
            case Permission.Go go -> Failures.attempt(action, call);
        };
    }

    /// What a call made, by the cloud's own name.
    record Written(Optional<String> id) {
        static final Written NOTHING = new Written(Optional.empty());

        static Written of(String id) {
            return new Written(Optional.of(id));
        }
    }

    /// @param places in which it stands
    /// @param groups its security groups
    Result<Written> create(Call.CreateLoadBalancer call, List<Requests.Place> places, List<String> groups) {
        return once(
                call.action(),
                call.sort(),
                () -> Written.of(balancers
                        .createLoadBalancer(Requests.of(call, places, groups))
                        .loadBalancers()
                        .getFirst()
                        .loadBalancerArn()));
    }

    Result<Written> setSubnets(Call.SetSubnets call, List<Requests.Place> places) {
        return once(call.action(), call.sort(), () -> {
            balancers.setSubnets(request -> request.loadBalancerArn(call.loadBalancer())
                    .subnetMappings(places.stream().map(Requests::mapping).toList()));
            return Written.NOTHING;
        });
    }

    Result<Written> setSecurityGroups(Call.SetSecurityGroups call, String loadBalancer, List<String> groups) {
        return once(call.action(), call.sort(), () -> {
            balancers.setSecurityGroups(request -> request.loadBalancerArn(loadBalancer)
                    .securityGroups(groups)
                    .applyMutation(more -> call.rulesForPrivateLink()
                            .ifPresent(more::enforceSecurityGroupInboundRulesOnPrivateLinkTraffic)));
            return Written.NOTHING;
        });
    }

    /// @param made what an earlier call made, by the reference to it
    Result<Written> write(Call call, UnaryOperator<String> made) {
        return once(call.action(), call.sort(), () -> send(call, made));
    }

    private Written send(Call call, UnaryOperator<String> made) {
        switch (call) {
            case Call.CreateLoadBalancer other -> throw new IllegalArgumentException("places are needed: " + other);
            case Call.SetSubnets other -> throw new IllegalArgumentException("places are needed: " + other);
            case Call.SetSecurityGroups other -> throw new IllegalArgumentException("groups are needed: " + other);
            case Call.CreateTargetGroup create -> {
                return Written.of(balancers
                        .createTargetGroup(Requests.of(create, settings.vpcId()))
                        .targetGroups()
                        .getFirst()
                        .targetGroupArn());
            }
            case Call.CreateListener create -> {
                return Written.of(balancers
                        .createListener(Requests.of(create, made))
                        .listeners()
                        .getFirst()
                        .listenerArn());
            }
            case Call.CreateSecurityGroup create -> {
                return Written.of(network.createSecurityGroup(request -> request.groupName(create.name())
                                .description(create.description())
                                .vpcId(settings.vpcId())
                                .tagSpecifications(Requests.groupTags(create.tags())))
                        .groupId());
            }
            case Call.ModifyLoadBalancerAttributes modify ->
                balancers.modifyLoadBalancerAttributes(
                        request -> request.loadBalancerArn(made.apply(modify.loadBalancer()))
                                .attributes(Requests.attributes(modify.attributes())));
            case Call.SetIpAddressType set ->
                balancers.setIpAddressType(request -> request.loadBalancerArn(set.loadBalancer())
                        .ipAddressType(Requests.ipAddressType(Optional.of(set.family()))));
            case Call.AddTags add ->
                balancers.addTags(request ->
                        request.resourceArns(made.apply(add.resource())).tags(Requests.tags(add.tags())));
            case Call.RemoveTags remove ->
                balancers.removeTags(
                        request -> request.resourceArns(remove.resource()).tagKeys(remove.keys()));
            case Call.DeleteLoadBalancer delete ->
                balancers.deleteLoadBalancer(request -> request.loadBalancerArn(delete.loadBalancer()));
            case Call.ModifyTargetGroup modify -> balancers.modifyTargetGroup(Requests.of(modify));
            case Call.ModifyTargetGroupAttributes modify -> attributes(modify, made);
            case Call.DeleteTargetGroup delete ->
                balancers.deleteTargetGroup(request -> request.targetGroupArn(delete.group()));
            case Call.ModifyListener modify -> balancers.modifyListener(Requests.of(modify, made));
            case Call.ModifyListenerAttributes modify ->
                balancers.modifyListenerAttributes(request -> request.listenerArn(made.apply(modify.listener()))
                        .attributes(modify.attributes().entrySet().stream()
                                .map(entry ->
                                        software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerAttribute
                                                .builder()
                                                .key(entry.getKey())
                                                .value(entry.getValue())
                                                .build())
                                .toList()));
            case Call.AddListenerCertificates add ->
                balancers.addListenerCertificates(request -> request.listenerArn(made.apply(add.listener()))
                        .certificates(add.certificates().stream()
                                .map(Requests::certificate)
                                .toList()));
            case Call.RemoveListenerCertificates remove ->
                balancers.removeListenerCertificates(request -> request.listenerArn(remove.listener())
                        .certificates(remove.certificates().stream()
                                .map(Requests::certificate)
                                .toList()));
            case Call.DeleteListener delete ->
                balancers.deleteListener(request -> request.listenerArn(delete.listener()));
            case Call.Register register ->
                balancers.registerTargets(request -> request.targetGroupArn(made.apply(register.group()))
                        .targets(register.targets().stream()
                                .map(Requests::target)
                                .toList()));
            case Call.Deregister deregister ->
                balancers.deregisterTargets(request -> request.targetGroupArn(deregister.group())
                        .targets(deregister.targets().stream()
                                .map(Requests::target)
                                .toList()));
            case Call.AuthorizeRules authorize ->
                network.authorizeSecurityGroupIngress(request -> request.groupId(made.apply(authorize.group()))
                        .ipPermissions(Requests.permissions(authorize.rules())));
            case Call.RevokeRules revoke ->
                network.revokeSecurityGroupIngress(
                        request -> request.groupId(revoke.group()).ipPermissions(Requests.permissions(revoke.rules())));
            case Call.DeleteSecurityGroup delete ->
                network.deleteSecurityGroup(request -> request.groupId(delete.group()));
        }
        return Written.NOTHING;
    }

    private void attributes(Call.ModifyTargetGroupAttributes modify, UnaryOperator<String> made) {
        List<TargetGroupAttribute> attributes = modify.attributes().entrySet().stream()
                .map(entry -> TargetGroupAttribute.builder()
                        .key(entry.getKey())
                        .value(entry.getValue())
                        .build())
                .toList();
        balancers.modifyTargetGroupAttributes(
                request -> request.targetGroupArn(made.apply(modify.group())).attributes(attributes));
    }
}
