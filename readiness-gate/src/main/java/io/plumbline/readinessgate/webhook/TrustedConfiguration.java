package io.plumbline.readinessgate.webhook;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// The MutatingWebhookConfiguration. It is shipped with the manifests: only its `caBundle` is ours to
/// write, and one that is missing is reported, not made.
final class TrustedConfiguration {
    private static final int CONFLICT = 409;

    private final KubernetesClient client;
    private final WebhookNames names;

    TrustedConfiguration(KubernetesClient client, WebhookNames names) {
        this.client = client;
        this.names = names;
    }

    /// Whether the API server trusts us.
    enum Trust {
        TRUSTED,
        /// There is no such configuration: no Pod gets a gate.
        MISSING,
        /// Somebody else wrote at the same time: try again.
        CONTENDED
    }

    /// Makes the API server trust `authority`, whoever else it trusts already.
    Trust trust(X509Certificate authority, Instant now) {
        MutatingWebhookConfiguration configuration = client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(names.configuration())
                .get();
        if (configuration == null) {
            return Trust.MISSING;
        }
        boolean changed = false;
        for (MutatingWebhook webhook : configuration.getWebhooks()) {
            String present =
                    decoded(Optional.ofNullable(webhook.getClientConfig().getCaBundle()));
            String wanted = CaBundle.with(present, authority, now);
            changed |= !wanted.equals(present);
            webhook.getClientConfig().setCaBundle(encoded(wanted));
        }
        return changed ? write(configuration) : Trust.TRUSTED;
    }

    private Trust write(MutatingWebhookConfiguration configuration) {
        try {
            client.resource(configuration).update();
            return Trust.TRUSTED;
        } catch (KubernetesClientException e) {
            if (e.getCode() == CONFLICT) {
                return Trust.CONTENDED;
            }
            throw e;
        }
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String decoded(Optional<String> bundle) {
        try {
            return new String(Base64.getDecoder().decode(bundle.orElse("")), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
