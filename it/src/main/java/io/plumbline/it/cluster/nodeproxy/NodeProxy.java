package io.plumbline.it.cluster.nodeproxy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.plumbline.it.cluster.kubelet.Machine;
import io.plumbline.it.cluster.kubelet.Nodes;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The node proxies of all simulated nodes. What an API object says is in force a few milliseconds after it was
/// written, on every node that runs.
public final class NodeProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeProxy.class);
    private static final String OF_SERVICE = "service";
    private static final String SERVICE_LABEL = "kubernetes.io/service-name";
    private static final Duration RETRY = Duration.ofMillis(100);

    private final SharedIndexInformer<Service> services;
    private final SharedIndexInformer<EndpointSlice> slices;
    private final Map<String, Machine> machines = new ConcurrentHashMap<>();
    private final Set<String> dirty = ConcurrentHashMap.newKeySet();
    private final Sockets sockets = new Sockets(machines);
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("node-proxy").factory());

    private NodeProxy(KubernetesClient client) {
        this.services = client.services().inAnyNamespace().runnableInformer(0);
        this.slices = client.discovery().v1().endpointSlices().inAnyNamespace().runnableInformer(0);
        slices.addIndexers(Map.of(OF_SERVICE, slice -> List.of(serviceOf(slice))));
        services.addEventHandler(new Marking<>(Cache::metaNamespaceKeyFunc));
        slices.addEventHandler(new Marking<>(NodeProxy::serviceOf));
    }

    /// Serves until it is closed.
    public static NodeProxy start(KubernetesClient client, Nodes nodes) {
        NodeProxy proxy = new NodeProxy(client);
        nodes.follow(proxy.new Machines());
        proxy.services.start();
        proxy.slices.start();
        return proxy;
    }

    private static String serviceOf(EndpointSlice slice) {
        Map<String, String> labels =
                Optional.ofNullable(slice.getMetadata().getLabels()).orElseGet(Map::of);
        return slice.getMetadata().getNamespace() + "/" + labels.getOrDefault(SERVICE_LABEL, "");
    }

    private void mark(String service) {
        if (dirty.add(service)) {
            later(Duration.ZERO, () -> sync(service));
        }
    }

    /// What comes after the end is of no interest.
    private void later(Duration delay, Runnable task) {
        try {
            ScheduledFuture<?> _ = worker.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("closed already");
        }
    }

    private void sync(String service) {
        dirty.remove(service);
        try {
            Optional<Service> found = Optional.ofNullable(services.getIndexer().getByKey(service));
            SortedMap<Place, Rule> wanted = found.map(each -> Rules.of(
                            each, slices.getIndexer().byIndex(OF_SERVICE, service), List.copyOf(machines.keySet())))
                    .orElseGet(Collections::emptySortedMap);
            if (!sockets.bring(service, wanted)) {
                later(RETRY, () -> mark(service));
            }
        } catch (RuntimeException e) {
            LOG.error("the node proxy gives up on {} until it changes", service, e);
        }
    }

    private final class Marking<T extends HasMetadata> implements ResourceEventHandler<T> {
        private final Function<T, String> service;

        Marking(Function<T, String> service) {
            this.service = service;
        }

        @Override
        public void onAdd(T object) {
            mark(service.apply(object));
        }

        @Override
        public void onUpdate(T before, T object) {
            mark(service.apply(object));
        }

        @Override
        public void onDelete(T object, boolean stateUnknown) {
            mark(service.apply(object));
        }
    }

    private final class Machines implements Nodes.Follower {
        @Override
        public void came(Machine machine) {
            machines.put(machine.name(), machine);
            services.getIndexer().listKeys().forEach(NodeProxy.this::mark);
        }

        @Override
        public void went(Machine machine) {
            machines.remove(machine.name());
            later(Duration.ZERO, () -> sockets.switchOff(machine.name()));
        }
    }

    /// Cuts everything; returns when every port is free.
    @Override
    public void close() {
        services.close();
        slices.close();
        worker.shutdown();
        try {
            if (!worker.awaitTermination(30, TimeUnit.SECONDS)) {
                LOG.error("the node proxy does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sockets.close();
    }
}
