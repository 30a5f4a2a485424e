package io.plumbline.controller.intake;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.plumbline.spi.objects.CustomObject;
import io.plumbline.spi.objects.ObjectKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Informers over everything that a decision depends on. Nothing that fails here ends one: it tries
/// again.
final class Informers implements AutoCloseable {
    /// Reads in pages, which also makes the first list a fresh one: without a limit the API server may
    /// answer it from a cache that lags behind.
    private static final long PAGE = 500;

    private final KubernetesClient client;
    private final Arrivals arrivals;
    private final CustomKinds customKinds;
    private final List<SharedIndexInformer<?>> deciding = new CopyOnWriteArrayList<>();
    private final List<SharedIndexInformer<?>> others = new CopyOnWriteArrayList<>();

    Informers(KubernetesClient client, Arrivals arrivals, List<CustomObject.Kind> kinds) {
        this.client = client;
        this.arrivals = arrivals;
        this.customKinds = new CustomKinds(client, kinds, this::custom, arrivals::kindsKnown);
    }

    /// Begins to list and watch, and returns at once.
    void start() {
        deciding.add(inform("Service", client.services().inAnyNamespace(), Service::new, arrivals::arrived));
        deciding.add(inform(
                "EndpointSlice",
                client.discovery().v1().endpointSlices().inAnyNamespace(),
                EndpointSlice::new,
                arrivals::arrived));
        deciding.add(inform("Pod", client.pods().inAnyNamespace(), Pod::new, arrivals::arrived));
        deciding.add(inform("Node", client.nodes(), Node::new, arrivals::arrived));
        others.add(inform("Namespace", client.namespaces(), Namespace::new, arrivals::arrived));
        customKinds.start();
    }

    /// Everything that feeds a decision has been listed; a custom kind that does not exist counts as
    /// listed.
    boolean synced() {
        return !deciding.isEmpty()
                && deciding.stream().allMatch(SharedIndexInformer::hasSynced)
                && customKinds.settled();
    }

    @Override
    public void close() {
        customKinds.close();
        deciding.forEach(SharedIndexInformer::close);
        others.forEach(SharedIndexInformer::close);
    }

    private SharedIndexInformer<?> custom(CustomObject.Kind kind) {
        ResourceDefinitionContext context = CustomKinds.context(kind);
        SharedIndexInformer<?> informer = inform(
                kind.kind(),
                client.genericKubernetesResources(context).inAnyNamespace(),
                GenericKubernetesResource::new,
                arrivals::arrived);
        others.add(informer);
        return informer;
    }

    private <T extends HasMetadata> SharedIndexInformer<T> inform(
            String kind, Informable<T> objects, Supplier<T> blank, Consumer<T> arrived) {
        SharedIndexInformer<T> informer = objects.withLimit(PAGE).runnableInformer(0);
        informer.removeNamespaceIndex();
        informer.itemStore(new ProjectingStore<>(blank, arrived, gone -> arrivals.left(key(kind, gone))));
        informer.exceptionHandler((started, failure) -> true);
        informer.start();
        return informer;
    }

    private static ObjectKey key(String kind, HasMetadata object) {
        String namespace =
                Optional.ofNullable(object.getMetadata().getNamespace()).orElse("");
        return new ObjectKey(kind, namespace, object.getMetadata().getName());
    }
}
