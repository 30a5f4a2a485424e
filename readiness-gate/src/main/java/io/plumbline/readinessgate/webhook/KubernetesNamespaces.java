package io.plumbline.readinessgate.webhook;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// Namespaces as the API server tells them.
public final class KubernetesNamespaces implements Namespaces {
    private static final Duration TIME_TO_ANSWER = Duration.ofSeconds(1);
    private static final Executor READERS = task -> Thread.ofVirtual().start(task);

    private final KubernetesClient client;

    public KubernetesNamespaces(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public SortedMap<String, String> annotations(String namespace) throws Unreadable {
        try {
            return CompletableFuture.supplyAsync(() -> read(namespace), READERS)
                    .orTimeout(TIME_TO_ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new Unreadable("namespace " + namespace, e);
        }
    }

    private SortedMap<String, String> read(String namespace) {
        return Optional.ofNullable(client.namespaces().withName(namespace).get())
                .map(Namespace::getMetadata)
                .flatMap(metadata -> Optional.ofNullable(metadata.getAnnotations()))
                .map(TreeMap::new)
                .orElseGet(TreeMap::new);
    }
}
