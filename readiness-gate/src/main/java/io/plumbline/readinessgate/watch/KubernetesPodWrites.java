package io.plumbline.readinessgate.watch;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.plumbline.readinessgate.gate.GatePatch;
import io.plumbline.readinessgate.gate.GatePatch.GateCondition;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes about Pods to the API server.
public final class KubernetesPodWrites implements PodWrites {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesPodWrites.class);
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    /// The longest message that an event may have.
    private static final int EVENT_MESSAGE = 1024;

    private static final long TIMEOUT_SECONDS = 5;

    private final KubernetesClient client;

    public KubernetesPodWrites(KubernetesClient client) {
        this.client = client;
    }

    /// A strategic merge, since a merge patch would replace the list of conditions. A wrong `metadata.uid` is
    /// answered 422 "field is immutable": the Pod was replaced.
    ///
    /// The request is made by hand: the client's own `patch` reads the Pod first, at the cost of a call
    /// for each.
    @Override
    public Written patch(GatePatch patch, Instant now) {
        HttpRequest request = client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(URI.create(statusUrl(patch.pod())))
                .timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .method(
                        "PATCH",
                        "application/strategic-merge-patch+json",
                        client.getKubernetesSerialization().asJson(body(patch, now)))
                .build();
        try {
            HttpResponse<String> response =
                    client.getHttpClient().sendAsync(request, String.class).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return written(response, patch);
        } catch (ExecutionException | TimeoutException e) {
            return new Written.Failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Written.Failed("interrupted");
        }
    }

    private String statusUrl(ObjectKey pod) {
        String server = client.getMasterUrl().toString().replaceAll("/+$", "");
        return server + "/api/v1/namespaces/" + pod.namespace() + "/pods/" + pod.name() + "/status";
    }

    private static Written written(HttpResponse<String> response, GatePatch patch) {
        if (response.isSuccessful()) {
            return new Written.Done();
        }
        return switch (response.code()) {
            case NOT_FOUND, UNPROCESSABLE -> new Written.Replaced();
            case CONFLICT -> patch.resourceVersion().isPresent() ? new Written.Stale() : new Written.Replaced();
            default -> new Written.Failed("HTTP " + response.code() + " " + response.body());
        };
    }

    static Map<String, Object> body(GatePatch patch, Instant now) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("uid", patch.uid());
        patch.resourceVersion().ifPresent(version -> metadata.put("resourceVersion", version));
        List<Map<String, Object>> conditions = patch.conditions().stream()
                .map(condition -> condition(condition, now))
                .toList();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("metadata", metadata);
        body.put("status", Map.of("conditions", conditions));
        return body;
    }

    private static Map<String, Object> condition(GateCondition condition, Instant now) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", condition.type());
        fields.put("status", condition.open() ? "True" : "False");
        fields.put("reason", condition.reason().text());
        fields.put("message", condition.message());
        fields.put("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
        return fields;
    }

    @Override
    public void warn(PodView pod, String reason, String message, Instant now) {
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        try {
            client.v1()
                    .events()
                    .inNamespace(pod.key().namespace())
                    .resource(new EventBuilder()
                            .withNewMetadata()
                            .withName(pod.key().name() + "." + UUID.randomUUID())
                            .withNamespace(pod.key().namespace())
                            .endMetadata()
                            .withType("Warning")
                            .withReason(reason)
                            .withMessage(message.substring(0, Math.min(message.length(), EVENT_MESSAGE)))
                            .withNewInvolvedObject()
                            .withApiVersion("v1")
                            .withKind("Pod")
                            .withNamespace(pod.key().namespace())
                            .withName(pod.key().name())
                            .withUid(pod.uid())
                            .endInvolvedObject()
                            .withNewSource()
                            .withComponent("plumbline")
                            .endSource()
                            .withFirstTimestamp(time)
                            .withLastTimestamp(time)
                            .withCount(1)
                            .build())
                    .create();
        } catch (KubernetesClientException e) {
            LOG.debug("an event about {} was not written: {}", pod.key().text(), e.getMessage());
        }
    }
}
