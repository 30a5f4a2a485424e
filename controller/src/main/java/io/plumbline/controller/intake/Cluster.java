package io.plumbline.controller.intake;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.plumbline.controller.desired.Settings;
import io.plumbline.controller.loop.ClusterPort;
import io.plumbline.controller.loop.Schedule.Urgency;
import io.plumbline.spi.Dialect;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.objects.ServiceView;
import java.util.List;
import java.util.function.BiConsumer;

/// The cluster that a client leads to: what is known of it, and what can be done to it.
public final class Cluster implements AutoCloseable {
    private final Catalogue catalogue = new Catalogue();
    private final Wakeups wakeups;
    private final Informers informers;
    private final KubernetesCluster port;

    /// @param wake is told which load balancer an event concerns
    public Cluster(
            KubernetesClient client, Dialect dialect, Settings settings, BiConsumer<LoadBalancerKey, Urgency> wake) {
        this.wakeups = new Wakeups(catalogue, dialect, settings, wake);
        this.informers = new Informers(client, new Arrivals(catalogue, wakeups), dialect.customKinds());
        this.port = new KubernetesCluster(client, catalogue, dialect);
    }

    /// Begins to list and watch, and returns at once.
    public void start() {
        informers.start();
    }

    /// Every informer that feeds a decision has synced.
    public boolean synced() {
        return informers.synced();
    }

    /// From now on events wake the load balancers that they concern.
    public void listen() {
        wakeups.begin();
    }

    public ClusterPort port() {
        return port;
    }

    /// What is known now.
    public Catalogue catalogue() {
        return catalogue;
    }

    /// What the API server says of a namespace's Services now.
    ///
    /// @throws io.fabric8.kubernetes.client.KubernetesClientException if it does not answer
    public List<ServiceView> servicesNow(String namespace) {
        return port.servicesNow(namespace);
    }

    @Override
    public void close() {
        informers.close();
    }
}
