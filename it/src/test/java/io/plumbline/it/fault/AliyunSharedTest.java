package io.plumbline.it.fault;

import static io.plumbline.it.fault.AliyunBench.annotations;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.controller.desired.Claims;
import io.plumbline.it.virtual.Samples;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.ServiceView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// A load balancer that its user made, with listeners of Services, or with listeners of the user's own that lead to
/// Services' backends.
class AliyunSharedTest {
    private static final ObjectKey OTHER = ObjectKey.service("web", "other");
    private static final String USERS_OWN = "10.0.9.99";

    private final AliyunBench bench = new AliyunBench();
    private final Stage stage = bench.stage;
    private final AliyunFaultyCloud cloud = bench.cloud;
    private final String balancer = cloud.makeBalancer();

    @Test
    void listenersAreMadeOnItAndGoWithTheirServiceAndItStaysAsItWas() {
        // Given
        Map<?, ?> before = settings();

        // When
        bench.with(2, listeners());

        // Then
        stage.serves(2, 1, 2);
        assertThat(settings()).isEqualTo(before);

        // When
        stage.cluster.delete(Stage.SHOP);
        stage.settle();

        // Then
        assertThat(cloud.listeners()).isEmpty();
        assertThat(cloud.groups()).isEmpty();
        assertThat(settings()).isEqualTo(before);
        assertThat(stage.cluster.service(Stage.SHOP)).isEmpty();
    }

    @Test
    void theUsersOwnListenerLeadsToABackendsGroupThatFollowsThePods() {
        // Given
        bench.with(1, annotations("id", balancer));
        String group = cloud.groups().keySet().iterator().next();
        assertThat(cloud.listeners()).isEmpty();
        assertThat(stage.condition("Ready")).startsWith("True");

        // When
        cloud.listener(8080, group);
        stage.withPods(3, 3).settle();

        // Then
        assertThat(cloud.weights(group)).containsOnlyKeys("10.0.3.1", "10.0.3.2", "10.0.3.3");
        assertThat(cloud.listeners()).containsExactly(8080);
        assertThat(bench.writesIn(Duration.ofMinutes(12))).as("writes at rest").isZero();
    }

    /// The cloud keeps a group that a listener leads to.
    @Test
    void aServiceThatGoesWaitsForTheUsersListenerToLetGoOfItsGroup() {
        // Given
        bench.with(1, annotations("id", balancer));
        cloud.listener(8080, cloud.groups().keySet().iterator().next());

        // When
        stage.cluster.delete(Stage.SHOP);
        stage.settle();

        // Then
        assertThat(stage.cluster.service(Stage.SHOP)).isPresent();
        assertThat(stage.condition("Ready")).isEqualTo("False Conflict");

        // When
        cloud.removeListener(8080);
        stage.world.runFor(Duration.ofMinutes(31));

        // Then
        assertThat(cloud.groups()).isEmpty();
        assertThat(stage.cluster.service(Stage.SHOP)).isEmpty();
    }

    @Test
    void inTheUsersOwnGroupOnlyOurMembersAreChangedAndWeighTogetherWhatIsAsked() {
        // Given
        String group = cloud.makeGroup("users-own");
        Map<String, String> annotations = annotations("id", balancer, "vgroup-port", group + ":80", "weight", "60");

        // When
        bench.with(1, annotations);
        Map<String, String> two = cloud.weights(group);
        stage.withPods(3, 3).settle();
        Map<String, String> three = cloud.weights(group);
        annotations.putAll(annotations("weight", "90"));
        bench.with(1, annotations);
        Map<String, String> more = cloud.weights(group);
        annotations.putAll(annotations("weight", ""));
        bench.with(1, annotations);
        Map<String, String> without = cloud.weights(group);

        // Then
        assertThat(two).isEqualTo(Map.of(USERS_OWN, "7", "10.0.3.1", "30", "10.0.3.2", "30"));
        assertThat(three).isEqualTo(Map.of(USERS_OWN, "7", "10.0.3.1", "20", "10.0.3.2", "20", "10.0.3.3", "20"));
        assertThat(more).isEqualTo(Map.of(USERS_OWN, "7", "10.0.3.1", "30", "10.0.3.2", "30", "10.0.3.3", "30"));
        assertThat(without).isEqualTo(Map.of(USERS_OWN, "7", "10.0.3.1", "100", "10.0.3.2", "100", "10.0.3.3", "100"));
        assertThat(stage.condition("Ready")).startsWith("True");

        // When
        stage.cluster.delete(Stage.SHOP);
        stage.settle();

        // Then
        assertThat(cloud.weights(group)).isEqualTo(Map.of(USERS_OWN, "7"));
        assertThat(stage.cluster.service(Stage.SHOP)).isEmpty();
    }

