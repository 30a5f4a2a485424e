package io.plumbline.controller.intake;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.plumbline.controller.loop.ClusterPort;
import io.plumbline.controller.loop.ServiceEdit;
import io.plumbline.controller.loop.Written;
import io.plumbline.controller.plan.Evidence.FreshRead;
import io.plumbline.controller.report.ObjectReport.Event;
import io.plumbline.controller.report.ObjectReport.StatusPatch;
import io.plumbline.controller.snapshot.ClusterSnapshot;
import io.plumbline.controller.snapshot.Projections;
import io.plumbline.controller.snapshot.SnapshotAssembly;
import io.plumbline.spi.Dialect;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.ServiceView;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A real cluster: snapshots from the informers' projections, everything else from the API server.
final class KubernetesCluster implements ClusterPort {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesCluster.class);
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final KubernetesClient client;
    private final Catalogue catalogue;
    private final Dialect dialect;

    KubernetesCluster(KubernetesClient client, Catalogue catalogue, Dialect dialect) {
        this.client = client;
        this.catalogue = catalogue;
        this.dialect = dialect;
    }

    @Override
    public ClusterSnapshot snapshot(LoadBalancerKey key) {
        return SnapshotAssembly.of(key, catalogue, dialect);
    }

    @Override
    public SortedMap<ObjectKey, FreshRead> read(List<ObjectKey> objects) {
        SortedMap<ObjectKey, FreshRead> answers = new ConcurrentSkipListMap<>();
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            objects.forEach(key -> readers.execute(() -> answers.put(key, read(key))));
        }
        return new TreeMap<>(answers);
    }

    private FreshRead read(ObjectKey key) {
        try {
            return switch (key.kind()) {
                case "Service" -> found(service(key));
                case "Pod" ->
                    found(client.pods()
                            .inNamespace(key.namespace())
                            .withName(key.name())
                            .get());
                case "Node" -> found(client.nodes().withName(key.name()).get());
                default -> new FreshRead.Unreadable("nobody reads a " + key.kind());
            };
        } catch (KubernetesClientException e) {
            return new FreshRead.Unreadable(text(e));
        }
    }

    private @Nullable Service service(ObjectKey key) {
        return client.services()
                .inNamespace(key.namespace())
                .withName(key.name())
                .get();
    }

    private static FreshRead found(@Nullable Object object) {
        return switch (object) {
            case null -> new FreshRead.NotFound();
            case Service service -> new FreshRead.FreshService(Projections.service(service));
            case Pod pod -> new FreshRead.FreshPod(Projections.pod(pod));
            case Node node -> new FreshRead.FreshNode(Projections.node(node));
            default -> new FreshRead.Unreadable("not read here: " + object.getClass());
        };
    }

    @Override
    public Written edit(ServiceView seen, ServiceEdit edit) {
        String patch = client.getKubernetesSerialization().asJson(Patches.metadata(seen, edit));
        return write(
                seen,
                () -> client.services()
                        .inNamespace(seen.key().namespace())
                        .withName(seen.key().name())
                        .patch(MERGE, patch));
    }

    @Override
    public Written publish(ServiceView seen, StatusPatch status) {
        String patch = client.getKubernetesSerialization().asJson(Patches.status(seen, status));
        return write(
                seen,
                () -> client.services()
                        .inNamespace(seen.key().namespace())
                        .withName(seen.key().name())
                        .subresource("status")
                        .patch(MERGE, patch));
    }

    private Written write(ServiceView seen, Supplier<@Nullable Service> call) {
        try {
            Service answer = call.get();
            if (answer == null) {
                return new Written.Gone();
            }
            ServiceView now = Projections.service(answer);
            boolean released =
                    now.metadata().deleting() && now.metadata().finalizers().isEmpty();
            if (!released) {
                catalogue.put(now);
                catalogue.changed();
            }
            return new Written.Done(now);
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                case HttpURLConnection.HTTP_NOT_FOUND -> new Written.Gone();
                case HttpURLConnection.HTTP_CONFLICT ->
                    new Written.Failed(seen.key().text() + " has changed meanwhile");
                default -> new Written.Failed(text(e));
            };
        }
    }

    @Override
    public void announce(ServiceView about, Event event) {
        String now = Instant.now().toString();
        try {
            client.v1()
                    .events()
                    .inNamespace(about.key().namespace())
                    .resource(new EventBuilder()
                            .withNewMetadata()
                            .withGenerateName(about.key().name() + ".")
                            .withNamespace(about.key().namespace())
                            .endMetadata()
                            .withNewInvolvedObject()
                            .withApiVersion("v1")
                            .withKind("Service")
                            .withNamespace(about.key().namespace())
                            .withName(about.key().name())
                            .withUid(about.uid())
                            .endInvolvedObject()
                            .withNewSource()
                            .withComponent("plumbline")
                            .endSource()
                            .withType(event.sort().text())
                            .withReason(event.reason())
                            .withMessage(event.message())
                            .withFirstTimestamp(now)
                            .withLastTimestamp(now)
                            .withCount(1)
                            .build())
                    .create();
        } catch (KubernetesClientException e) {
            LOG.debug("no event about {}: {}", about.key().text(), text(e));
        }
    }

    private static String text(KubernetesClientException e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }

    /// What the API server says of a namespace's Services, unlike [Catalogue] now.
    List<ServiceView> servicesNow(String namespace) {
        return client.services().inNamespace(namespace).list().getItems().stream()
                .map(Projections::service)
                .toList();
    }
}
