package io.plumbline.it.cluster.kubelet;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The simulated nodes `node-1`, `node-2`, ...: registered, with a Lease renewed every 10 s and a Ready
/// condition.
public final class Nodes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);
    private static final String LEASES = "kube-node-lease";
    private static final int LEASE_SECONDS = 40;
    private static final int RENEW_SECONDS = 10;

    private enum Health {
        READY,
        NOT_READY,
        /// No heartbeat, and nothing said about its Pods.
        SILENT
    }

    private record Simulated(String address, Health health) {}

    private final KubernetesClient client;
    private final Clock clock;
    private final Map<String, Simulated> nodes = new ConcurrentHashMap<>();
    private final List<Consumer<String>> resumed = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService heartbeat = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("node-heartbeat").factory());

    private final ScheduledFuture<?> beats;

    public Nodes(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
        this.beats = heartbeat.scheduleAtFixedRate(this::beat, RENEW_SECONDS, RENEW_SECONDS, TimeUnit.SECONDS);
    }

    /// Registers the next node, Ready, with InternalIP 10.0.0.n, and returns its name.
    public synchronized String add(NodeShape shape) {
        int number = nodes.size() + 1;
        String name = "node-" + number;
        String address = "10.0.0." + number;
        nodes.put(name, new Simulated(address, Health.READY));
        client.nodes().resource(node(name, address, shape)).create();
        renew(name);
        return name;
    }

    /// Stops the heartbeat, as of a node that is lost: after about 50 s the cluster calls it Unknown. Its Pods keep
    /// serving, but their status no longer changes, and those deleted do not leave.
    public void silence(String name) {
        become(name, Health.SILENT);
    }

    /// The heartbeat, and Ready, come back.
    public void resume(String name) {
        become(name, Health.READY);
        patchReady(name, "True");
        renew(name);
        resumed.forEach(listener -> listener.accept(name));
    }

    /// The node reports Ready=False while its heartbeat goes on.
    public void unready(String name) {
        become(name, Health.NOT_READY);
        patchReady(name, "False");
    }

    /// Deletes the Node object; the cluster then deletes its Pods.
    public void delete(String name) {
        become(name, Health.SILENT);
        client.nodes().withName(name).delete();
    }

    private void become(String name, Health health) {
        if (nodes.computeIfPresent(name, (_, node) -> new Simulated(node.address(), health)) == null) {
            throw new IllegalArgumentException("no simulated node " + name);
        }
    }

    /// The node's InternalIP, if it is one of ours.
    Optional<String> address(String name) {
        return Optional.ofNullable(nodes.get(name)).map(Simulated::address);
    }

    boolean isSilent(String name) {
        Simulated node = nodes.get(name);
        return node != null && node.health() == Health.SILENT;
    }

    /// Calls `listener` with the node's name whenever a silent node speaks again.
    void onResume(Consumer<String> listener) {
        resumed.add(listener);
    }

    private void beat() {
        nodes.forEach((name, node) -> {
            try {
                if (node.health() != Health.SILENT) {
                    renew(name);
                }
            } catch (RuntimeException e) {
                LOG.debug("{} could not renew its lease", name, e);
            }
        });
    }

    private void renew(String name) {
        Lease lease = new LeaseBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(LEASES)
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(name)
                .withLeaseDurationSeconds(LEASE_SECONDS)
                .withRenewTime(ZonedDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .endSpec()
                .build();
        client.leases()
                .inNamespace(LEASES)
                .resource(lease)
                .fieldManager("kubelet")
                .forceConflicts()
                .serverSideApply();
    }

    private void patchReady(String name, String status) {
        Node patch = new NodeBuilder()
                .withNewStatus()
                .withConditions(ready(status))
                .endStatus()
                .build();
        try {
            StatusPatches.strategic(
                    client.nodes().withName(name),
                    client.getKubernetesSerialization().asJson(patch));
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }

    private Node node(String name, String address, NodeShape shape) {
        Map<String, String> labels = new LinkedHashMap<>(shape.labels());
        labels.put("kubernetes.io/hostname", name);
        labels.put("kubernetes.io/os", "linux");
        Map<String, Quantity> capacity = new LinkedHashMap<>();
        shape.capacity().forEach((resource, amount) -> capacity.put(resource, Quantity.parse(amount)));
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withProviderID(shape.providerId().orElse(null))
                .endSpec()
                .withNewStatus()
                .withCapacity(capacity)
                .withAllocatable(capacity)
                .addNewAddress(address, "InternalIP")
                .addNewAddress(name, "Hostname")
                .withConditions(ready("True"))
                .withNewNodeInfo()
                .withKubeletVersion("v1.36.3")
                .withOperatingSystem("linux")
                .withArchitecture("amd64")
                .withContainerRuntimeVersion("laboratory://1")
                .endNodeInfo()
                .endStatus()
                .build();
    }

    private NodeCondition ready(String status) {
        String now = DateTimeFormatter.ISO_INSTANT.format(clock.instant());
        return new NodeConditionBuilder()
                .withType("Ready")
                .withStatus(status)
                .withReason("True".equals(status) ? "KubeletReady" : "KubeletNotReady")
                .withMessage("simulated")
                .withLastHeartbeatTime(now)
                .withLastTransitionTime(now)
                .build();
    }

    @Override
    public void close() {
        beats.cancel(true);
        heartbeat.shutdownNow();
    }
}
