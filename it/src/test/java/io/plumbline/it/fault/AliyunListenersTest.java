package io.plumbline.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Listeners of every kind that an annotation can ask for, from the Service to the cloud.
class AliyunListenersTest {
    private static final String PREFIX = "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-";
    private static final int HTTP = 80;
    private static final int HTTPS = 81;

    private final Stage stage = new Stage("aliyun").withPods(1, 2);
    private final AliyunFaultyCloud cloud = (AliyunFaultyCloud) stage.cloud;

    @Test
    void listenersOfLayer7FollowTheirAnnotationsAndGoBackWithoutThem() {
        // Given
        String first = certificate();
        String second = certificate();
        Map<String, String> annotations = annotations("protocol-port", "http:80,https:81", "cert-id", first);

        // When
        annotations.putAll(
                annotations("domain-extensions", "a.example.com:" + first, "sticky-session", "on", "scheduler", "rr"));
        stage.withService(2, annotations).settle();
        String extensionsBefore = extensions();
        Map<?, ?> http = listener(HTTP);

        annotations.putAll(annotations("domain-extensions", "a.example.com:" + second));
        annotations.putAll(annotations("sticky-session", "", "scheduler", ""));
        stage.withService(2, annotations).settle();

        // Then
        stage.serves(2, 1, 2);
        assertThat(http.get("Scheduler")).isEqualTo("rr");
        assertThat(config(http, "HTTP").get("StickySession")).isEqualTo("on");
        assertThat(extensionsBefore).contains(first);
        assertThat(extensions()).contains(second).doesNotContain(first);
        assertThat(listener(HTTP).get("Scheduler")).isEqualTo("wrr");
        assertThat(config(listener(HTTP), "HTTP").get("StickySession")).isEqualTo("off");
        assertThat(config(listener(HTTPS), "HTTPS").get("ServerCertificateId")).isEqualTo(first);
    }

    @Test
    void aListenerThatForwardsComesAfterTheOneThatItForwardsTo() {
        // Given
        Map<String, String> annotations =
                annotations("protocol-port", "http:80,https:81", "cert-id", certificate(), "forward-port", "80:81");

        // When
        stage.withService(2, annotations).settle();

        // Then
        assertThat(cloud.listeners()).containsExactly(HTTP, HTTPS);
        assertThat(config(listener(HTTP), "HTTP").get("ListenerForward")).isEqualTo("on");
        assertThat(cloud.members()).hasSize(2).allMatch(member -> member.startsWith("81/"));
    }

    /// The other port is served as ever.
    @Test
    void withoutACertificateOnlyThatListenerIsMissing() {
        stage.withService(2, annotations("protocol-port", "https:81")).settle();

        assertThat(cloud.listeners()).containsExactly(HTTP);
        assertThat(stage.condition("Programmed")).startsWith("False");
        assertThat(cloud.members()).hasSize(2);
        int calls = stage.calls();
        stage.world.runFor(Duration.ofMinutes(1));
        assertThat(stage.callsSince(calls)).as("in a minute of rest").hasSizeLessThan(20);
    }

    @Test
    void aProtectedLoadBalancerGoesWithItsService() {
        stage.withService(1).settle();

        stage.cluster.delete(Stage.SHOP);
        stage.settle();

        stage.isGone();
    }

    @Test
    void aPreservedOneStays() {
        stage.withService(1, annotations("preserve-lb-on-delete", "true")).settle();

        stage.cluster.delete(Stage.SHOP);
        stage.settle();

        assertThat(cloud.balancers()).hasSize(1);
        assertThat(cloud.listeners()).containsExactly(HTTP);
        assertThat(stage.cluster.service(Stage.SHOP)).isEmpty();
    }

    private static Map<String, String> annotations(String... keysAndValues) {
        Map<String, String> annotations = new TreeMap<>();
        for (int place = 0; place < keysAndValues.length; place += 2) {
            annotations.put(PREFIX + keysAndValues[place], keysAndValues[place + 1]);
        }
        return annotations;
    }

    private Map<?, ?> listener(int port) {
        Object listeners = cloud.byHand(
                        "DescribeLoadBalancerListeners",
                        Map.of("LoadBalancerId.1", cloud.balancers().getFirst()))
                .get("Listeners");
        return ((List<?>) Optional.ofNullable(listeners).orElseThrow())
                .stream()
                        .map(listener -> (Map<?, ?>) listener)
                        .filter(listener -> String.valueOf(port).equals(String.valueOf(listener.get("ListenerPort"))))
                        .findFirst()
                        .orElseThrow();
    }

    private static Map<?, ?> config(Map<?, ?> listener, String protocol) {
        return (Map<?, ?>)
                Optional.ofNullable(listener.get(protocol + "ListenerConfig")).orElseThrow();
    }

    private String extensions() {
        return cloud.byHand(
                        "DescribeDomainExtensions",
                        Map.of("LoadBalancerId", cloud.balancers().getFirst(), "ListenerPort", String.valueOf(HTTPS)))
                .toString();
    }

    /// A certificate of the user's own.
    private String certificate() {
        SelfSigned made = SelfSigned.of("shop.example.com");
        return String.valueOf(cloud.byHand(
                        "UploadServerCertificate",
                        Map.of("ServerCertificate", made.certificate(), "PrivateKey", made.privateKey()))
                .get("ServerCertificateId"));
    }
}
