package io.plumbline.it.cluster.kubelet;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.net.HttpURLConnection;
import java.util.function.Supplier;

/// The API calls for one Pod, each bound to its UID.
record PodApi(KubernetesClient client, PodFacts facts) {

    private static final int UNPROCESSABLE = 422;

    sealed interface Answer {
        /// Done; this is the Pod now.
        record Is(Pod pod) implements Answer {}

        /// There is no such Pod any more, or another has its name.
        record Gone() implements Answer {}

        /// Not done; may work later.
        record Failed(String why) implements Answer {}
    }

    Answer patchAddresses(String json) {
        return answer(() -> StatusPatches.merge(pod(), json));
    }

    Answer patchStatus(String json) {
        return answer(() -> StatusPatches.strategic(pod(), json));
    }

    private PodResource pod() {
        return client.pods().inNamespace(facts.namespace()).withName(facts.name());
    }

    private static Answer answer(Supplier<Pod> call) {
        try {
            return new Answer.Is(call.get());
        } catch (KubernetesClientException e) {
            return isReplaced(e) ? new Answer.Gone() : new Answer.Failed(String.valueOf(e.getMessage()));
        }
    }

    /// A UID that is not the Pod's is answered with 422 "field is immutable", not with 409.
    private static boolean isReplaced(KubernetesClientException e) {
        boolean otherUid =
                e.getCode() == UNPROCESSABLE && String.valueOf(e.getMessage()).contains("metadata.uid");
        return otherUid || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    }

    /// The last word of a kubelet: the Pod's object may go now. True unless it must be said again.
    boolean delete() {
        DeleteOptions options = new DeleteOptionsBuilder()
                .withGracePeriodSeconds(0L)
                .withNewPreconditions()
                .withUid(facts.uid())
                .endPreconditions()
                .build();
        try {
            client.raw("/api/v1/namespaces/" + facts.namespace() + "/pods/" + facts.name(), "DELETE", options);
            return true;
        } catch (KubernetesClientException e) {
            return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND || e.getCode() == HttpURLConnection.HTTP_CONFLICT;
        }
    }
}
