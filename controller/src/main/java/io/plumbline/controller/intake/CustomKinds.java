package io.plumbline.controller.intake;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.plumbline.spi.objects.CustomObject;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A cloud's own kinds may be absent from a cluster, or come later. Each is looked for now and then, and
/// informed about once it is there; nothing else waits for it.
public final class CustomKinds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CustomKinds.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(15);

    private final KubernetesClient client;
    private final List<CustomObject.Kind> missing;
    private final Function<CustomObject.Kind, SharedIndexInformer<?>> inform;
    private final Consumer<Boolean> known;
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
    private final Thread looker = Thread.ofVirtual().name("custom kinds").unstarted(this::look);
    private volatile boolean settled;

    /// @param known is told whether all of them exist and have been read
    CustomKinds(
            KubernetesClient client,
            List<CustomObject.Kind> kinds,
            Function<CustomObject.Kind, SharedIndexInformer<?>> inform,
            Consumer<Boolean> known) {
        this.client = client;
        this.missing = new ArrayList<>(kinds);
        this.inform = inform;
        this.known = known;
    }

    void start() {
        if (missing.isEmpty()) {
            settled = true;
            known.accept(true);
        } else {
            looker.start();
        }
    }

    /// Of each it is known whether it exists, and those that do have been listed.
    boolean settled() {
        return settled;
    }

    @Override
    public void close() {
        looker.interrupt();
    }

    private void look() {
        try {
            while (!lookOnce()) {
                Thread.sleep(settled ? BETWEEN_LOOKS : Duration.ofMillis(100));
            }
            known.accept(true);
            settled = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return whether all exist and have been read
    private boolean lookOnce() {
        boolean answered = missing.stream().toList().stream().allMatch(this::tryOne);
        settled = settled || (answered && informers.stream().allMatch(SharedIndexInformer::hasSynced));
        return missing.isEmpty() && informers.stream().allMatch(SharedIndexInformer::hasSynced);
    }

    /// @return whether the API server said if it exists
    private boolean tryOne(CustomObject.Kind kind) {
        try {
            client.genericKubernetesResources(context(kind))
                    .inAnyNamespace()
                    .list(new ListOptionsBuilder().withLimit(1L).build());
            informers.add(inform.apply(kind));
            missing.remove(kind);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                LOG.warn("{}.{} cannot be read: {}", kind.plural(), kind.group(), e.getMessage());
            }
            return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND || e.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
        }
    }

    /// How the client addresses objects of this kind.
    public static ResourceDefinitionContext context(CustomObject.Kind kind) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(kind.group())
                .withVersion(kind.version())
                .withPlural(kind.plural())
                .withKind(kind.kind())
                .withNamespaced(true)
                .build();
    }
}
