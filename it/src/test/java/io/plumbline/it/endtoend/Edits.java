package io.plumbline.it.endtoend;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/// Edits as `kubectl edit` makes them: begun again where somebody else has written in between.
final class Edits {
    private static final int ATTEMPTS = 20;

    private Edits() {}

    /// @param edit reads the object and writes it
    static void untilTaken(Runnable edit) {
        for (int attempt = 1; ; attempt++) {
            try {
                edit.run();
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
