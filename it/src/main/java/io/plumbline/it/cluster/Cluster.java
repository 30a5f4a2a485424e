package io.plumbline.it.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.plumbline.it.cluster.controlplane.ControlPlane;
import io.plumbline.it.cluster.controlplane.ControlPlaneBinary;
import io.plumbline.it.cluster.controlplane.Kubeconfig;
import io.plumbline.it.cluster.kubelet.Kubelet;
import io.plumbline.it.cluster.kubelet.Nodes;
import io.plumbline.it.cluster.nodeproxy.NodeProxy;
import io.plumbline.it.cluster.proxy.ApiServerProxy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// A real Kubernetes cluster on loopback; package-info shows its use. Ends with [#close], and with the JVM at the
/// latest.
public final class Cluster implements AutoCloseable {

    static final String FIELD_MANAGER = "laboratory";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long TOKEN_SECONDS = Duration.ofHours(24).toSeconds();

    private final Routes routes;
    private final ControlPlane controlPlane;
    private final KubernetesClient client;
    private final KubernetesClient kubeletClient;
    private final Nodes nodes;
    private final Kubelet kubelet;
    private final NodeProxy nodeProxy;

    private Cluster(ControlPlane controlPlane, Routes routes, Duration podStartDelay) {
        this.controlPlane = controlPlane;
        this.routes = routes;
        this.client = new KubernetesClientBuilder()
                .withConfig(controlPlane.clientConfig())
                .build();
        // The kubelet keeps time while it waits to say something again, so its client must not retry by itself.
        Config once = new ConfigBuilder(controlPlane.clientConfig())
                .withRequestRetryBackoffLimit(0)
                .build();
        this.kubeletClient = new KubernetesClientBuilder().withConfig(once).build();
        routes.lookUpWith(client);
        this.nodes = new Nodes(kubeletClient, Clock.systemUTC());
        this.kubelet = new Kubelet(kubeletClient, nodes, podStartDelay, Clock.systemUTC());
        this.nodeProxy = NodeProxy.start(kubeletClient, nodes);
    }

    /// Starts all of it; returns when the nodes are Ready and free of taints, and Pods may be created in `default`.
    /// Builds the control plane first if this machine has none yet (minutes).
    ///
    /// @throws IllegalStateException if that fails; then nothing is left running
    public static Cluster start(ClusterShape shape) {
        Routes routes = new Routes();
        ControlPlane controlPlane = ControlPlane.start(ControlPlaneBinary.locate(), routes);
        Cluster cluster = new Cluster(controlPlane, routes, shape.podStartDelay());
        try {
            cluster.install("/cluster/tkeserviceconfig-crd.yaml");
            shape.nodes().forEach(cluster.nodes::add);
            cluster.awaitNodes();
            cluster.awaitServiceAccount("default");
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void awaitNodes() {
        Waiting.until(
                "the nodes to be free of taints",
                PATIENCE,
                () -> client.nodes().list().getItems().stream()
                        .allMatch(node -> node.getSpec().getTaints().isEmpty()));
    }

    /// A client with all rights.
    public KubernetesClient client() {
        return client;
    }

    public Nodes nodes() {
        return nodes;
    }

    public Kubelet kubelet() {
        return kubelet;
    }

    public Workloads workloads() {
        return new Workloads(client, nodes);
    }

    /// Creates a namespace and waits until Pods may be created in it.
    public Namespace namespace(String name) {
        Namespace made = client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .fieldManager(FIELD_MANAGER)
                .serverSideApply();
        awaitServiceAccount(name);
        return made;
    }

    /// The API server refuses Pods of a namespace whose `default` ServiceAccount is not there yet.
    private void awaitServiceAccount(String namespace) {
        Waiting.until(
                "the ServiceAccount default of " + namespace,
                PATIENCE,
                () -> client.serviceAccounts()
                                .inNamespace(namespace)
                                .withName("default")
                                .get()
                        != null);
    }

    /// Applies all objects of a YAML file (several documents or a List), or of all `*.yaml` of a folder by name,
    /// server-side. After a Namespace it waits as [#namespace] does.
    public List<HasMetadata> apply(Path fileOrFolder) {
        List<HasMetadata> applied = new ArrayList<>();
        for (Path file : yamlFiles(fileOrFolder)) {
            try (InputStream in = Files.newInputStream(file)) {
                applied.addAll(apply(in));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return List.copyOf(applied);
    }

    private static List<Path> yamlFiles(Path fileOrFolder) {
        if (!Files.isDirectory(fileOrFolder)) {
            return List.of(fileOrFolder);
        }
        try (Stream<Path> files = Files.list(fileOrFolder)) {
            return files.filter(file -> file.toString().endsWith(".yaml") && !file.endsWith("kustomization.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As [#apply(Path)], from a stream of YAML.
    public List<HasMetadata> apply(InputStream yaml) {
        return client.load(yaml).items().stream().map(this::apply).toList();
    }

    /// Applies one object server-side.
    public HasMetadata apply(HasMetadata object) {
        HasMetadata applied = client.resource(object)
                .fieldManager(FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply();
        if (applied instanceof Namespace) {
            awaitServiceAccount(applied.getMetadata().getName());
        }
        return applied;
    }

    private void install(String resource) {
        try (InputStream in = Objects.requireNonNull(Cluster.class.getResourceAsStream(resource), resource)) {
            apply(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The API server's own address.
    public URI server() {
        return controlPlane.server();
    }

    /// A kubeconfig file with all rights.
    public Path kubeconfig() {
        return controlPlane.adminKubeconfig();
    }

    /// A kubeconfig file with a fresh token (24 h) of a ServiceAccount, which must exist.
    ///
    /// @param server [#server], or an [ApiServerProxy]'s
    public Path kubeconfig(String namespace, String serviceAccount, URI server) {
        Optional<Path> authority =
                "https".equals(server.getScheme()) ? controlPlane.admin().certificateAuthority() : Optional.empty();
        Path file = controlPlane.file(serviceAccount + "-" + UUID.randomUUID() + ".kubeconfig");
        try {
            return Files.writeString(file, new Kubeconfig(server, authority, token(namespace, serviceAccount)).text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String token(String namespace, String serviceAccount) {
        TokenRequest request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(TOKEN_SECONDS)
                .endSpec()
                .build();
        return client.serviceAccounts()
                .inNamespace(namespace)
                .withName(serviceAccount)
                .tokenRequest(request)
                .getStatus()
                .getToken();
    }

    /// What each ServiceAccount asked of the API server: one JSON object (audit.k8s.io/v1 Event) a line.
    public Path auditLog() {
        return controlPlane.auditLog();
    }

    /// Lets the API server find a Service's port at `place`: a webhook's `clientConfig.service` needs no change.
    public void route(String namespace, String service, int port, InetSocketAddress place) {
        routes.add(namespace, service, port, place);
    }

    /// A proxy in front of the API server that can hide or age what its clients see.
    public ApiServerProxy proxy() {
        return ApiServerProxy.start(controlPlane.admin());
    }

    /// SIGKILL, and start again; returns when it is ready (about 2 s).
    public void restartApiServer() {
        controlPlane.restartApiServer();
    }

    /// The ids of the control plane's processes.
    public List<Long> processIds() {
        return controlPlane.processIds();
    }

    @Override
    public void close() {
        nodeProxy.close();
        kubelet.close();
        nodes.close();
        client.close();
        kubeletClient.close();
        controlPlane.close();
    }
}
