package io.plumbline.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.Dialect.Interpretation;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.Metadata;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.ServiceView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FakeDialectTest {
    private final FakeDialect dialect = new FakeDialect(true);

    @Test
    void withoutAnnotationsPodsAreMembersAndNothingIsManaged() {
        Interpretation read = read(Map.of());

        assertThat(read.problems()).isEmpty();
        assertThat(read.key()).isEmpty();
        assertThat(read.backends().targets()).isEqualTo(Pool.Targets.PODS);
        assertThat(read.backends().drainTerminating()).isTrue();
        assertThat(read.wishes().scheme()).isEqualTo(Setting.unmanaged());
        assertThat(read.ports()).hasSize(2);
    }

    @Test
    void valuesAreRead() {
        Interpretation read = read(Map.of(
                "scheme", "internal",
                "zone", "b",
                "direct", "false",
                "weight", "7",
                "idle-timeout-seconds", "90",
                "health-check-interval-seconds", "10",
                "health-check-interval-seconds.443", "20",
                "health-check-enabled.443", "false"));

        assertThat(read.problems()).isEmpty();
        assertThat(read.wishes().scheme()).isEqualTo(Setting.managed(Scheme.INTERNAL));
        assertThat(read.wishes().options())
                .isEqualTo(new FakeOptions.OfBalancer(Setting.managed("b"), Setting.unmanaged()));
        assertThat(read.backends().targets()).isEqualTo(Pool.Targets.NODES);
        assertThat(read.backends().weight()).isEqualTo(Setting.managed(7));
        assertThat(read.ports().get(0).healthCheck().interval()).isEqualTo(Setting.managed(Duration.ofSeconds(10)));
        assertThat(read.ports().get(0).healthCheck().enabled()).isEqualTo(Setting.unmanaged());
        assertThat(read.ports().get(1).healthCheck().interval()).isEqualTo(Setting.managed(Duration.ofSeconds(20)));
        assertThat(read.ports().get(1).healthCheck().enabled()).isEqualTo(Setting.managed(false));
    }

    @Test
    void anExistingLoadBalancerAndAGroupAreKeys() {
        assertThat(read(Map.of("load-balancer-id", "lb-7")).key())
                .contains(new LoadBalancerKey.Existing("fake", "memory", "lb-7"));
        assertThat(read(Map.of("group", "shared")).key()).contains(new LoadBalancerKey.Group("shared"));
        assertThat(read(Map.of("skip", "true")).untouched()).isTrue();
    }

    @Test
    void badValuesAreProblemsAndLeaveTheirSettingAlone() {
        Interpretation read = read(Map.of(
                "scheme", "outer-space",
                "weight", "many",
                "direct", "maybe",
                "bandwidth-mbps", "0",
                "health-check-path", "status",
                "sheme", "internal"));

        assertThat(read.problems())
                .extracting(Problem::message)
                .containsExactly(
                        "annotation fake.plumbline.io/bandwidth-mbps \"0\" must be a whole number from 1 to 1000",
                        "annotation fake.plumbline.io/direct \"maybe\" must be true or false",
                        "annotation fake.plumbline.io/health-check-path \"status\" must begin with /",
                        "annotation fake.plumbline.io/scheme \"outer-space\" must be one of internal, internet",
                        "annotation fake.plumbline.io/sheme \"internal\" is unknown: mend its name or remove it",
                        "annotation fake.plumbline.io/weight \"many\" must be a whole number from 1 to 100");
        assertThat(read.wishes().scheme()).isEqualTo(Setting.unmanaged());
        assertThat(read.backends().targets()).isEqualTo(Pool.Targets.PODS);
    }

    @Test
    void weightsAreAProblemWhereMembersHaveNone() {
        Interpretation read = new FakeDialect(false).interpret(service(Map.of("weight", "7")), List.of(), true);

        assertThat(read.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.field()).isEqualTo("fake.plumbline.io/weight"));
        assertThat(read.backends().weight()).isEqualTo(Setting.unmanaged());
    }

    private Interpretation read(Map<String, String> annotations) {
        return dialect.interpret(service(annotations), List.of(), true);
    }

    private static ServiceView service(Map<String, String> annotations) {
        TreeMap<String, String> full = new TreeMap<>();
        annotations.forEach((name, value) -> full.put("fake.plumbline.io/" + name, value));
        return new ServiceView(
                new Metadata(
                        ObjectKey.service("web", "shop"),
                        "uid-1",
                        "1",
                        1,
                        Instant.EPOCH,
                        false,
                        new TreeMap<>(),
                        full,
                        List.of()),
                "LoadBalancer",
                Optional.empty(),
                new TreeMap<>(),
                List.of(port("http", 80), port("https", 443)),
                new ServiceView.Traffic("Cluster", true, Optional.empty(), List.of(), "None", false),
                List.of("IPv4"),
                List.of(),
                List.of());
    }

    private static ServiceView.Port port(String name, int port) {
        return new ServiceView.Port(name, Transport.TCP, port, "8080", Optional.empty(), Optional.empty());
    }
}
