package io.plumbline.readinessgate.webhook;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The Secret through which replicas share one identity. Several may start at once: whoever writes first
/// wins, the others read again.
final class CertificateSecret {
    private static final int CONFLICT = 409;
    private static final int ATTEMPTS = 10;
    private static final String AUTHORITY = "ca.crt";
    private static final String AUTHORITY_KEY = "ca.key";
    private static final String SERVING = "tls.crt";
    private static final String SERVING_KEY = "tls.key";

    private final KubernetesClient client;
    private final WebhookNames names;

    CertificateSecret(KubernetesClient client, WebhookNames names) {
        this.client = client;
        this.names = names;
    }

    /// The identity to serve with, made or renewed if it must be.
    ///
    /// @throws KubernetesClientException if the Secret can be neither read nor written
    Identity obtain(Instant now) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Secret> secret = Optional.ofNullable(client.secrets()
                    .inNamespace(names.namespace())
                    .withName(names.secret())
                    .get());
            Optional<Identity> current = secret.flatMap(CertificateSecret::read);
            Identity next = Identity.renewed(current, names.dnsNames(), now);
            if (current.filter(next::equals).isPresent() || written(secret, next)) {
                return next;
            }
        }
        throw new KubernetesClientException("the Secret " + names.secret() + " changes all the time");
    }

    private boolean written(Optional<Secret> present, Identity identity) {
        Secret secret = new SecretBuilder(present.orElseGet(this::empty))
                .withData(data(identity))
                .build();
        try {
            if (present.isPresent()) {
                client.resource(secret).update();
            } else {
                client.resource(secret).create();
            }
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    private Secret empty() {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(names.secret())
                .withNamespace(names.namespace())
                .addToLabels("app.kubernetes.io/name", "plumbline")
                .endMetadata()
                .withType("kubernetes.io/tls")
                .build();
    }

    private static Map<String, String> data(Identity identity) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put(AUTHORITY, encoded(Pem.text(identity.authority().certificate())));
        data.put(AUTHORITY_KEY, encoded(Pem.text(identity.authority().key())));
        data.put(SERVING, encoded(Pem.text(identity.serving().certificate())));
        data.put(SERVING_KEY, encoded(Pem.text(identity.serving().key())));
        return data;
    }

    private static Optional<Identity> read(Secret secret) {
        Map<String, String> data = Optional.ofNullable(secret.getData()).orElse(Map.of());
        try {
            return Optional.of(new Identity(
                    new Identity.Pair(Pem.certificate(decoded(data, AUTHORITY)), Pem.key(decoded(data, AUTHORITY_KEY))),
                    new Identity.Pair(Pem.certificate(decoded(data, SERVING)), Pem.key(decoded(data, SERVING_KEY)))));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String decoded(Map<String, String> data, String key) {
        return new String(Base64.getDecoder().decode(data.getOrDefault(key, "")), StandardCharsets.US_ASCII);
    }
}
