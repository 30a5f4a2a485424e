package io.plumbline.readinessgate.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.readinessgate.webhook.WebhookSettings.SleepAction;
import io.plumbline.spi.PodRegistrations;
import io.plumbline.spi.objects.PodView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The whole webhook over real TLS: it trusts nothing but the bundle that it published, as an API server
/// does.
class WebhookTest {
    private static final String CONFIGURATION =
            "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/plumbline";
    private static final String SECRET = "/api/v1/namespaces/kube-system/secrets/plumbline-webhook";
    private static final String POD = "{\"metadata\":{\"labels\":{\"app\":\"web\"}},\"spec\":{\"containers\":[{}]}}";
    private static final String NAME = "plumbline-webhook.kube-system.svc";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Supplier<PodRegistrations.Selected> selected = () -> PodRegistrations.Selected.YES;
    private TreeMap<String, String> namespaceAnnotations = new TreeMap<>();
    private SmallApiServer cluster;

    @BeforeEach
    void start() throws IOException {
        cluster = new SmallApiServer();
        cluster.put(CONFIGURATION, """
                {"apiVersion":"admissionregistration.k8s.io/v1","kind":"MutatingWebhookConfiguration",
                 "metadata":{"name":"plumbline"},"webhooks":[{"name":"pods.plumbline.io","sideEffects":"None",
                 "admissionReviewVersions":["v1"],"clientConfig":{"service":{"name":"plumbline-webhook",
                 "namespace":"kube-system","path":"/pods"}}}]}""");
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void aSelectedPodGetsItsGateAndItsSleep() throws Exception {
        namespaceAnnotations.put(Injection.SLEEP_ANNOTATION, "3");
        try (Webhook webhook = webhook()) {
            ApiServerCall.Reply response = post(webhook, Reviews.creating("shop", POD));

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.head()).contains("Content-Type: application/json");
            JsonNode answer = JSON.readTree(response.body()).path("response");
            assertThat(answer.path("allowed").asBoolean()).isTrue();
            assertThat(answer.path("uid").asText()).isEqualTo(Reviews.UID);
            assertThat(patch(answer))
                    .extracting(operation -> operation.path("path").asText())
                    .containsExactly(
                            "/spec/readinessGates",
                            "/spec/containers/0/lifecycle",
                            "/spec/terminationGracePeriodSeconds");
        }
    }

    @Test
    void podsThatNobodySelectsAndThoseOfKubeSystemStayAsTheyAre() throws Exception {
        try (Webhook webhook = webhook()) {
            assertUntouched(post(webhook, Reviews.creating("kube-system", POD)));
            selected = () -> PodRegistrations.Selected.NO;
            assertUntouched(post(webhook, Reviews.creating("shop", POD)));
        }
    }

    @Test
    void anObserverTouchesNothing() throws Exception {
        try (Webhook webhook = webhook(new WebhookSettings(false, SleepAction.KNOWN))) {
            assertUntouched(post(webhook, Reviews.creating("shop", POD)));
        }
    }

    @Test
    void inDoubtAPodGetsItsGate() throws Exception {
        selected = () -> PodRegistrations.Selected.UNKNOWN;
        try (Webhook webhook = webhook()) {
            JsonNode answer = JSON.readTree(
                            post(webhook, Reviews.creating("shop", POD)).body())
                    .path("response");

            assertThat(patch(answer)).hasSize(1);
        }
    }

    @Test
    void aBugAdmitsThePodAndSaysSo() throws Exception {
        selected = () -> {
            throw new IllegalStateException("a bug");
        };
        try (Webhook webhook = webhook()) {
            JsonNode answer = JSON.readTree(
                            post(webhook, Reviews.creating("shop", POD)).body())
                    .path("response");

            assertThat(answer.path("allowed").asBoolean()).isTrue();
            assertThat(answer.path("warnings").path(0).asText()).contains("no readiness gate was added");
        }
    }

