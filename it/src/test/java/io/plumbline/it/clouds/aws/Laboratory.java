package io.plumbline.it.clouds.aws;

import io.plumbline.it.clouds.Network;
import io.plumbline.it.clouds.Prober;
import io.plumbline.it.clouds.SimulationClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.sts.StsClient;

/// A simulated AWS on virtual time with the SDK's clients on it, none of which tries again.
final class Laboratory {
    final SimulationClock clock = SimulationClock.virtual(Instant.parse("2026-01-01T00:00:00Z"));
    final Network network = Network.everyAddress();
    final Set<String> sick = new ConcurrentSkipListSet<>();
    final SimulatedAws cloud;
    final AwsAccount account;
    final ElasticLoadBalancingV2Client elb;
    final Ec2Client ec2;

    Laboratory() {
        cloud = SimulatedAws.onVirtualTime(network, clock, Prober.answering(probe -> !sick.contains(probe.address())));
        account = cloud.account();
        network.putInstance("i-plumb001", "10.0.0.1");
        network.putInstance("i-plumb002", "10.0.0.2");
        for (Limit limit : Limit.values()) {
            if (limit.name().endsWith("_PER_SECOND")) {
                cloud.limits().turnOff(limit);
            }
        }
        elb = client(ElasticLoadBalancingV2Client.builder(), credentials());
        ec2 = client(Ec2Client.builder(), credentials());
    }

    AwsCredentials credentials() {
        return AwsBasicCredentials.create(account.accessKeyId(), account.secretAccessKey());
    }

    AcmClient acm() {
        return client(AcmClient.builder(), credentials());
    }

    ResourceGroupsTaggingApiClient tagging() {
        return client(ResourceGroupsTaggingApiClient.builder(), credentials());
    }

    StsClient sts(AwsCredentials credentials) {
        return client(StsClient.builder(), credentials);
    }

    <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(B builder, AwsCredentials credentials) {
        return builder.httpClient(new InProcessTransport(cloud, clock::advance))
                .endpointOverride(URI.create("http://aws.simulated"))
                .region(Region.of(account.region()))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    void pass(Duration time) {
        clock.advance(time);
        cloud.tick();
    }

    /// An internet-facing balancer in both public subnets, active.
    String balancer(String name) {
        return balancer(name, settings -> {});
    }

    String balancer(String name, Consumer<CreateLoadBalancerRequest.Builder> more) {
        CreateLoadBalancerRequest.Builder request = CreateLoadBalancerRequest.builder()
                .name(name)
                .type(LoadBalancerTypeEnum.NETWORK)
                .subnets(account.subnetIds().subList(0, 2));
        more.accept(request);
        String arn = elb.createLoadBalancer(request.build())
                .loadBalancers()
                .getFirst()
                .loadBalancerArn();
        pass(Duration.ofSeconds(3));
        return arn;
    }

    /// A group of ip targets at TCP 80 that checks every ten seconds and counts to two.
    String group(String name) {
        return group(name, settings -> {});
    }

    String group(String name, Consumer<CreateTargetGroupRequest.Builder> more) {
        CreateTargetGroupRequest.Builder request = CreateTargetGroupRequest.builder()
                .name(name)
                .protocol(ProtocolEnum.TCP)
                .port(80)
                .vpcId(account.vpcId())
                .targetType(TargetTypeEnum.IP)
                .healthCheckIntervalSeconds(10)
                .healthyThresholdCount(2)
                .unhealthyThresholdCount(2);
        more.accept(request);
        return elb.createTargetGroup(request.build()).targetGroups().getFirst().targetGroupArn();
    }

    String listener(String balancer, ProtocolEnum protocol, int port, String group) {
        return elb.createListener(listening(balancer, protocol, port, group).build())
                .listeners()
                .getFirst()
                .listenerArn();
    }

    static CreateListenerRequest.Builder listening(String balancer, ProtocolEnum protocol, int port, String group) {
        return CreateListenerRequest.builder()
                .loadBalancerArn(balancer)
                .protocol(protocol)
                .port(port)
                .defaultActions(
                        Action.builder().type("forward").targetGroupArn(group).build());
    }

    void register(String group, String... ids) {
        elb.registerTargets(request -> request.targetGroupArn(group).targets(targets(ids)));
    }

    void deregister(String group, String... ids) {
        elb.deregisterTargets(request -> request.targetGroupArn(group).targets(targets(ids)));
    }

    static List<TargetDescription> targets(String... ids) {
        return Arrays.stream(ids)
                .map(id -> TargetDescription.builder().id(id).build())
                .toList();
    }

    /// `<state> <reason>` of a target, asked for by its id.
    String health(String group, String id) {
        TargetHealth health = elb.describeTargetHealth(
                        request -> request.targetGroupArn(group).targets(targets(id)))
                .targetHealthDescriptions()
                .getFirst()
                .targetHealth();
        return (health.stateAsString() + " " + (health.reason() == null ? "" : health.reasonAsString())).strip();
    }

    /// The error code with which a call is refused, or `OK`.
    static String code(Runnable call) {
        try {
            call.run();
            return "OK";
        } catch (AwsServiceException refused) {
            return refused.awsErrorDetails().errorCode();
        }
    }
}
