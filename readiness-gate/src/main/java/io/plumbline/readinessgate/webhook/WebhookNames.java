package io.plumbline.readinessgate.webhook;

import java.util.List;

/// What the shipped manifests call things.
///
/// @param namespace where the controller runs
/// @param service in front of the webhook
/// @param secret with the certificates, in that namespace
/// @param configuration the MutatingWebhookConfiguration
public record WebhookNames(String namespace, String service, String secret, String configuration) {
    /// As in `manifests/base`.
    public static WebhookNames shipped(String namespace) {
        return new WebhookNames(namespace, "plumbline-webhook", "plumbline-webhook", "plumbline");
    }

    /// The names that the API server may verify; it uses the first.
    List<String> dnsNames() {
        return List.of(service + "." + namespace + ".svc", service + "." + namespace, service);
    }
}
