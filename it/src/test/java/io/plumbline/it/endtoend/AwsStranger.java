package io.plumbline.it.endtoend;

import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.aws.AwsAccount;
import io.plumbline.it.clouds.aws.AwsClients;
import io.plumbline.it.cluster.Waiting;
import io.plumbline.it.laboratory.Laboratory;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

final class AwsStranger implements Stranger {
    private static final AwsAccount ACCOUNT = AwsAccount.example();

    private final Laboratory laboratory;
    private final ElasticLoadBalancingV2Client client;
    private final Ec2Client machines;

    AwsStranger(Laboratory laboratory) {
        this.laboratory = laboratory;
        SdkHttpClient transport = UrlConnectionHttpClient.create();
        String endpoint = laboratory.strangersEndpoint();
        this.client = AwsClients.client(ElasticLoadBalancingV2Client.builder(), ACCOUNT, endpoint, transport);
        this.machines = AwsClients.client(Ec2Client.builder(), ACCOUNT, endpoint, transport);
    }

    @Override
    public String createBalancer(String name, Map<String, String> tags) {
        String arn = client.createLoadBalancer(request -> request.name(name)
                        .type(LoadBalancerTypeEnum.NETWORK)
                        .scheme(LoadBalancerSchemeEnum.INTERNET_FACING)
                        .subnets(ACCOUNT.subnetIds().getFirst())
                        .applyMutation(more -> {
                            if (!tags.isEmpty()) {
                                more.tags(tags.entrySet().stream()
                                        .map(tag -> Tag.builder()
                                                .key(tag.getKey())
                                                .value(tag.getValue())
                                                .build())
                                        .toList());
                            }
                        }))
                .loadBalancers()
                .getFirst()
                .loadBalancerArn();
        Waiting.until(
                "the stranger's balancer",
                Example.LIMIT,
                () -> laboratory.cloud().balancers().stream()
                        .anyMatch(balancer -> balancer.id().equals(arn) && balancer.running()));
        return arn;
    }

    @Override
    public void createListener(BalancerView balancer, String name, int port) {
        String group = client.createTargetGroup(request -> request.name(name + "-" + port)
                        .protocol(ProtocolEnum.TCP)
                        .port(port)
                        .vpcId(ACCOUNT.vpcId())
                        .targetType(TargetTypeEnum.IP))
                .targetGroups()
                .getFirst()
                .targetGroupArn();
        Action forward = Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .targetGroupArn(group)
                .build();
        client.createListener(request -> request.loadBalancerArn(balancer.id())
                .protocol(ProtocolEnum.TCP)
                .port(port)
                .defaultActions(forward));
    }

    /// And its security groups, but for those that others use too.
    @Override
    public void deleteBalancer(BalancerView balancer) {
        List<String> groups = client.describeLoadBalancers(request -> request.loadBalancerArns(balancer.id()))
                .loadBalancers()
                .getFirst()
                .securityGroups();
        client.deleteLoadBalancer(request -> request.loadBalancerArn(balancer.id()));
        groups.forEach(this::deleteUnused);
    }

    private void deleteUnused(String group) {
        try {
            machines.deleteSecurityGroup(request -> request.groupId(group));
        } catch (Ec2Exception e) {
            if (!e.awsErrorDetails().errorCode().equals("DependencyViolation")) {
                throw e;
            }
        }
    }
}
