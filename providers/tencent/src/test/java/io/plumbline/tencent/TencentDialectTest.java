package io.plumbline.tencent;

import static io.plumbline.tencent.Examples.SHOP;
import static io.plumbline.tencent.Examples.config;
import static io.plumbline.tencent.Examples.metadata;
import static io.plumbline.tencent.Examples.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.Dialect.Directness;
import io.plumbline.spi.Dialect.Interpretation;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.HealthCheck.Probe;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Pool.Scheduling;
import io.plumbline.spi.model.Pool.Targets;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.objects.CustomObject;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TencentDialectTest {
    private static final String NETWORKS = "tke.cloud.tencent.com/networks";

    private final TencentDialect dialect = new TencentDialect("ap-guangzhou");

    @Test
    void withoutAnnotationsItIsAPublicLoadBalancerOfNodes() {
        Interpretation reading = interpret(Map.of());

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.wishes().scheme()).isEqualTo(Setting.managed(Scheme.INTERNET));
        assertThat(reading.backends().targets()).isEqualTo(Targets.NODES);
        assertThat(reading.backends().drainTerminating()).isFalse();
    }

    @Test
    void directAccessDrainsTerminatingPodsUnlessItIsSwitchedOff() {
        assertThat(interpret(Map.of(Annotations.DIRECT_ACCESS, "true"))
                        .backends()
                        .drainTerminating())
                .isTrue();
        assertThat(interpret(Map.of(Annotations.DIRECT_ACCESS, "true", Annotations.GRACE, "false"))
                        .backends()
                        .drainTerminating())
                .isFalse();
        assertThat(interpret(Map.of(Annotations.DIRECT_ACCESS, "true", Annotations.GRACE_NOT_READY, "true"))
                        .backends()
                        .drainNotReady())
                .isTrue();
    }

    @Test
    void aSubnetMakesItInternal() {
        Interpretation reading = interpret(Map.of(Annotations.SUBNET, "subnet-1a2b"));

        assertThat(reading.wishes().scheme()).isEqualTo(Setting.managed(Scheme.INTERNAL));
        assertThat(options(reading).subnetId()).isEqualTo(Setting.managed("subnet-1a2b"));
        assertThat(reading.problems()).isEmpty();
    }

    @Test
    void aSubnetThatCannotBeReadNeverMakesItPublic() {
        Interpretation reading = interpret(Map.of(Annotations.SUBNET, "?"));

        assertThat(reading.wishes().scheme()).isEqualTo(Setting.managed(Scheme.INTERNAL));
    }

    @Test
    void chargeTypeAndBandwidthAreReadByBothNamesAndTheNewOneWins() {
        Interpretation reading = interpret(Map.of(
                Annotations.CHARGE_TYPE_OLD,
                "BANDWIDTH_POSTPAID_BY_HOUR",
                Annotations.BANDWIDTH_OLD,
                "5",
                Annotations.BANDWIDTH,
                "20"));

        assertThat(options(reading).internetChargeType()).isEqualTo(Setting.managed("BANDWIDTH_POSTPAID_BY_HOUR"));
        assertThat(options(reading).initialBandwidth()).isEqualTo(Setting.managed(20));
        assertThat(reading.problems()).isEmpty();
    }

    @Test
    void theConfigsBandwidthTakesThePlaceOfTheAnnotations() {
        Interpretation reading = interpret(
                Map.of(Annotations.BANDWIDTH, "20", Annotations.CONFIG, "c"),
                config("c", Map.of("internetMaxBandwidthOut", 50)));

        assertThat(options(reading).initialBandwidth()).isEqualTo(Setting.unmanaged());
        assertThat(options(reading).bandwidth()).isEqualTo(Setting.managed(50));
    }

    @Test
    void internetSettingsOfAnInternalLoadBalancerAreReported() {
        Interpretation reading = interpret(Map.of(Annotations.SUBNET, "subnet-1a2b", Annotations.BANDWIDTH, "20"));

        assertThat(reading.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.field()).isEqualTo(Annotations.BANDWIDTH));
        assertThat(options(reading).initialBandwidth()).isEqualTo(Setting.unmanaged());
    }

    @Test
    void aConfigIsMatchedByProtocolAndPortAndLeavesTheRestAlone() {
        Map<String, Object> entry = Map.of(
                "protocol",
                "TCP",
                "port",
                443,
                "scheduler",
                "LEAST_CONN",
                "listenerName",
                "secure",
                "session",
                Map.of("enable", true, "sessionExpireTime", 60),
                "healthCheck",
                Map.of("enable", true, "intervalTime", 5L, "healthNum", 2, "sourceIpType", 1));
        Interpretation reading =
                interpret(Map.of(Annotations.CONFIG, "c"), config("c", Map.of("l4Listeners", List.of(entry))));

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.ports().get(0).healthCheck().enabled()).isEqualTo(Setting.unmanaged());
        var secure = reading.ports().get(1);
        assertThat(secure.healthCheck().interval()).isEqualTo(Setting.managed(Duration.ofSeconds(5)));
        assertThat(secure.healthCheck().timeout()).isEqualTo(Setting.unmanaged());
        assertThat(secure.stickiness().duration()).isEqualTo(Setting.managed(Duration.ofMinutes(1)));
        assertThat(secure.scheduling()).isEqualTo(Setting.managed(Scheduling.LEAST_CONNECTIONS));
        assertThat(secure.listenerOptions()).isEqualTo(new TencentListenerOptions(Setting.managed("secure")));
        assertThat(secure.poolOptions()).isEqualTo(new TencentPoolOptions(Setting.managed(1)));
    }

    @Test
    void anHttpCheckOfATcpListenerIsRead() {
        Map<String, Object> check =
                Map.of("enable", true, "checkType", "HTTP", "httpCheckDomain", "shop.example", "httpCode", 2);
        Map<String, Object> entry = Map.of("protocol", "TCP", "port", 80, "healthCheck", check);
        Interpretation reading =
                interpret(Map.of(Annotations.CONFIG, "c"), config("c", Map.of("l4Listeners", List.of(entry))));

        assertThat(reading.ports().getFirst().healthCheck().probe())
                .isEqualTo(Setting.managed(new Probe.Http("HEAD", "shop.example", "/", "2")));
    }

    @Test
    void ofAPortThatIsNamedTwiceNeitherEntryCounts() {
        Map<String, Object> entry = Map.of("protocol", "TCP", "port", 80, "scheduler", "WRR");
        Interpretation reading =
                interpret(Map.of(Annotations.CONFIG, "c"), config("c", Map.of("l4Listeners", List.of(entry, entry))));

        assertThat(reading.ports().getFirst().scheduling()).isEqualTo(Setting.unmanaged());
        assertThat(reading.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("TkeServiceConfig web/c spec.loadBalancer.l4Listeners[1].port");
            assertThat(problem.message())
                    .contains("names tcp/80 again, as spec.loadBalancer.l4Listeners[0] does: remove one of the two");
        });
    }

    @Test
    void aKindThatTheClusterDoesNotKnowIsReportedAsSuch() {
        Interpretation reading = dialect.interpret(service(Map.of(Annotations.CONFIG, "c")), List.of(), false);

        assertThat(reading.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("install its CustomResourceDefinition"));
    }

    @Test
    void theNamedConfigIsAReferenceInTheServicesNamespace() {
        assertThat(dialect.references(service(Map.of(Annotations.CONFIG, "c"))))
                .containsExactly(new ObjectKey("TkeServiceConfig", "web", "c"));
        assertThat(dialect.references(service(Map.of()))).isEmpty();
    }

    @Test
    void skipLeavesEverythingUntouched() {
        assertThat(interpret(Map.of(Annotations.MODE, "skip")).untouched()).isTrue();
    }

    @Test
    void aNamedLoadBalancerIsNeverReplacedByAPublicOneOfOurs() {
        Interpretation reading = interpret(Map.of(Annotations.EXISTING, "the old one"));

        assertThat(reading.untouched()).isTrue();
        assertThat(reading.key()).isEmpty();
        assertThat(reading.problems())
                .containsExactly(new Problem(
                        SHOP,
                        Annotations.EXISTING,
                        "must be the id of a load balancer (lb-...), not \"the old one\"; until then nothing is done"
                                + " with this Service"));
    }

    @Test
    void aNamedLoadBalancerIsAskedForAndNothingOfItsOwn() {
        Interpretation reading = interpret(Map.of(Annotations.EXISTING, "lb-1", Annotations.SHARE, "true"));

        assertThat(reading.untouched()).isFalse();
        assertThat(reading.key()).contains(new LoadBalancerKey.Existing("tencent", "ap-guangzhou", "lb-1"));
        assertThat(reading.wishes().scheme()).isEqualTo(Setting.unmanaged());
        assertThat(options(reading)).isEqualTo(TencentLoadBalancerOptions.unmanaged());
        assertThat(reading.problems()).isEmpty();
    }

    @Test
    void aProtectionIsOursWhereTheAnnotationSaysSo() {
        assertThat(interpret(Map.of()).wishes().deletionProtection()).isEqualTo(Setting.unmanaged());
        Interpretation shielded = interpret(Map.of(Annotations.PROTECTION, "true"));
        assertThat(shielded.wishes().deletionProtection()).isEqualTo(Setting.managed(true));
        assertThat(options(shielded).deletionProtection()).isEqualTo(Setting.managed(true));
    }

    @Test
    void fieldsThatNeedAnotherLoadBalancerAreKnownByTheirAnnotations() {
        assertThat(Limits.capabilities().mutability().keySet())
                .filteredOn(field -> !field.equals("LoadBalancer.addressFamily"))
                .allMatch(field -> dialect.annotationOf(field)
                        .flatMap(Annotations::of)
                        .filter(known -> known.support() == Annotation.Support.SUPPORTED)
                        .isPresent());
    }

    @Test
    void readOnlyAndKubernetesOwnKeysAreNobodysMistake() {
        Interpretation reading = interpret(Map.of(
                "service.kubernetes.io/loadbalance-id", "lb-1",
                "service.cloud.tencent.com/client-token", "t",
                "service.cloud.tencent.com/sync-begin-time", "x",
                "plumbline.io/intent", "t/1",
                "plumbline.io/replace", "allow",
                "service.kubernetes.io/topology-mode", "Auto",
                "example.com/anything", "x"));

        assertThat(reading.problems()).isEmpty();
    }

    @Test
    void clientAffinityIsMappedToTheLongestSession() {
        ServiceView plain = service(Map.of());
        ServiceView sticky = new ServiceView(
                plain.metadata(),
                plain.type(),
                plain.loadBalancerClass(),
                plain.selector(),
                plain.ports(),
                new ServiceView.Traffic("Cluster", true, Optional.empty(), List.of(), "ClientIP", false),
                plain.ipFamilies(),
                plain.addresses(),
                plain.conditions());

        assertThat(dialect.interpret(sticky, List.of(), true)
                        .ports()
                        .getFirst()
                        .stickiness()
                        .duration())
                .isEqualTo(Setting.managed(Duration.ofHours(1)));
    }

    @Test
    void aPodIsDirectOnAPositiveSignOnly() {
        assertThat(directness(pod(Map.of(), List.of(), false), Optional.empty(), false))
                .isInstanceOf(Directness.NotDirect.class);
        assertThat(directness(pod(Map.of(), List.of(), false), Optional.empty(), true))
                .isInstanceOf(Directness.Direct.class);
        assertThat(directness(pod(Map.of(NETWORKS, "x, tke-route-eni"), List.of(), false), Optional.empty(), false))
                .isInstanceOf(Directness.Direct.class);
        assertThat(directness(
                        pod(Map.of(), List.of("tke.cloud.tencent.com/direct-eni"), false), Optional.empty(), false))
                .isInstanceOf(Directness.Direct.class);
        assertThat(directness(pod(Map.of(), List.of(), false), Optional.of(node("eklet")), false))
                .isInstanceOf(Directness.Direct.class);
        assertThat(directness(pod(Map.of(NETWORKS, "tke-bridge"), List.of(), false), Optional.of(node("S5")), false))
                .isInstanceOf(Directness.NotDirect.class);
    }

    @Test
    void aPodOnItsNodesNetworkIsNeverDirect() {
        assertThat(directness(pod(Map.of(NETWORKS, "tke-route-eni"), List.of(), true), Optional.empty(), true))
                .isInstanceOf(Directness.NotDirect.class);
    }

    @Test
    void aNodesMachineIsNamedByItsProviderId() {
        assertThat(dialect.instance(node("S5"))).contains(new Address.Instance("ins-1a2b"));
    }

    private Directness directness(PodView pod, Optional<NodeView> node, boolean assumeDirect) {
        return dialect.directness(pod, node, assumeDirect);
    }

    private Interpretation interpret(Map<String, String> annotations, CustomObject... configs) {
        return dialect.interpret(service(annotations), List.of(configs), true);
    }

    private static TencentLoadBalancerOptions options(Interpretation reading) {
        return (TencentLoadBalancerOptions) reading.wishes().options();
    }

    private static PodView pod(Map<String, String> annotations, List<String> resources, boolean hostNetwork) {
        return new PodView(
                metadata(ObjectKey.pod("web", "shop-1"), Map.of(), annotations),
                "Running",
                List.of("10.0.0.1"),
                Optional.of("node-1"),
                hostNetwork,
                true,
                List.of(),
                List.of(),
                new TreeSet<>(resources),
                Optional.empty());
    }

    private static NodeView node(String instanceType) {
        return new NodeView(
                metadata(ObjectKey.node("node-1"), Map.of("node.kubernetes.io/instance-type", instanceType), Map.of()),
                "True",
                false,
                List.of(),
                Optional.of("qcloud:///100003/ins-1a2b"),
                List.of());
    }
}
