package io.plumbline.it.laboratory;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.plumbline.app.ProviderSettings;
import io.plumbline.it.clouds.Network;
import io.plumbline.it.clouds.SimulatedCloud;
import io.plumbline.it.clouds.aws.AwsAccount;
import io.plumbline.it.clouds.aws.SimulatedAws;
import io.plumbline.it.cluster.kubelet.Machine;
import io.plumbline.it.cluster.kubelet.NodeShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The simulated AWS in the laboratory.
final class AwsLaboratory implements LaboratoryCloud {
    /// How long a deregistered ip target still gets new connections here: in the real cloud up to two minutes, which a
    /// preStop sleep must outlast.
    static final int STILL_SERVES_MILLIS = 3000;

    private static final String NLB = "service.beta.kubernetes.io/aws-load-balancer-";
    private static final String GROUP_ATTRIBUTES = NLB + "target-group-attributes";
    private static final AwsAccount ACCOUNT = AwsAccount.example();

    @Override
    public String name() {
        return "aws";
    }

    @Override
    public SimulatedCloud start(Network network) {
        SimulatedAws aws = SimulatedAws.onSockets(network);
        aws.putQuotas(
                JsonNodeFactory.instance.objectNode().put("deregistered-still-serves-millis", STILL_SERVES_MILLIS));
        return aws;
    }

    @Override
    public ProviderSettings settings(String endpoint) {
        return new ProviderSettings(
                Map.of(
                        "--aws-region", ACCOUNT.region(),
                        "--aws-vpc-id", ACCOUNT.vpcId(),
                        "--aws-endpoint", endpoint),
                Map.of(
                        "AWS_ACCESS_KEY_ID", ACCOUNT.accessKeyId(),
                        "AWS_SECRET_ACCESS_KEY", ACCOUNT.secretAccessKey()));
    }

    @Override
    public boolean everyPodDirect() {
        return true;
    }

    @Override
    public NodeShape node() {
        String zone = ACCOUNT.subnets().getFirst().zone();
        return NodeShape.ordinary()
                .withProviderId("aws:///" + zone + "/i-000000000{instance}")
                .in(ACCOUNT.region(), zone);
    }

    @Override
    public String instanceId(Machine machine) {
        String providerId = machine.providerId().orElseThrow();
        return providerId.substring(providerId.lastIndexOf('/') + 1);
    }

    @Override
    public Annotations annotations(Wish wish) {
        return switch (wish) {
            case DIRECT -> Annotations.of(NLB + "nlb-target-type", "ip");
            case NODE_PORTS -> Annotations.of(NLB + "nlb-target-type", "instance");
            case PUBLIC -> Annotations.of(NLB + "scheme", "internet-facing");
            case INTERNAL -> Annotations.of(NLB + "scheme", "internal");
            case QUICK_CHECKS ->
                Annotations.of(NLB + "healthcheck-interval", "5")
                        .and(NLB + "healthcheck-timeout", "2")
                        .and(NLB + "healthcheck-healthy-threshold", "2")
                        .and(NLB + "healthcheck-unhealthy-threshold", "2");
            case DRAIN ->
                Annotations.of(
                        GROUP_ATTRIBUTES,
                        "deregistration_delay.timeout_seconds=30,"
                                + "deregistration_delay.connection_termination.enabled=false");
            case NO_DRAIN ->
                Annotations.of(
                        GROUP_ATTRIBUTES,
                        "deregistration_delay.timeout_seconds=0,"
                                + "deregistration_delay.connection_termination.enabled=true");
        };
    }

    @Override
    public Optional<Annotations> existing(String loadBalancerId) {
        return Optional.empty();
    }

    @Override
    public Annotations nodes(String labelSelector) {
        return Annotations.of(NLB + "target-node-labels", labelSelector);
    }

    @Override
    public List<String> quickCheckFiles() {
        return List.of();
    }

    @Override
    public Optional<String> vip(SimulatedCloud cloud, LoadBalancerIngress ingress) {
        return cloud instanceof SimulatedAws aws
                ? Optional.ofNullable(ingress.getHostname()).flatMap(aws::addressOf)
                : Optional.empty();
    }
}
