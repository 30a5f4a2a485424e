package io.plumbline.controller.desired;

import static io.plumbline.controller.snapshot.Given.pod;
import static io.plumbline.controller.snapshot.Given.slice;
import static io.plumbline.controller.snapshot.Given.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.controller.snapshot.Given;
import io.plumbline.fake.Traits;
import io.plumbline.spi.Capabilities;
import io.plumbline.spi.model.AccessList;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.Setting;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which ports are served, and why others are not.
class PortsTest {
    /// Two ports, `first` (80) and `second` (443), each `protocol/targetPort`; the Pod names its port 8080 `web`.
    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "TCP/8080, TCP/8080, conflict",
        "TCP/8080, TCP/web, conflict",
        "TCP/web, TCP/web, conflict",
        "TCP/web, TCP/8080, conflict",
        "TCP/8080, TCP/8081, none",
        "TCP/web, TCP/8081, none",
        "TCP/8080, UDP/8080, none",
        "TCP/absent, TCP/8080, none",
    })
    void youngerOfTwoPortsWithTheSameTargetIsLeftOut(String first, String second, String expected) {
        Wanted wanted = Wanted.of(twoPorts(first, second), pod("web-1", "10.0.0.1"));

        if (expected.equals("conflict")) {
            assertThat(wanted.listeners()).containsExactly("tcp/80");
            assertThat(wanted.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.reason()).isEqualTo("TargetConflict");
                assertThat(problem.field()).isEqualTo("spec.ports[1].targetPort");
                assertThat(problem.message()).contains("tcp/443 (second)", "tcp/80 (first)");
            });
        } else {
            assertThat(wanted.listeners()).hasSize(2);
            assertThat(wanted.problems()).isEmpty();
        }
    }

    @Test
    void sameTargetIsNoConflictWhereBackendsNeedNotBeUnique() {
        Wanted wanted =
                Wanted.of(Given.capabilities(Traits.group()), Given.settings(), twoPorts("TCP/8080", "TCP/8080"));

        assertThat(wanted.listeners()).containsExactly("tcp/443", "tcp/80");
    }

    @Test
    void slicesResolveANamedPortWhosePodIsNotKnown() {
        String service = twoPorts("TCP/8080", "TCP/web");
        String slice = slice("web-1@10.0.0.1")
                .replace(
                        "ports: [{name: http, port: 8080, protocol: TCP}]",
                        "ports: [{name: first, port: 8080, protocol: TCP}, {name: second, port: 8080, protocol: TCP}]");

        assertThat(Wanted.of(service, slice).listeners()).containsExactly("tcp/80");
    }

    @Test
    void namedPortOfAnUnlistedPodIsResolvedFromThePod() {
        String service = web().replace("targetPort: 8080", "targetPort: web");

        assertThat(Wanted.of(service, pod("web-1", "10.0.0.1")).endpoints(80)).containsExactly("10.0.0.1:8080");
    }

    @Test
    void sourceRangesOpenNoPortWhereTheCloudCannotEnforceThem() {
        String service = web().replace(
                        "  type: LoadBalancer", "  type: LoadBalancer\n  loadBalancerSourceRanges: [192.0.2.0/24]");

        Wanted wanted = Wanted.of(service);

        assertThat(wanted.listeners()).isEmpty();
        assertThat(wanted.desired().loadBalancer()).isPresent();
        assertThat(wanted.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.field()).isEqualTo("spec.loadBalancerSourceRanges"));
    }

    @Test
    void bareServiceIsPlannedWithItsPortsAndNoBackends() {
        Wanted wanted = Wanted.of(web());

        assertThat(wanted.listeners()).containsExactly("tcp/80");
        assertThat(wanted.candidates(80)).isEmpty();
        assertThat(wanted.problems()).isEmpty();
    }

    @Test
    void badAnnotationStopsNothingElse() {
        Wanted wanted = Wanted.of(
                web("fake.plumbline.io/bandwidth-mbps: lots"), slice("web-1@10.0.0.1"), pod("web-1", "10.0.0.1"));

        assertThat(wanted.endpoints(80)).containsExactly("10.0.0.1:8080");
        assertThat(wanted.problems()).hasSize(1);
    }

    @Test
    void listenerLeadsToThePoolOfItsPort() {
        Listener listener = Wanted.of(web())
                .desired()
                .listeners()
                .getFirst()
                .claims()
                .getFirst()
                .listener();

        assertThat(listener.key().text()).isEqualTo("default/web:tcp/80");
        assertThat(listener.pools())
                .singleElement()
                .satisfies(pool -> assertThat(pool.text()).isEqualTo("default/web:tcp/80"));
        assertThat(listener.running()).isTrue();
    }

    @Test
    void sessionAffinityThatTheCloudLacksIsReported() {
        String service = web().replace("  type: LoadBalancer", "  type: LoadBalancer\n  sessionAffinity: ClientIP");

        assertThat(Wanted.of(without(true, false), Given.settings(), service).problems())
                .extracting(Problem::reason)
                .containsExactly("SessionAffinityUnsupported");
        assertThat(Wanted.of(service)
                        .desired()
                        .pools()
                        .getFirst()
                        .pool()
                        .stickiness()
                        .enabled())
                .isEqualTo(Setting.managed(true));
    }

    @Test
    void portOutOfRangeIsAProblemOfThatPortOnly() {
        Wanted wanted = Wanted.of(twoPorts("TCP/8080", "TCP/8081").replace("port: 443", "port: 70000"));

        assertThat(wanted.listeners()).containsExactly("tcp/80");
        assertThat(wanted.problems()).extracting(Problem::field).containsExactly("spec.ports[1].port");
    }

    private static Capabilities without(boolean sourceRanges, boolean clientIpAffinity) {
        Capabilities some = Given.capabilities(Traits.inline());
        return new Capabilities(
                some.provider(),
                some.pools(),
                some.cascade(),
                some.drain(),
                some.weights(),
                some.backendUniquePerLoadBalancer(),
                some.healthOnlyOfReferencedPools(),
                some.labelsBackends(),
                sourceRanges,
                clientIpAffinity,
                some.resolvesBackends(),
                some.mutability(),
                some.nativeGateTypes(),
                some.limits(),
                some.rates(),
                some.timing());
    }

    private static String twoPorts(String first, String second) {
        return web().replace(
                        "  - {name: http, port: 80, targetPort: 8080, protocol: TCP}",
                        "  - {name: first, port: 80, protocol: %s, targetPort: %s}\n"
                                        .formatted((Object[]) first.split("/"))
                                + "  - {name: second, port: 443, protocol: %s, targetPort: %s}"
                                        .formatted((Object[]) second.split("/")));
    }

    /// An access list needs ports that the dialect does not close itself.
    @Test
    void sourceRangesBecomeAnAccessListWhereTheCloudHasThem() {
        Part part = Parts.of(web().replace(
                        "  type: LoadBalancer",
                        "  type: LoadBalancer\n  loadBalancerSourceRanges: [192.0.2.0/24, 10.0.0.0/8, nonsense]"));

        DesiredState.Context context = new DesiredState.Context(Given.DIALECT, without(true, true), Given.settings());
        assertThat(Resources.accessList(part, context))
                .map(AccessList::sourceRanges)
                .contains(List.of("10.0.0.0/8", "192.0.2.0/24"));
    }
}