    @Test
    void membersLeaveAGroupThatTheServiceNamesNoMore() {
        // Given
        String first = cloud.makeGroup("users-own");
        String second = cloud.makeGroup("users-other");
        bench.with(1, annotations("id", balancer, "vgroup-port", first + ":80"));

        // When
        bench.put(1, annotations("id", balancer, "vgroup-port", second + ":80"));
        stage.world.runFor(Duration.ofMinutes(1));

        // Then
        assertThat(cloud.weights(first)).isEqualTo(Map.of(USERS_OWN, "7"));
        assertThat(cloud.weights(second)).containsOnlyKeys(USERS_OWN, "10.0.3.1", "10.0.3.2");
        assertThat(stage.condition("Ready")).startsWith("True");

        // When
        bench.with(1, annotations("id", balancer));

        // Then
        assertThat(cloud.weights(second)).isEqualTo(Map.of(USERS_OWN, "7"));
        assertThat(cloud.groups()).hasSize(3);
        assertThat(stage.condition("Ready")).startsWith("True");
        assertThat(bench.writesIn(Duration.ofMinutes(12))).as("writes at rest").isZero();
    }

    /// Traffic is split between them by what each weighs together.
    @Test
    void severalServicesShareAGroupAndEachHasItsOwnMembersThere() {
        // Given
        String group = cloud.makeGroup("users-own");
        bench.with(1, annotations("id", balancer, "vgroup-port", group + ":80", "weight", "80"));

        // When
        stage.cluster.put(other(annotations("id", balancer, "vgroup-port", group + ":90", "weight", "20"), 90));
        stage.settle();

        // Then
        assertThat(cloud.registered(group))
                .containsExactlyInAnyOrder(
                        "10.0.9.99:80 7", "10.0.3.1:80 40", "10.0.3.2:80 40", "10.0.3.1:90 10", "10.0.3.2:90 10");
        assertThat(cloud.groups()).hasSize(1);
        assertThat(stage.condition("Ready")).startsWith("True");
        assertThat(bench.writesIn(Duration.ofMinutes(12))).as("writes at rest").isZero();

        // When
        stage.cluster.delete(Stage.SHOP);
        stage.settle();

        // Then
        assertThat(cloud.registered(group))
                .containsExactlyInAnyOrder("10.0.9.99:80 7", "10.0.3.1:90 10", "10.0.3.2:90 10");
        assertThat(stage.cluster.service(Stage.SHOP)).isEmpty();
    }

    @Test
    void aGroupOfAnotherControllerIsLeftAlone() {
        // Given
        String group = cloud.makeGroup("k8s/80/shop/web/c1a2b3");

        // When
        bench.with(1, annotations("id", balancer, "vgroup-port", group + ":80"));

        // Then
        assertThat(cloud.weights(group)).isEqualTo(Map.of(USERS_OWN, "7"));
        assertThat(stage.condition("Ready")).isEqualTo("False Foreign");
        assertThat(bench.message("Ready")).contains(group);
        assertThat(bench.writesIn(Duration.ofMinutes(12))).as("writes at rest").isZero();
    }

