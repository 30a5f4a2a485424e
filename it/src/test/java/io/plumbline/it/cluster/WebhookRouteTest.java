package io.plumbline.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("laboratory")
final class WebhookRouteTest {

    private static final String PASSWORD = "changeit";

    @Test
    void webhookIsReachedByItsService(@TempDir Path folder) throws Exception {
        // Given
        KeyStore keys = selfSigned(folder.resolve("keys.p12"), "hook.web.svc");
        HttpsServer hook = serve(keys);
        try (Cluster cluster = Cluster.start(ClusterShape.ofNodes(0))) {
            cluster.namespace("web");
            cluster.apply(new ByteArrayInputStream(
                    manifests(keys.getCertificate("hook").getEncoded()).getBytes(StandardCharsets.UTF_8)));
            cluster.route("web", "hook", 443, hook.getAddress());

            // When
            ConfigMap made = cluster.client()
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withNamespace("web")
                            .withName("seen")
                            .endMetadata()
                            .build())
                    .create();

            // Then
            assertThat(made.getData()).containsEntry("hook", "was here");
        } finally {
            hook.stop(0);
        }
    }

    private static KeyStore selfSigned(Path file, String name) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "hook",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=dns:" + name,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static HttpsServer serve(KeyStore keys) throws IOException, GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/mutate", WebhookRouteTest::mutate);
        server.start();
        return server;
    }

    private static void mutate(HttpExchange exchange) throws IOException {
        JsonNode review = new ObjectMapper().readTree(exchange.getRequestBody());
        String patch = "[{\"op\":\"add\",\"path\":\"/data\",\"value\":{\"hook\":\"was here\"}}]";
        byte[] answer = """
                {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":\
                {"uid":"%s","allowed":true,"patchType":"JSONPatch","patch":"%s"}}
                """.formatted(
                        review.path("request").path("uid").asText(),
                        Base64.getEncoder().encodeToString(patch.getBytes(StandardCharsets.UTF_8)))
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(answer);
        }
    }

    private static String manifests(byte[] certificate) {
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
                + "\n-----END CERTIFICATE-----\n";
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: hook, namespace: web}
                spec:
                  ports: [{port: 443, targetPort: 9443}]
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: MutatingWebhookConfiguration
                metadata: {name: hook}
                webhooks:
                - name: hook.example.org
                  admissionReviewVersions: [v1]
                  sideEffects: None
                  failurePolicy: Fail
                  timeoutSeconds: 10
                  namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: web}}
                  objectSelector: {}
                  rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps], scope: Namespaced}]
                  clientConfig:
                    caBundle: %s
                    service: {namespace: web, name: hook, path: /mutate, port: 443}
                """.formatted(Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8)));
    }
}
