package io.plumbline.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.controller.desired.Settings;
import io.plumbline.controller.loop.Controller;
import io.plumbline.controller.loop.ControllerOptions;
import io.plumbline.controller.loop.ControllerOptions.LeaseOptions;
import io.plumbline.controller.plan.Mode;
import io.plumbline.controller.snapshot.Projections;
import io.plumbline.fake.FakeCloud;
import io.plumbline.fake.FakeDialect;
import io.plumbline.fake.FakeProvider;
import io.plumbline.fake.FakeState;
import io.plumbline.fake.Traits;
import io.plumbline.it.cluster.Cluster;
import io.plumbline.it.cluster.ClusterShape;
import io.plumbline.it.virtual.Samples;
import io.plumbline.spi.CoreAnnotations;
import io.plumbline.spi.PodRegistrations;
import io.plumbline.spi.objects.PodView;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The controller with its real informers, queue and election, on a real control plane.
@Tag("laboratory")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ControllerOnRealClusterTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Cluster cluster = Cluster.start(ClusterShape.ofNodes(1));
    private final FakeCloud cloud = new FakeCloud(Traits.inline(), InstantSource.system());

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void aServiceLivesItsWholeLifeAndTheNextLeaderTakesOver() {
        // Given
        cluster.namespace("web");
        cluster.workloads().deploy("web", "shop", 3);
        try (Controller first = controller("first")) {
            first.start();
            await().atMost(LIMIT).until(first::leader);
            cluster.client().resource(service()).create();
            await().atMost(LIMIT).until(() -> members() == 3);
            await().atMost(LIMIT).until(() -> ready("True"));
            assertThat(now().getStatus().getLoadBalancer().getIngress()).hasSize(1);
            assertThat(now().getMetadata().getAnnotations())
                    .containsKey(FakeDialect.WRITTEN_ID)
                    .doesNotContainKey(CoreAnnotations.INTENT);
            assertThat(now().getMetadata().getFinalizers()).contains(Settings.FINALIZER);

            assertThat(cluster.workloads().pods("web", "shop"))
                    .hasSize(3)
                    .allSatisfy(pod -> assertRegistered(first.registrations(), Projections.pod(pod)));
            assertThat(selects(first, "shop")).isEqualTo(PodRegistrations.Selected.YES);
            assertThat(selects(first, "other")).isEqualTo(PodRegistrations.Selected.NO);

            // When
            cluster.workloads().scale("web", "shop", 5);

            // Then
            await().atMost(LIMIT).until(() -> members() == 5);
        }
        try (Controller second = controller("second")) {
            second.start();
            await().atMost(Duration.ofSeconds(10)).until(second::leader);

            // When
            cluster.workloads().scale("web", "shop", 2);

            // Then
            await().atMost(LIMIT).until(() -> members() == 2);

            // When
            cluster.client().resource(service()).delete();

            // Then
            await().atMost(LIMIT)
                    .until(() -> cluster.client()
                                    .services()
                                    .inNamespace("web")
                                    .withName("shop")
                                    .get()
                            == null);
            assertThat(cloud.state().balancers()).isEmpty();
        }
    }

    private static void assertRegistered(PodRegistrations registrations, PodView pod) {
        PodRegistrations.Standing standing = registrations.standing(pod);
        assertThat(registrations.syncedSince()).isPresent();
        assertThat(standing.selection()).isEqualTo(PodRegistrations.Selection.DIRECT);
        assertThat(standing.othersToo()).isFalse();
        assertThat(standing.registrations()).singleElement().satisfies(registration -> {
            assertThat(registration.state()).isInstanceOf(PodRegistrations.State.Registered.class);
            assertThat(registration.ids().id(registration.backend().pool())).isPresent();
        });
    }

    private static PodRegistrations.Selected selects(Controller controller, String app) {
        return controller.registrations().selects("web", new TreeMap<>(Map.of("app", app)));
    }

    private Controller controller(String identity) {
        return new Controller(
                cluster.client(),
                gate -> new FakeProvider(cloud, gate),
                new ControllerOptions(
                        Samples.settings("fake"),
                        Mode.SYNC,
                        new LeaseOptions(
                                "kube-system",
                                "plumbline-fake",
                                identity,
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(2)),
                        4),
                new SimpleMeterRegistry());
    }

    private Service now() {
        return cluster.client().services().inNamespace("web").withName("shop").get();
    }

    private boolean ready(String status) {
        return now().getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals(status));
    }

    private int members() {
        return cloud.state().balancers().stream()
                .flatMap(balancer -> balancer.groups().stream())
                .map(FakeState.Group::members)
                .mapToInt(java.util.List::size)
                .sum();
    }

    private static Service service() {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("web")
                .withName("shop")
                .endMetadata()
                .withNewSpec()
                .withType("LoadBalancer")
                .withLoadBalancerClass("plumbline.io/fake")
                .withAllocateLoadBalancerNodePorts(false)
                .withSelector(Map.of("app", "shop"))
                .addNewPort()
                .withName("http")
                .withPort(80)
                .withNewTargetPort(80)
                .endPort()
                .endSpec()
                .build();
    }
}
