package io.plumbline.readinessgate.webhook;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.readinessgate.webhook.TrustedConfiguration.Trust;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The webhook of one replica: obtains the shared certificate, makes the API server trust its authority,
/// and only then serves with it. Afterwards it looks once a minute whether it is still trusted.
public final class Webhook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

    private final KubernetesClient client;
    private final WebhookNames names;
    private final InetSocketAddress address;
    private final PodAdmission admission;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final AtomicInteger trusted;
    private final Thread thread;
    private Trust lastTrust = Trust.CONTENDED;
    private volatile Optional<WebhookServer> server = Optional.empty();

    private Webhook(
            KubernetesClient client,
            WebhookNames names,
            InetSocketAddress address,
            PodAdmission admission,
            Surroundings surroundings) {
        this.client = client;
        this.names = names;
        this.address = address;
        this.admission = admission;
        this.meters = surroundings.meters();
        this.clock = surroundings.clock();
        this.trusted = new AtomicInteger();
        meters.gauge("plumbline.webhook.trusted", trusted);
        this.thread = Thread.ofVirtual().name("webhook").unstarted(this::run);
    }

    /// What every part of the program is given.
    public record Surroundings(InstantSource clock, MeterRegistry meters) {}

    /// Starts, and returns at once; it serves as soon as it is trusted.
    ///
    /// @param address where to listen; port 0 takes a free one
    public static Webhook start(
            KubernetesClient client,
            WebhookNames names,
            InetSocketAddress address,
            PodAdmission admission,
            Surroundings surroundings) {
        Webhook webhook = new Webhook(client, names, address, admission, surroundings);
        webhook.thread.start();
        return webhook;
    }

    /// The port that it serves on; empty while it does not serve yet.
    public OptionalInt port() {
        return server.map(serving -> OptionalInt.of(serving.port())).orElse(OptionalInt.empty());
    }

    private void run() {
        try {
            Identity identity = untilObtained();
            while (true) {
                Trust trust = trust(identity);
                if (trust != Trust.CONTENDED && server.isEmpty()) {
                    serve(identity);
                }
                Thread.sleep(trust == Trust.CONTENDED ? TRY_AGAIN : LOOK_AGAIN);
            }
        } catch (InterruptedException e) {
            LOG.debug("the webhook stops");
        }
    }

    private Identity untilObtained() throws InterruptedException {
        CertificateSecret secret = new CertificateSecret(client, names);
        while (true) {
            try {
                return secret.obtain(clock.instant());
            } catch (KubernetesClientException e) {
                LOG.warn("the webhook has no certificate yet: {}", e.getMessage());
                Thread.sleep(TRY_AGAIN);
            }
        }
    }

    private Trust trust(Identity identity) {
        Trust trust;
        try {
            trust = new TrustedConfiguration(client, names)
                    .trust(identity.authority().certificate(), clock.instant());
        } catch (KubernetesClientException e) {
            LOG.warn("whether the webhook is trusted is not known: {}", e.getMessage());
            trust = Trust.CONTENDED;
        }
        if (trust == Trust.MISSING && lastTrust != Trust.MISSING) {
            LOG.warn(
                    "MutatingWebhookConfiguration {} is missing: no Pod gets a readiness gate. Apply the manifests again",
                    names.configuration());
        }
        lastTrust = trust;
        trusted.set(trust == Trust.TRUSTED ? 1 : 0);
        return trust;
    }

    private void serve(Identity identity) {
        WebhookServer serving = WebhookServer.start(
                address.getAddress(), address.getPort(), ServingTls.context(identity), admission, meters);
        server = Optional.of(serving);
        LOG.info("the webhook listens on port {}", serving.port());
    }

    /// Stops at once; reviews under way are answered.
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.ifPresent(WebhookServer::close);
    }
}