    @Test
    void aGroupThatDoesNotExistIsToldAndNoneIsMadeInItsPlace() {
        // Given
        Map<String, String> annotations = new TreeMap<>(listeners());
        annotations.putAll(annotations("vgroup-port", "rsp-nowhere:80"));

        // When
        bench.with(2, annotations);

        // Then
        assertThat(cloud.listeners()).containsExactly(81);
        assertThat(cloud.groups()).hasSize(1);
        assertThat(stage.condition("Ready")).isEqualTo("False Foreign");
        assertThat(bench.message("Ready")).contains("rsp-nowhere");
        assertThat(bench.writesIn(Duration.ofMinutes(12))).as("writes at rest").isZero();
    }

    @Test
    void aListenerThatOnlyForwardsIsTheServicesThatAskedForItAndGoesWithThat() {
        // Given
        bench.with(1, listeners());
        stage.cluster.put(other(forwarding(), 90, 443));
        stage.settle();

        // Then
        assertThat(cloud.listeners()).containsExactly(80, 90, 443);
        assertThat(bench.listener(90, "ListenerForward")).isEqualTo("on");
        assertThat(bench.listener(90, "Description")).isEqualTo(markOf(OTHER));
        assertThat(bench.listener(80, "Description")).isEqualTo(markOf(Stage.SHOP));
        assertThat(bench.writesIn(Duration.ofMinutes(12))).as("writes at rest").isZero();

        // When
        stage.cluster.delete(OTHER);
        stage.settle();

        // Then
        assertThat(cloud.listeners()).containsExactly(80);
        assertThat(stage.cluster.service(OTHER)).isEmpty();
        stage.serves(1, 1, 2);
    }

    @Test
    void aListenerThatOnlyForwardsStaysWhenTheOldestServiceGoes() {
        // Given
        bench.with(1, listeners());
        stage.cluster.put(other(forwarding(), 90, 443));
        stage.settle();

        // When
        stage.cluster.delete(Stage.SHOP);
        stage.settle();

        // Then
        assertThat(cloud.listeners()).containsExactly(90, 443);
        assertThat(stage.cluster.service(Stage.SHOP)).isEmpty();
        assertThat(bench.writesIn(Duration.ofMinutes(12))).as("writes at rest").isZero();
    }

    /// They serve, and their user may make them his own.
    @Test
    void listenersStayWhereTheirServiceLeavesThemToTheUser() {
        // Given
        bench.with(1, listeners());

        // When
        bench.with(1, annotations("id", balancer));
        stage.withPods(3, 3).settle();

        // Then
        stage.hasMembers(1, 1, 2, 3);
    }

    @Test
    void oneThatDoesNotExistIsTold() {
        bench.with(1, annotations("id", "lb-nowhere"));

        assertThat(stage.condition("Ready")).isEqualTo("False Gone");
    }

    private Map<String, String> listeners() {
        return annotations("id", balancer, "force-override-listeners", "true");
    }

    private Map<String, String> forwarding() {
        Map<String, String> annotations = new TreeMap<>(listeners());
        annotations.putAll(annotations(
                "protocol-port", "http:90,https:443", "forward-port", "90:443", "cert-id", bench.certificate()));
        return annotations;
    }

    /// What a load balancer's user sees of it, but for what is on it.
    private Map<?, ?> settings() {
        Map<Object, Object> settings = new TreeMap<>(cloud.balancer());
        List.of("ListenerPorts", "ListenerPortsAndProtocal", "ListenerPortsAndProtocol", "RequestId")
                .forEach(settings::remove);
        return settings;
    }

    private String markOf(ObjectKey service) {
        ServiceView view = stage.cluster.service(service).orElseThrow();
        return "plumbline-" + Claims.mark(view, Samples.settings(cloud.name())).hash();
    }

    /// A younger Service with the same Pods.
    private ServiceView other(Map<String, String> annotations, int... ports) {
        Map<String, String> all = new TreeMap<>(cloud.serviceAnnotations());
        all.putAll(annotations);
        return Samples.younger(Samples.service(cloud.name(), 1, all), OTHER, ports);
    }
}
