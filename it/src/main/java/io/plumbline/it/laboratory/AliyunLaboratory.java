package io.plumbline.it.laboratory;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.plumbline.app.ProviderSettings;
import io.plumbline.it.clouds.Network;
import io.plumbline.it.clouds.SimulatedCloud;
import io.plumbline.it.clouds.aliyun.AliyunAccount;
import io.plumbline.it.clouds.aliyun.SimulatedAliyun;
import io.plumbline.it.cluster.kubelet.Machine;
import io.plumbline.it.cluster.kubelet.NodeShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The simulated Aliyun in the laboratory. Nodes are named as ACK names them, by region and address.
final class AliyunLaboratory implements LaboratoryCloud {
    private static final String KUBERNETES = "service.beta.kubernetes.io/";
    private static final String CLB = KUBERNETES + "alibaba-cloud-loadbalancer-";
    private static final String BACKEND_TYPE = KUBERNETES + "backend-type";
    private static final AliyunAccount ACCOUNT = AliyunAccount.example();

    @Override
    public String name() {
        return "aliyun";
    }

    @Override
    public SimulatedCloud start(Network network) {
        return SimulatedAliyun.onSockets(network);
    }

    @Override
    public ProviderSettings settings(String endpoint) {
        return new ProviderSettings(
                Map.of(
                        "--aliyun-region", ACCOUNT.region(),
                        "--aliyun-vpc-id", ACCOUNT.vpcId(),
                        "--aliyun-vswitch-ids", String.join(",", ACCOUNT.vSwitchIds()),
                        "--aliyun-endpoint", endpoint),
                Map.of(
                        "ALIBABA_CLOUD_ACCESS_KEY_ID", ACCOUNT.accessKeyId(),
                        "ALIBABA_CLOUD_ACCESS_KEY_SECRET", ACCOUNT.accessKeySecret()));
    }

    @Override
    public boolean everyPodDirect() {
        return false;
    }

    @Override
    public NodeShape node() {
        return NodeShape.ordinary()
                .withName(ACCOUNT.region() + ".{address}")
                .withProviderId(ACCOUNT.region() + ".i-bp{instance}")
                .in(ACCOUNT.region(), ACCOUNT.zoneIds().getFirst());
    }

    @Override
    public String instanceId(Machine machine) {
        String providerId = machine.providerId().orElseThrow();
        return providerId.substring(providerId.indexOf('.') + 1);
    }

    @Override
    public Annotations annotations(Wish wish) {
        return switch (wish) {
            case DIRECT -> Annotations.of(BACKEND_TYPE, "eni");
            case NODE_PORTS -> Annotations.without(BACKEND_TYPE);
            case PUBLIC -> Annotations.of(CLB + "address-type", "internet");
            case INTERNAL -> Annotations.of(CLB + "address-type", "intranet");
            case QUICK_CHECKS ->
                Annotations.of(CLB + "health-check-interval", "2")
                        .and(CLB + "health-check-connect-timeout", "2")
                        .and(CLB + "healthy-threshold", "2")
                        .and(CLB + "unhealthy-threshold", "2");
            case DRAIN ->
                Annotations.of(CLB + "graceful-shutdown", "true")
                        .and(CLB + "connection-drain", "on")
                        .and(CLB + "connection-drain-timeout", "30");
            case NO_DRAIN -> Annotations.of(CLB + "connection-drain", "off");
        };
    }

    /// Who can reach it is not for the Service to say.
    @Override
    public Optional<Annotations> existing(String loadBalancerId) {
        return Optional.of(Annotations.without(CLB + "address-type")
                .and(CLB + "id", loadBalancerId)
                .and(CLB + "force-override-listeners", "true"));
    }

    @Override
    public Annotations nodes(String labelSelector) {
        return Annotations.of(CLB + "backend-label", labelSelector);
    }

    @Override
    public List<String> quickCheckFiles() {
        return List.of();
    }

    @Override
    public Optional<String> vip(SimulatedCloud cloud, LoadBalancerIngress ingress) {
        return Optional.ofNullable(ingress.getIp());
    }
}
