package io.plumbline.it.fault;

import static io.plumbline.it.fault.AliyunBench.annotations;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Listeners of every kind that an annotation can ask for, from the Service to the cloud.
class AliyunListenersTest {
    private static final int HTTP = 80;
    private static final int HTTPS = 81;

    private final AliyunBench bench = new AliyunBench();
    private final Stage stage = bench.stage;
    private final AliyunFaultyCloud cloud = bench.cloud;

    @Test
    void listenersOfLayer7FollowTheirAnnotationsAndGoBackWithoutThem() {
        // Given
        String first = bench.certificate();
        String second = bench.certificate();
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
        Map<String, String> annotations = annotations(
                "protocol-port", "http:80,https:81", "cert-id", bench.certificate(), "forward-port", "80:81");

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
    void aForwardIsTakenAwayOnlyWithConsent() {
        // Given
        Map<String, String> annotations =
                annotations("protocol-port", "http:80,https:81", "cert-id", bench.certificate());
        Map<String, String> forwarding = new TreeMap<>(annotations);
        forwarding.putAll(annotations("forward-port", "80:81"));
        bench.with(2, forwarding);

        // When
        bench.with(2, annotations);

        // Then
        assertThat(config(listener(HTTP), "HTTP").get("ListenerForward")).isEqualTo("on");
        assertThat(stage.condition("Ready")).isEqualTo("False Immutable");
        assertThat(cloud.members()).hasSize(2).allMatch(member -> member.startsWith("81/"));
        assertThat(bench.writesIn(Duration.ofMinutes(12))).as("writes at rest").isZero();

        // When
        annotations.put("plumbline.io/replace", "allow");
        bench.with(2, annotations);

        // Then
        assertThat(config(listener(HTTP), "HTTP").get("ListenerForward")).isEqualTo("off");
        stage.serves(2, 1, 2);
    }

    @Test
    void anAccessListOfOurOwnFollowsTheSourceRangesAndGoesWithThem() {
        // Given
        bench.with(bench.to(List.of("192.0.2.0/24", "198.51.100.0/24"), Map.of()));
        String list = cloud.accessLists().keySet().iterator().next();
        List<String> first = cloud.entries(list);
        String white = bench.listener(HTTP, "AclType");

        // When
        bench.with(bench.to(List.of("192.0.2.0/24", "203.0.113.0/24"), Map.of()));
        List<String> second = cloud.entries(list);
        bench.with(1, Map.of());

        // Then
        assertThat(first).containsExactly("192.0.2.0/24", "198.51.100.0/24");
        assertThat(white).isEqualTo("white");
        assertThat(second).containsExactly("192.0.2.0/24", "203.0.113.0/24");
        assertThat(bench.listener(HTTP, "AclStatus")).isEqualTo("off");
        assertThat(cloud.accessLists()).isEmpty();
        stage.serves(1, 1, 2);
    }

    @Test
    void accessListsOfTheUsersOwnAreUsedAndLeftAlone() {
        // Given
        String one = cloud.makeAccessList("one");
        String two = cloud.makeAccessList("two");
        Map<String, String> annotations = annotations("acl-status", "on", "acl-type", "white", "acl-id", one);

        // When
        bench.with(1, annotations);
        Map<?, ?> first = listener(HTTP);
        annotations.putAll(annotations("acl-type", "black", "acl-id", two));
        bench.with(1, annotations);
        Map<?, ?> second = listener(HTTP);
        bench.with(1, Map.of());

        // Then
        assertThat(first.get("AclType")).isEqualTo("white");
        assertThat(first.get("AclIds")).isEqualTo(List.of(one));
        assertThat(second.get("AclType")).isEqualTo("black");
        assertThat(second.get("AclIds")).isEqualTo(List.of(two));
        assertThat(listener(HTTP).get("AclStatus")).isEqualTo("off");
        assertThat(cloud.accessLists()).containsOnlyKeys(one, two);
        stage.serves(1, 1, 2);
    }

    /// What cannot be done holds back its own listener, and the others are served.
    @Test
    void anAccessListThatDoesNotExistIsToldAndTheBackendsFollowAllTheSame() {
        // Given
        bench.with(1, Map.of());

        // When
        stage.withPods(3, 3);
        bench.with(1, annotations("acl-status", "on", "acl-type", "white", "acl-id", "acl-nowhere"));

        // Then
        stage.hasMembers(1, 1, 2, 3);
        assertThat(stage.condition("Ready")).startsWith("False");
        assertThat(bench.message("Ready")).contains("acl-nowhere");
        assertThat(listener(HTTP).get("AclStatus")).isEqualTo("off");
    }

    @Test
    void aCertificateThatDoesNotExistIsToldAndTheOldOneStays() {
        // Given
        String certificate = bench.certificate();
        Map<String, String> annotations = annotations("protocol-port", "https:81", "cert-id", certificate);
        bench.with(2, annotations);

        // When
        stage.withPods(3, 3);
        annotations.putAll(annotations("cert-id", "nowhere"));
        bench.with(2, annotations);

        // Then
        stage.hasMembers(2, 1, 2, 3);
        assertThat(stage.condition("Ready")).startsWith("False");
        assertThat(bench.listener(HTTPS, "ServerCertificateId")).isEqualTo(certificate);
    }

    @Test
    void aCertificateChangesWhileItsListenerServes() {
        // Given
        String second = bench.certificate();
        Map<String, String> annotations = annotations("protocol-port", "https:81", "cert-id", bench.certificate());
        bench.with(2, annotations);

        // When
        annotations.putAll(annotations("cert-id", second));
        bench.with(2, annotations);

        // Then
        assertThat(bench.listener(HTTPS, "ServerCertificateId")).isEqualTo(second);
        stage.serves(2, 1, 2);
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

    private Map<?, ?> listener(int port) {
        return cloud.listener(port);
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
}
