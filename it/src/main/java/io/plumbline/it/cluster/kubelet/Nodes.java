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
import java.util.Comparator;
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
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The simulated nodes: registered, with a Lease renewed every 10 s and a Ready condition.
public final class Nodes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);
    private static final String LEASES = "kube-node-lease";
    private static final int LEASE_SECONDS = 40;
    private static final int RENEW_SECONDS = 10;
    private static final int EDITS = 20;

    private enum Health {
        READY,
        NOT_READY,
        /// No heartbeat, and nothing said about its Pods.
        SILENT
    }

    private record Simulated(Machine machine, Health health) {}

    /// Who wants to know which machines run.
    public interface Follower {
        /// A machine runs; its Node is registered after this.
        void came(Machine machine);

        /// It is switched off, and its Node deleted.
        void went(Machine machine);
    }

    private final KubernetesClient client;
    private final Clock clock;
    private final Blocks blocks = new Blocks("127.10", 0);
    private final int block = blocks.claim();
    private final Map<String, Simulated> nodes = new ConcurrentHashMap<>();
    private final Map<String, Machine> gone = new ConcurrentHashMap<>();
    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> resumed = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService heartbeat = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("node-heartbeat").factory());

    private final ScheduledFuture<?> beats;

    public Nodes(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
        this.beats = heartbeat.scheduleAtFixedRate(this::beat, RENEW_SECONDS, RENEW_SECONDS, TimeUnit.SECONDS);
    }

    /// Registers the next node, Ready, with InternalIP 10.0.a.n, and returns its name.
    public synchronized String add(NodeShape shape) {
        int number = nodes.size() + 1;
        Machine machine = shape.machine(number, "10.0." + block + "." + number);
        nodes.put(machine.name(), new Simulated(machine, Health.READY));
        followers.forEach(follower -> follower.came(machine));
        client.nodes().resource(node(machine, shape)).create();
        renew(machine.name());
        return machine.name();
    }

    /// The machines that run, by number.
    public synchronized List<Machine> machines() {
        return nodes.values().stream()
                .map(Simulated::machine)
                .filter(machine -> !gone.containsKey(machine.name()))
                .sorted(Comparator.comparingInt(Nodes::number))
                .toList();
    }

    private static int number(Machine machine) {
        return Integer.parseInt(machine.address().substring(machine.address().lastIndexOf('.') + 1));
    }

    /// Tells of every machine that runs now, and of each that comes or goes later.
    public synchronized void follow(Follower follower) {
        machines().forEach(follower::came);
        followers.add(follower);
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

    /// Switches the machine off and deletes its Node; the cluster then deletes its Pods. Drain it first where no
    /// request is to be lost.
    public synchronized void delete(String name) {
        become(name, Health.SILENT);
        client.nodes().withName(name).delete();
        Machine machine = known(name).machine();
        if (gone.put(name, machine) == null) {
            followers.forEach(follower -> follower.went(machine));
        }
    }

    /// Sets a label.
    public void label(String name, String key, String value) {
        edit(
                name,
                node -> new NodeBuilder(node)
                        .editMetadata()
                        .addToLabels(key, value)
                        .endMetadata()
                        .build());
    }

    /// Takes a label away.
    public void unlabel(String name, String key) {
        edit(
                name,
                node -> new NodeBuilder(node)
                        .editMetadata()
                        .removeFromLabels(key)
                        .endMetadata()
                        .build());
    }

    /// Sets a taint; one of the same key and effect is replaced.
    ///
    /// @param effect `NoSchedule`, `PreferNoSchedule` or `NoExecute`
    public void taint(String name, String key, String value, String effect) {
        edit(
                name,
                node -> new NodeBuilder(node)
                        .editSpec()
                        .removeMatchingFromTaints(
                                taint -> key.equals(taint.getKey()) && effect.equals(taint.getEffect()))
                        .addNewTaint(effect, key, null, value)
                        .endSpec()
                        .build());
    }

    /// Takes all taints of this key away.
    public void untaint(String name, String key) {
        edit(
                name,
                node -> new NodeBuilder(node)
                        .editSpec()
                        .removeMatchingFromTaints(taint -> key.equals(taint.getKey()))
                        .endSpec()
                        .build());
    }

    /// No new Pods here.
    public void cordon(String name) {
        schedulable(name, false);
    }

    /// New Pods again.
    public void uncordon(String name) {
        schedulable(name, true);
    }

    private void schedulable(String name, boolean schedulable) {
        edit(
                name,
                node -> new NodeBuilder(node)
                        .editSpec()
                        .withUnschedulable(schedulable ? null : true)
                        .endSpec()
                        .build());
    }

    /// Begun again where the controller-manager has written in between.
    private void edit(String name, UnaryOperator<Node> change) {
        for (int attempt = 1; ; attempt++) {
            try {
                client.nodes().withName(name).edit(change);
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == EDITS) {
                    throw e;
                }
            }
        }
    }

    private void become(String name, Health health) {
        nodes.put(name, new Simulated(known(name).machine(), health));
    }

    private Simulated known(String name) {
        return Optional.ofNullable(nodes.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no simulated node " + name));
    }

    /// The node's InternalIP, if it is one of ours.
    Optional<String> address(String name) {
        return Optional.ofNullable(nodes.get(name)).map(node -> node.machine().address());
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

    private Node node(Machine machine, NodeShape shape) {
        Map<String, String> labels = new LinkedHashMap<>(shape.labels());
        labels.put("kubernetes.io/hostname", machine.name());
        labels.put("kubernetes.io/os", "linux");
        Map<String, Quantity> capacity = new LinkedHashMap<>();
        shape.capacity().forEach((resource, amount) -> capacity.put(resource, Quantity.parse(amount)));
        return new NodeBuilder()
                .withNewMetadata()
                .withName(machine.name())
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withProviderID(machine.providerId().orElse(null))
                .endSpec()
                .withNewStatus()
                .withCapacity(capacity)
                .withAllocatable(capacity)
                .addNewAddress(machine.address(), "InternalIP")
                .addNewAddress(machine.name(), "Hostname")
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
        blocks.close();
    }
}
