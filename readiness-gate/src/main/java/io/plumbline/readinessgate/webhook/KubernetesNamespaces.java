package io.plumbline.readinessgate.webhook;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Namespaces as the API server tells them.
public final class KubernetesNamespaces implements Namespaces {
    private final KubernetesClient client;

    /// @param client whose time limits are those of an admission: a second
    public KubernetesNamespaces(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public SortedMap<String, String> annotations(String namespace) throws Unreadable {
        try {
            return Optional.ofNullable(client.namespaces().withName(namespace).get())
                    .map(Namespace::getMetadata)
                    .flatMap(metadata -> Optional.ofNullable(metadata.getAnnotations()))
                    .map(TreeMap::new)
                    .orElseGet(TreeMap::new);
        } catch (KubernetesClientException e) {
            throw new Unreadable("namespace " + namespace + ": " + e.getMessage(), e);
        }
    }
}
