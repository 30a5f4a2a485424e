package io.plumbline.it.laboratory;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.plumbline.app.ProviderSettings;
import io.plumbline.it.clouds.Network;
import io.plumbline.it.clouds.SimulatedCloud;
import io.plumbline.it.clouds.tencent.SimulatedTencent;
import io.plumbline.it.clouds.tencent.TencentAccount;
import io.plumbline.it.cluster.kubelet.Machine;
import io.plumbline.it.cluster.kubelet.NodeShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The simulated Tencent Cloud in the laboratory.
final class TencentLaboratory implements LaboratoryCloud {
    private static final String SERVICE = "service.cloud.tencent.com/";
    private static final String QCLOUD = "service.kubernetes.io/qcloud-";
    private static final String DIRECT = SERVICE + "direct-access";
    private static final String DRAIN = SERVICE + "enable-grace-shutdown";
    private static final String SUBNET = QCLOUD + "loadbalancer-internal-subnetid";
    private static final TencentAccount ACCOUNT = TencentAccount.example();

    @Override
    public String name() {
        return "tencent";
    }

    @Override
    public SimulatedCloud start(Network network) {
        return SimulatedTencent.onSockets(network);
    }

    @Override
    public ProviderSettings settings(String endpoint) {
        return new ProviderSettings(
                Map.of(
                        "--tencent-region", ACCOUNT.region(),
                        "--tencent-vpc-id", ACCOUNT.vpcId(),
                        "--tencent-endpoint", endpoint),
                Map.of(
                        "TENCENTCLOUD_SECRET_ID", ACCOUNT.secretId(),
                        "TENCENTCLOUD_SECRET_KEY", ACCOUNT.secretKey()));
    }

    @Override
    public boolean everyPodDirect() {
        return false;
    }

    @Override
    public NodeShape node() {
        return NodeShape.ordinary()
                .withProviderId("qcloud:///100003/ins-{instance}")
                .in("ap-guangzhou", "100003");
    }

    @Override
    public String instanceId(Machine machine) {
        String providerId = machine.providerId().orElseThrow();
        return providerId.substring(providerId.lastIndexOf('/') + 1);
    }

    @Override
    public Annotations annotations(Wish wish) {
        return switch (wish) {
            case DIRECT -> Annotations.of(DIRECT, "true");
            case NODE_PORTS -> Annotations.of(DIRECT, "false");
            case PUBLIC -> Annotations.without(SUBNET);
            case INTERNAL -> Annotations.of(SUBNET, ACCOUNT.subnetIds().getFirst());
            case QUICK_CHECKS -> Annotations.of(SERVICE + "tke-service-config", "quick");
            case DRAIN -> Annotations.of(DRAIN, "true");
            case NO_DRAIN -> Annotations.of(DRAIN, "false");
        };
    }

    @Override
    public Optional<Annotations> existing(String loadBalancerId) {
        return Optional.of(Annotations.of("service.kubernetes.io/tke-existed-lbid", loadBalancerId));
    }

    @Override
    public Annotations nodes(String labelSelector) {
        return Annotations.of(QCLOUD + "loadbalancer-backends-label", labelSelector);
    }

    @Override
    public List<String> quickCheckFiles() {
        return List.of("/demo/tencent-health-check.yaml");
    }

    @Override
    public Optional<String> vip(SimulatedCloud cloud, LoadBalancerIngress ingress) {
        return Optional.ofNullable(ingress.getIp());
    }
}
