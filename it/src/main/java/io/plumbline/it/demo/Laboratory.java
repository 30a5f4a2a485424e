package io.plumbline.it.demo;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.plumbline.app.Program;
import io.plumbline.app.ProviderSettings;
import io.plumbline.controller.loop.ControllerOptions.LeaseOptions;
import io.plumbline.controller.plan.Mode;
import io.plumbline.it.clouds.CloudServer;
import io.plumbline.it.clouds.Network;
import io.plumbline.it.clouds.tencent.SimulatedTencent;
import io.plumbline.it.clouds.tencent.TencentAccount;
import io.plumbline.it.cluster.Cluster;
import io.plumbline.it.cluster.ClusterShape;
import io.plumbline.it.cluster.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/// A cluster with a simulated cloud under it and the shipped manifests in it; controllers are started in it at
/// will.
public final class Laboratory implements AutoCloseable {
    /// Where the controller lives, as the manifests say.
    public static final String NAMESPACE = "kube-system";

    private static final String SERVICE_ACCOUNT = "plumbline";
    private static final String WEBHOOK_SERVICE = "plumbline-webhook";
    private static final int WEBHOOK_PORT = 443;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> MANIFESTS =
            List.of("serviceaccount.yaml", "rbac.yaml", "deployment.yaml", "poddisruptionbudget.yaml", "webhook.yaml");

    private final Cluster cluster;
    private final SimulatedTencent cloud;
    private final CloudServer server;

    private Laboratory(Cluster cluster, SimulatedTencent cloud, CloudServer server) {
        this.cluster = cluster;
        this.cloud = cloud;
        this.server = server;
    }

    /// Starts cluster and cloud and installs what the controller needs; no controller runs yet.
    public static Laboratory start(int nodes) {
        Cluster cluster = Cluster.start(ClusterShape.ofNodes(nodes));
        try {
            SimulatedTencent cloud = SimulatedTencent.onSockets(
                    Network.asking(address -> cluster.kubelet().holds(address)));
            Laboratory laboratory = new Laboratory(cluster, cloud, CloudServer.serve(cloud));
            MANIFESTS.forEach(file -> laboratory.apply("/manifests/base/" + file, NAMESPACE));
            laboratory.apply("/manifests/overlays/tencent/rbac.yaml", NAMESPACE);
            return laboratory;
        } catch (IOException e) {
            cluster.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    public Cluster cluster() {
        return cluster;
    }

    public SimulatedTencent cloud() {
        return cloud;
    }

    /// Where the cloud is called.
    public String endpoint() {
        return server.endpoint();
    }

    /// Applies a shipped manifest; objects that name no namespace get this one.
    public List<HasMetadata> apply(String resource, String namespace) {
        return objects(resource, namespace).stream().map(cluster::apply).toList();
    }

    /// The objects of a shipped manifest, not applied.
    public List<HasMetadata> objects(String resource, String namespace) {
        try (InputStream in = Objects.requireNonNull(Laboratory.class.getResourceAsStream(resource), resource)) {
            List<HasMetadata> objects = cluster.client().load(in).items();
            objects.stream()
                    .filter(object -> object.getMetadata().getNamespace() == null)
                    .forEach(object -> object.getMetadata().setNamespace(namespace));
            return objects;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How many backends the balancer at this address sends traffic to, over all of its listeners.
    public long healthyBackends(String vip) {
        return cloud.balancers().stream()
                .filter(balancer -> balancer.vip().equals(vip))
                .flatMap(balancer -> balancer.listeners().stream())
                .flatMap(listener -> listener.targets().stream())
                .filter(target -> target.health().equals("Alive") && target.weight() > 0)
                .count();
    }

    /// A controller as the Deployment would run it: with its ServiceAccount's token and the shipped webhook
    /// configuration. It talks to the API server at `apiServer`.
    public Program controller(URI apiServer) {
        Program program = Program.start(settings(apiServer));
        Waiting.until(
                "the webhook to be trusted",
                PATIENCE,
                () -> program.webhookAddress().isPresent());
        cluster.route(
                NAMESPACE,
                WEBHOOK_SERVICE,
                WEBHOOK_PORT,
                program.webhookAddress().orElseThrow());
        return program;
    }

    /// A controller that talks to the API server itself.
    public Program controller() {
        return controller(cluster.server());
    }

    /// What a controller is started with.
    public Program.Settings settings(URI apiServer) {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new Program.Settings(
                List.of("tencent"),
                clouds(),
                new Program.Settings.Claims(Optional.empty(), new TreeSet<>(List.of("tencent")), false),
                Mode.SYNC,
                Optional.of(cluster.kubeconfig(NAMESPACE, SERVICE_ACCOUNT, apiServer)),
                new LeaseOptions(
                        NAMESPACE,
                        "plumbline",
                        "laboratory-" + UUID.randomUUID(),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(500)),
                new Program.Settings.Places(free, free));
    }

    private ProviderSettings clouds() {
        TencentAccount account = cloud.account();
        return new ProviderSettings(
                Map.of(
                        "--tencent-region", account.region(),
                        "--tencent-vpc-id", account.vpcId(),
                        "--tencent-endpoint", server.endpoint()),
                Map.of(
                        "TENCENTCLOUD_SECRET_ID", account.secretId(),
                        "TENCENTCLOUD_SECRET_KEY", account.secretKey()));
    }

    @Override
    public void close() {
        server.close();
        cloud.close();
        cluster.close();
    }
}
