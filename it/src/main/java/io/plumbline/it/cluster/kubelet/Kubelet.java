package io.plumbline.it.cluster.kubelet;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// The kubelet of all simulated nodes. A Pod bound to one of them listens at its [Loopback] places and answers:
/// `GET` of any path with 200 and the Pod's name, `/slow?ms=2000` and `/sleep/2000` after so long; a UDP port
/// echoes.
///
/// Status, readiness gates, preStop sleep, grace and end are as a real kubelet's; probes are not sent: containers
/// are ready after their readinessProbe's initialDelaySeconds.
public final class Kubelet implements AutoCloseable {

    private final PodLife.Surroundings around;
    private final PodAddresses addresses = new PodAddresses();
    private final EventLoop loop = EventLoop.start();
    private final Map<String, PodLife> pods = new ConcurrentHashMap<>();
    private final ExecutorService lives = Executors.newVirtualThreadPerTaskExecutor();
    private final SharedIndexInformer<Pod> informer;
    private volatile Duration startDelay;

    /// @param startDelay from a Pod's binding until it listens
    public Kubelet(KubernetesClient client, Nodes nodes, Duration startDelay, Clock clock) {
        this.around = new PodLife.Surroundings(client, nodes, addresses, loop, clock);
        this.startDelay = startDelay;
        nodes.onResume(this::wake);
        this.informer =
                client.pods().inAnyNamespace().withoutField("spec.nodeName", "").inform(new Bound());
    }

    /// From now on Pods listen so long after their binding.
    public void startDelay(Duration delay) {
        startDelay = delay;
    }

    /// The Pod's containers end at once, without a word to anybody, and start again after `down`.
    ///
    /// @throws IllegalArgumentException if no such Pod runs here
    public void crash(String namespace, String pod, Duration down) {
        crash(find(namespace, pod), Optional.of(down));
    }

    /// As [#crash], never to start again (out of memory at each start).
    public void crashForGood(String namespace, String pod) {
        crash(find(namespace, pod), Optional.empty());
    }

    private static void crash(PodLife pod, Optional<Duration> down) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        pod.tell(new PodLife.Event.Crash(down, done));
        done.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /// From now on the Pod answers every request with this HTTP status; its containers stay ready.
    public void answer(String namespace, String pod, int httpStatus) {
        find(namespace, pod).answer(httpStatus);
    }

    /// From now on the next Pod gets the address of the one that has gone; while one is leaving, it waits for
    /// that.
    public void reuseAddresses() {
        addresses.reuse();
    }

    /// From now on every Pod gets an address that none had before (the default).
    public void freshAddresses() {
        addresses.fresh();
    }

    /// Whether a Pod has this address, from before its status says so until its containers have ended: what a cloud
    /// would know as the address of a network interface. Node addresses are not among them.
    public boolean holds(String podAddress) {
        return addresses.isHeld(podAddress);
    }

    private PodLife find(String namespace, String pod) {
        return pods.values().stream()
                .filter(life -> life.facts().namespace().equals(namespace))
                .filter(life -> life.facts().name().equals(pod))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no Pod " + namespace + "/" + pod + " runs here"));
    }

    private void wake(String node) {
        pods.values().stream()
                .filter(life -> life.facts().node().equals(node))
                .forEach(life -> life.tell(new PodLife.Event.Wake()));
    }

    private final class Bound implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            seen(pod);
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            if (!before.getMetadata().getUid().equals(pod.getMetadata().getUid())) {
                onDelete(before, false);
            }
            seen(pod);
        }

        @Override
        public void onDelete(Pod pod, boolean stateUnknown) {
            PodLife life = pods.remove(pod.getMetadata().getUid());
            if (life != null) {
                life.tell(new PodLife.Event.Gone());
            }
        }

        private void seen(Pod pod) {
            if (around.nodes().address(pod.getSpec().getNodeName()).isPresent()) {
                pods.computeIfAbsent(pod.getMetadata().getUid(), uid -> begin(pod))
                        .tell(new PodLife.Event.Seen(pod));
            }
        }

        private PodLife begin(Pod pod) {
            PodLife life = new PodLife(pod, around, startDelay);
            lives.execute(life);
            return life;
        }
    }

    /// Ends all Pods' processes; the API server is told nothing.
    @Override
    public void close() {
        informer.close();
        lives.shutdownNow();
        try {
            // They end their processes on the loop, so the loop goes last.
            lives.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loop.close();
        addresses.close();
    }
}
