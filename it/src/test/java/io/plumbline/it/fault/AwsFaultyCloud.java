package io.plumbline.it.fault;

import io.plumbline.aws.AwsProvider;
import io.plumbline.aws.AwsSettings;
import io.plumbline.it.clouds.Fault;
import io.plumbline.it.clouds.aws.AwsAccount;
import io.plumbline.it.clouds.aws.AwsClients;
import io.plumbline.it.clouds.aws.InProcessTransport;
import io.plumbline.it.clouds.aws.Limit;
import io.plumbline.it.clouds.aws.SimulatedAws;
import io.plumbline.it.virtual.VirtualClock;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acm.model.CertificateSummary;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/// The simulated NLB on virtual time, reached through AWS's own SDK.
final class AwsFaultyCloud extends SimulatedFaultyCloud<SimulatedAws> {
    private static final Duration PROVISIONED = Duration.ofSeconds(15);
    private static final String ENDPOINT = "http://aws.simulated";
    private static final Map<String, String> BY_PODS =
            Map.of("service.beta.kubernetes.io/aws-load-balancer-nlb-target-type", "ip");

    AwsFaultyCloud(VirtualClock clock) {
        super(clock, SimulatedAws::onVirtualTime);
    }

    @Override
    String throttled() {
        return "Throttling";
    }

    @Override
    String busy() {
        return "ResourceInUse";
    }

    @Override
    public Provider provider(CallGate gate) {
        AwsAccount account = cloud.account();
        AwsCredentialsProvider right =
                AwsSettings.keys(account.accessKeyId(), account.secretAccessKey(), Optional.empty());
        AwsCredentialsProvider wrong = AwsSettings.keys(account.accessKeyId(), WRONG_KEY, Optional.empty());
        AwsCredentialsProvider keys = new AwsCredentialsProvider() {
            @Override
            public AwsCredentials resolveCredentials() {
                return keys(right, wrong).resolveCredentials();
            }
        };
        AwsSettings settings = AwsSettings.of(account.region(), account.vpcId(), keys)
                .at(ENDPOINT)
                .through(transport());
        return new AwsProvider(settings, gate, clock);
    }

    @Override
    public Map<String, String> serviceAnnotations() {
        return BY_PODS;
    }

    @Override
    public Map<String, String> grace() {
        return BY_PODS;
    }

    /// There are no tasks: what fails is the call itself.
    @Override
    public void failTask() {
        cloud.faults().add(Fault.error("*write", 1, "InternalFailure"));
    }

    /// A target group takes all targets of a call, or none: those of one port are refused.
    @Override
    public void registerPartly() {
        cloud.faults().add(Fault.error("RegisterTargets", 1, "InternalFailure"));
    }

    @Override
    public void deleteByHand() {
        for (String arn : balancers()) {
            elb().deleteLoadBalancer(request -> request.loadBalancerArn(arn));
        }
        pass(PROVISIONED);
    }

    @Override
    public void makeStrangersListener(int port) {
        String arn = balancers().getFirst();
        String group = elb().createTargetGroup(request -> request.name("strangers-" + port)
                        .protocol(ProtocolEnum.TCP)
                        .port(9000)
                        .vpcId(cloud.account().vpcId())
                        .targetType(TargetTypeEnum.IP))
                .targetGroups()
                .getFirst()
                .targetGroupArn();
        elb().createListener(request -> request.loadBalancerArn(arn)
                .protocol(ProtocolEnum.TCP)
                .port(port)
                .defaultActions(
                        Action.builder().type("forward").targetGroupArn(group).build()));
        pass(PROVISIONED);
    }

    /// The ARN of the certificate that exists for this domain.
    String certificate(String domain) {
        return acm().listCertificates().certificateSummaryList().stream()
                .filter(certificate -> domain.equals(certificate.domainName()))
                .map(CertificateSummary::certificateArn)
                .findFirst()
                .orElseThrow();
    }

    /// Its user imports one of their own.
    String importCertificate(String domain) {
        SelfSigned made = SelfSigned.of(domain);
        return acm().importCertificate(request -> request.certificate(SdkBytes.fromUtf8String(made.certificate()))
                        .privateKey(SdkBytes.fromUtf8String(made.privateKey())))
                .certificateArn();
    }

    private AcmClient acm() {
        return AwsClients.client(AcmClient.builder(), cloud.account(), ENDPOINT, transport());
    }

    /// `ipv4` or `dualstack`, of the only load balancer.
    String ipAddressType() {
        return elb().describeLoadBalancers().loadBalancers().getFirst().ipAddressTypeAsString();
    }

    /// The kinds of target groups that there are: `ip ipv6`.
    List<String> groupKinds() {
        return elb().describeTargetGroups().targetGroups().stream()
                .map(group -> group.targetTypeAsString() + " " + group.ipAddressTypeAsString())
                .sorted()
                .toList();
    }

    /// The default certificate of a port's listener, and the others sorted behind it.
    List<String> certificatesOf(int port) {
        String arn =
                elb()
                        .describeListeners(
                                request -> request.loadBalancerArn(balancers().getFirst()))
                        .listeners()
                        .stream()
                        .filter(listener -> listener.port() == port)
                        .findFirst()
                        .orElseThrow()
                        .listenerArn();
        return elb().describeListenerCertificates(request -> request.listenerArn(arn)).certificates().stream()
                .sorted(Comparator.comparing((Certificate shown) -> !shown.isDefault())
                        .thenComparing(Certificate::certificateArn))
                .map(Certificate::certificateArn)
                .toList();
    }

    private ElasticLoadBalancingV2Client elb() {
        return AwsClients.client(ElasticLoadBalancingV2Client.builder(), cloud.account(), ENDPOINT, transport());
    }

    private SdkHttpClient transport() {
        return new InProcessTransport(cloud, clock::moveBy);
    }

    @Override
    public void limited(boolean on) {
        Stream.of(
                        Limit.NETWORK_BALANCERS,
                        Limit.READS_PER_SECOND,
                        Limit.WRITES_PER_SECOND,
                        Limit.REGISTRATIONS_PER_SECOND,
                        Limit.EC2_READS_PER_SECOND,
                        Limit.EC2_WRITES_PER_SECOND,
                        Limit.OTHER_CALLS_PER_SECOND)
                .forEach(limit -> cloud.limits().set(limit, on ? limit.initial() : limit.off()));
    }

    /// Target groups, but for a stranger's, and security groups that were not there from the start.
    @Override
    public List<String> beside() {
        List<String> left = new ArrayList<>();
        elb().describeTargetGroups().targetGroups().stream()
                .map(TargetGroup::targetGroupName)
                .filter(name -> !name.startsWith("strangers-"))
                .forEach(left::add);
        ec2().describeSecurityGroups().securityGroups().stream()
                .filter(group -> !cloud.account().securityGroupIds().contains(group.groupId()))
                .map(SecurityGroup::groupName)
                .forEach(left::add);
        return left;
    }

    private Ec2Client ec2() {
        return AwsClients.client(Ec2Client.builder(), cloud.account(), ENDPOINT, transport());
    }

    /// A call takes the targets of one target group.
    @Override
    public int writesForAMemberOf(int pools) {
        return pools;
    }
}