    @Test
    void aSlowDecisionAdmitsThePodInTime() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        selected = () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return PodRegistrations.Selected.YES;
        };
        try (Webhook webhook = webhook()) {
            JsonNode answer = JSON.readTree(
                            post(webhook, Reviews.creating("shop", POD)).body())
                    .path("response");

            assertThat(answer.path("allowed").asBoolean()).isTrue();
            assertThat(answer.has("patch")).isFalse();
        }
    }

    @Test
    void whatIsNoReviewIsRefused() throws Exception {
        try (Webhook webhook = webhook()) {
            assertThat(post(webhook, "{}").status()).isEqualTo(400);
            assertThat(post(webhook, "no JSON at all").status()).isEqualTo(400);
            assertThat(call(webhook, NAME)
                            .post("text/plain", Reviews.creating("shop", POD))
                            .status())
                    .isEqualTo(400);
            assertThat(post(webhook, "x".repeat(WebhookServer.LARGEST_BODY + 1)).status())
                    .isEqualTo(413);
        }
    }

    @Test
    void theNamespaceIsReadAfresh() throws Exception {
        cluster.put("/api/v1/namespaces/shop", """
                {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"shop",
                 "annotations":{"plumbline.io/pre-stop-sleep-seconds":"5"}}}""");
        KubernetesNamespaces namespaces = new KubernetesNamespaces(cluster.client());

        assertThat(namespaces.annotations("shop")).containsEntry(Injection.SLEEP_ANNOTATION, "5");
        assertThat(namespaces.annotations("absent")).isEmpty();
    }

    @Test
    void replicasShareOneIdentityAndTheBundleKeepsWhatWasThere() throws Exception {
        X509Certificate older = Identity.renewed(Optional.empty(), List.of("old"), Instant.now())
                .authority()
                .certificate();
        new TrustedConfiguration(cluster.client(), WebhookNames.shipped("kube-system")).trust(older, Instant.now());
        List<Webhook> replicas = Stream.generate(this::webhook).limit(3).toList();
        try {
            for (Webhook replica : replicas) {
                assertThat(post(replica, Reviews.creating("shop", POD)).status())
                        .isEqualTo(200);
            }
            assertThat(bundle()).hasSize(2).contains(older);
            assertThat(cluster.at(SECRET).path("type").asText()).isEqualTo("kubernetes.io/tls");
        } finally {
            replicas.forEach(Webhook::close);
        }
    }

    @Test
    void aBrokenSecretIsReplaced() throws Exception {
        cluster.put(SECRET, """
                {"apiVersion":"v1","kind":"Secret","type":"kubernetes.io/tls",
                 "metadata":{"name":"plumbline-webhook","namespace":"kube-system"},
                 "data":{"tls.crt":"","tls.key":""}}""");
        try (Webhook webhook = webhook()) {
            assertThat(post(webhook, Reviews.creating("shop", POD)).status()).isEqualTo(200);
        }
    }

    @Test
    void withoutItsConfigurationItServesAndReports() throws Exception {
        try (SmallApiServer empty = new SmallApiServer();
                Webhook webhook = webhook(empty, new WebhookSettings(true, SleepAction.KNOWN))) {
            await().atMost(Duration.ofSeconds(60)).until(() -> webhook.port().isPresent());

            assertThat(meters.get("plumbline.webhook.trusted").gauge().value()).isZero();
        }
    }

    @Test
    void itIsTrustedForItsOwnNameAndByItsOwnAuthorityOnly() {
        try (Webhook webhook = webhook()) {
            await().atMost(Duration.ofSeconds(60)).until(() -> webhook.port().isPresent());
            ApiServerCall otherName = call(webhook, "another-service.kube-system.svc");
            ApiServerCall otherAuthority = new ApiServerCall(
                    webhook.port().orElseThrow(),
                    NAME,
                    List.of(Identity.renewed(Optional.empty(), List.of(NAME), Instant.now())
                            .authority()
                            .certificate()));

            assertThatThrownBy(() -> otherName.post("application/json", "{}")).isInstanceOf(SSLException.class);
            assertThatThrownBy(() -> otherAuthority.post("application/json", "{}"))
                    .isInstanceOf(SSLException.class);
        }
    }

    private void assertUntouched(ApiServerCall.Reply response) throws IOException {
        assertThat(JSON.readTree(response.body()).path("response").toString())
                .isEqualTo("{\"uid\":\"" + Reviews.UID + "\",\"allowed\":true}");
    }

    private static JsonNode patch(JsonNode answer) throws IOException {
        return JSON.readTree(Base64.getDecoder().decode(answer.path("patch").asText()));
    }

    private Webhook webhook() {
        return webhook(new WebhookSettings(true, SleepAction.KNOWN));
    }

    private Webhook webhook(WebhookSettings settings) {
        return webhook(cluster, settings);
    }

    private Webhook webhook(SmallApiServer api, WebhookSettings settings) {
        return Webhook.start(
                api.client(),
                WebhookNames.shipped("kube-system"),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new PodAdmission(List.of(new Selecting()), namespace -> namespaceAnnotations, settings),
                new Webhook.Surroundings(InstantSource.system(), meters));
    }

    private ApiServerCall.Reply post(Webhook webhook, String body) throws Exception {
        await().atMost(Duration.ofSeconds(60)).until(() -> webhook.port().isPresent());
        return call(webhook, NAME).post("application/json", body);
    }

    private ApiServerCall call(Webhook webhook, String name) {
        return new ApiServerCall(webhook.port().orElseThrow(), name, bundle());
    }

    private List<X509Certificate> bundle() {
        String text = cluster.at(CONFIGURATION)
                .path("webhooks")
                .path(0)
                .path("clientConfig")
                .path("caBundle")
                .asText();
        return Pem.certificates(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
    }

    /// Answers one question only: the others belong to the watch.
    private final class Selecting implements PodRegistrations {
        @Override
        public Optional<Instant> syncedSince() {
            return Optional.empty();
        }

        @Override
        public List<PodView> waiting() {
            return List.of();
        }

        @Override
        public List<PodView> ungated() {
            return List.of();
        }

        @Override
        public Standing standing(PodView pod) {
            return new Standing(Selection.NONE, false, List.of());
        }

        @Override
        public Selected selects(String namespace, SortedMap<String, String> labels) {
            return selected.get();
        }
    }
}
