package io.plumbline.it.laboratory;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.plumbline.app.Program;
import io.plumbline.controller.loop.ControllerOptions.LeaseOptions;
import io.plumbline.controller.plan.Mode;
import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.BalancerView.TargetView;
import io.plumbline.it.clouds.SimulatedCloud;
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
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// A cluster with a simulated cloud under it and the shipped manifests in it; controllers are started in it at
/// will.
///
/// Whoever else uses the account calls it at [#strangersEndpoint]. At the end it is checked that no controller
/// wrote to a load balancer that was not its own.
public final class Laboratory implements AutoCloseable {
    /// Where the controller lives, as the manifests say.
    public static final String NAMESPACE = "kube-system";

    private static final String SERVICE_ACCOUNT = "plumbline";
    private static final String CLUSTER_MARK = "plumbline.io/cluster";
    private static final String WEBHOOK_SERVICE = "plumbline-webhook";
    private static final int WEBHOOK_PORT = 443;
    private static final Duration POD_START = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> MANIFESTS =
            List.of("serviceaccount.yaml", "rbac.yaml", "deployment.yaml", "poddisruptionbudget.yaml", "webhook.yaml");
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Cluster cluster;
    private final Site site;
    private final Ending ending;
    private final String controllers = "the controllers of cluster " + COUNT.incrementAndGet();
    private final String endpoint;
    private final String strangersEndpoint;

    private enum Ending {
        WITH_THE_CLOUD,
        WITHOUT_THE_CLOUD
    }

    private Laboratory(Cluster cluster, Site site, Ending ending) {
        this.cluster = cluster;
        this.site = site;
        this.ending = ending;
        this.endpoint = site.serve(controllers);
        this.strangersEndpoint = site.serve("a stranger");
        site.join(cluster);
        MANIFESTS.forEach(file -> apply("/manifests/base/" + file, NAMESPACE));
        apply(rbac(), NAMESPACE);
    }

    /// Starts cluster and cloud and installs what the controller needs; no controller runs yet.
    public static Laboratory start(LaboratoryCloud kind, int nodes) {
        Site site = new Site(kind);
        try {
            return start(site, nodes, Ending.WITH_THE_CLOUD);
        } catch (RuntimeException e) {
            site.close();
            throw e;
        }
    }

    /// Another cluster in the same account and VPC, to be closed before this one.
    public Laboratory beside(int nodes) {
        return start(site, nodes, Ending.WITHOUT_THE_CLOUD);
    }

    private static Laboratory start(Site site, int nodes, Ending ending) {
        Cluster cluster = Cluster.start(
                new ClusterShape(Collections.nCopies(nodes, site.kind().node()), POD_START));
        try {
            return new Laboratory(cluster, site, ending);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    public Cluster cluster() {
        return cluster;
    }

    /// Which cloud it is.
    public LaboratoryCloud kind() {
        return site.kind();
    }

    public SimulatedCloud cloud() {
        return site.cloud();
    }

    /// Where strangers call the cloud.
    public String strangersEndpoint() {
        return strangersEndpoint;
    }

    /// From now on this cluster's controllers may write to a load balancer that somebody else made.
    public void lend(String loadBalancerId) {
        site.ledger().lend(loadBalancerId, controllers);
    }

    /// Every load balancer that this cluster's controllers made and that is still there.
    public List<BalancerView> made() {
        return site.ledger().madeBy(controllers);
    }

    /// The id of everything in the account that carries this cluster's mark, load balancers and what is beside them.
    public List<String> marked() {
        String uid = cluster.client()
                .namespaces()
                .withName(NAMESPACE)
                .get()
                .getMetadata()
                .getUid();
        return cloud().state().findParents("tags").stream()
                .filter(thing -> thing.path("tags").path(CLUSTER_MARK).asText().equals(uid))
                .map(thing -> thing.path("id").asText())
                .toList();
    }

    /// What this cluster's controllers wrote to load balancers of others; in words.
    public List<String> trespasses() {
        return site.ledger().trespasses(controllers);
    }

    /// The address that clients of this entry of a Service's status reach.
    public Optional<String> vip(LoadBalancerIngress ingress) {
        return site.kind().vip(site.cloud(), ingress);
    }

    /// The shipped file with what the controller may do on this cloud.
    public String rbac() {
        return "/manifests/overlays/" + site.kind().name() + "/rbac.yaml";
    }

    /// Adds a node as the cloud makes them and returns its name.
    public String addNode() {
        return cluster.nodes().add(site.kind().node());
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
        return cloud().balancers().stream()
                .filter(balancer -> balancer.vip().equals(vip))
                .flatMap(balancer -> balancer.listeners().stream())
                .flatMap(listener -> listener.targets().stream())
                .filter(TargetView::serving)
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
        LaboratoryCloud kind = site.kind();
        return new Program.Settings(
                List.of(kind.name()),
                kind.settings(endpoint),
                new Program.Settings.Claims(
                        Optional.empty(), new TreeSet<>(List.of(kind.name())), kind.everyPodDirect()),
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

    /// Ends all of it.
    ///
    /// @throws IllegalStateException if a controller wrote to what was not its own
    @Override
    public void close() {
        cluster.close();
        List<String> trespasses = trespasses();
        switch (ending) {
            case WITH_THE_CLOUD -> site.close();
            case WITHOUT_THE_CLOUD -> {}
        }
        if (!trespasses.isEmpty()) {
            throw new IllegalStateException("not its own: " + trespasses);
        }
    }
}
