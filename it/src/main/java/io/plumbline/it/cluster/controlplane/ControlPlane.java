package io.plumbline.it.cluster.controlplane;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// etcd, kube-apiserver, kube-controller-manager and kube-scheduler on free loopback ports, in one folder.
///
/// Flags and measured times: etcd and the API server answer after about 2 s, all four after 3 s.
public final class ControlPlane implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    /// An API server with open watches takes a minute to end on SIGTERM, and nothing here needs it to.
    private static final Duration STOP_PATIENCE = Duration.ofMillis(500);

    private static final String LOOPBACK = "127.0.0.1";

    private final Path binary;
    private final int etcdPort;
    private final int apiPort;
    private final List<Integer> ports;
    private final ControlPlaneFolder folder;
    private final List<Child> managers = new ArrayList<>();
    private Optional<Child> apiServer = Optional.empty();
    private Optional<Child> etcd = Optional.empty();
    private Optional<EgressSocket> egress = Optional.empty();
    private final Thread hook = new Thread(this::end, "end-control-plane");

    private ControlPlane(Path binary, List<Integer> ports) {
        this.binary = binary;
        this.ports = ports;
        this.etcdPort = ports.get(0);
        this.apiPort = ports.get(1);
        this.folder = ControlPlaneFolder.create(server());
    }

    /// Starts all four and waits until the API server is ready.
    ///
    /// @param reach where a cluster address that the API server wants to reach is served
    /// @throws IllegalStateException if a process ends or is not ready within 90 s; then nothing is left running
    public static ControlPlane start(Path binary, EgressSocket.Reach reach) {
        ControlPlane made = new ControlPlane(binary, FreePorts.find(5));
        Runtime.getRuntime().addShutdownHook(made.hook);
        try {
            made.startAll(reach);
            return made;
        } catch (RuntimeException e) {
            made.close();
            throw e;
        }
    }

    private void startAll(EgressSocket.Reach reach) {
        egress = Optional.of(EgressSocket.listen(folder.egressSocket(), reach));
        etcd = Optional.of(child("etcd", etcdFlags()));
        startApiServer();
        managers.add(child("kube-controller-manager", controllerManagerFlags()));
        managers.add(child("kube-scheduler", managerFlags(ports.get(4), "scheduler")));
    }

    /// SIGKILL and start again with the same state and address; returns when it is ready (about 2 s).
    public void restartApiServer() {
        apiServer.ifPresent(Child::kill);
        startApiServer();
    }

    private void startApiServer() {
        Child started = child("kube-apiserver", apiServerFlags());
        apiServer = Optional.of(started);
        awaitReady(started);
    }

    private void awaitReady(Child apiServer) {
        Instant limit = Instant.now().plus(START_LIMIT);
        // The API server writes its certificate when it first starts; nobody can be trusted before.
        await(apiServer, limit, () -> Files.exists(folder.certificateAuthority()));
        Config once = new ConfigBuilder(clientConfig())
                .withRequestRetryBackoffLimit(0)
                .build();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(once).build()) {
            await(apiServer, limit, () -> isReady(client));
        }
    }

    private void await(Child apiServer, Instant limit, BooleanSupplier state) {
        while (!state.getAsBoolean()) {
            apiServer.mustLive();
            etcd.ifPresent(Child::mustLive);
            if (Instant.now().isAfter(limit)) {
                throw new IllegalStateException("the API server is not ready after " + START_LIMIT);
            }
            pause();
        }
    }

    private static boolean isReady(KubernetesClient client) {
        try {
            return "ok".equals(client.raw("/readyz"));
        } catch (KubernetesClientException notYet) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the API server starts", e);
        }
    }

    private Child child(String program, List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(link(program).toString());
        command.addAll(flags);
        return Child.start(program, command, folder.log(program));
    }

    /// The binary is what it is started as.
    private Path link(String program) {
        Path link = folder.path(program);
        try {
            return Files.exists(link) ? link : Files.createSymbolicLink(link, binary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> etcdFlags() {
        String clients = "http://" + LOOPBACK + ":" + etcdPort;
        String peers = "http://" + LOOPBACK + ":" + ports.get(2);
        return List.of(
                "--data-dir=" + folder.path("etcd-data"),
                "--listen-client-urls=" + clients,
                "--advertise-client-urls=" + clients,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=default=" + peers,
                "--unsafe-no-fsync",
                "--log-level=error");
    }

    private List<String> apiServerFlags() {
        return List.of(
                "--etcd-servers=http://" + LOOPBACK + ":" + etcdPort,
                // Old lists (proxy.Fault.Old) stay readable for longer than the usual 5 minutes.
                "--etcd-compaction-interval=30m",
                "--bind-address=" + LOOPBACK,
                "--advertise-address=" + LOOPBACK,
                "--secure-port=" + apiPort,
                "--cert-dir=" + folder.path("certs"),
                "--token-auth-file=" + folder.path("tokens.csv"),
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + folder.path("sa.pub"),
                "--service-account-signing-key-file=" + folder.path("sa.key"),
                "--service-cluster-ip-range=10.96.0.0/16",
                "--endpoint-reconciler-type=none",
                "--audit-policy-file=" + folder.path("audit-policy.yaml"),
                "--audit-log-path=" + folder.auditLog(),
                "--egress-selector-config-file=" + folder.path("egress.yaml"));
    }

    private List<String> controllerManagerFlags() {
        List<String> flags = new ArrayList<>(managerFlags(ports.get(3), "controller-manager"));
        flags.add("--service-account-private-key-file=" + folder.path("sa.key"));
        flags.add("--root-ca-file=" + folder.certificateAuthority());
        return flags;
    }

    private List<String> managerFlags(int port, String certificates) {
        Path kubeconfig = folder.adminKubeconfig();
        return List.of(
                "--kubeconfig=" + kubeconfig,
                "--authentication-kubeconfig=" + kubeconfig,
                "--authorization-kubeconfig=" + kubeconfig,
                "--leader-elect=false",
                "--bind-address=" + LOOPBACK,
                "--secure-port=" + port,
                "--cert-dir=" + folder.path(certificates),
                "--kube-api-qps=500",
                "--kube-api-burst=1000");
    }

    /// The API server's own address.
    public URI server() {
        return URI.create("https://" + LOOPBACK + ":" + apiPort);
    }

    /// All rights (`system:masters`).
    public Kubeconfig admin() {
        return folder.admin(server());
    }

    /// A kubeconfig file with all rights.
    public Path adminKubeconfig() {
        return folder.adminKubeconfig();
    }

    /// A place for files that are to vanish with the cluster.
    public Path file(String name) {
        return folder.path(name);
    }

    /// What each ServiceAccount asked of the API server: one JSON object (audit.k8s.io/v1 Event) a line.
    public Path auditLog() {
        return folder.auditLog();
    }

    /// A client configuration with all rights.
    public Config clientConfig() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(server().toString())
                .withCaCertFile(folder.certificateAuthority().toString())
                .withOauthToken(admin().token())
                .withNamespace("default")
                .build();
    }

    /// The ids of the processes that run now.
    public List<Long> processIds() {
        List<Long> ids = new ArrayList<>();
        managers.forEach(child -> ids.add(child.pid()));
        apiServer.ifPresent(child -> ids.add(child.pid()));
        etcd.ifPresent(child -> ids.add(child.pid()));
        return List.copyOf(ids);
    }

    /// Those that ask first, then the API server, then etcd; and the folder. A second call does nothing.
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shutdownIsUnderWay) {
            // Then the hook finds nothing left to end.
        }
    }

    private synchronized void end() {
        managers.forEach(child -> child.stop(STOP_PATIENCE));
        managers.clear();
        apiServer.ifPresent(child -> child.stop(STOP_PATIENCE));
        apiServer = Optional.empty();
        etcd.ifPresent(child -> child.stop(STOP_PATIENCE));
        etcd = Optional.empty();
        egress.ifPresent(EgressSocket::close);
        egress = Optional.empty();
        folder.delete();
    }
}
