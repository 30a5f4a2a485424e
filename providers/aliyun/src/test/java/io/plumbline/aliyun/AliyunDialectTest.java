package io.plumbline.aliyun;

import static io.plumbline.aliyun.Examples.annotations;
import static io.plumbline.aliyun.Examples.interpret;
import static io.plumbline.aliyun.Examples.metadata;
import static io.plumbline.aliyun.Examples.node;
import static io.plumbline.aliyun.Examples.read;
import static io.plumbline.aliyun.Examples.service;
import static io.plumbline.aliyun.Examples.traffic;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.aliyun.AliyunListenerOptions.Acl;
import io.plumbline.aliyun.AliyunListenerOptions.Sticky;
import io.plumbline.spi.Dialect.Directness;
import io.plumbline.spi.Dialect.Extent;
import io.plumbline.spi.Dialect.Form;
import io.plumbline.spi.Dialect.Interpretation;
import io.plumbline.spi.Dialect.PortWishes;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.HealthCheck.Probe;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Pool.Targets;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import io.plumbline.spi.objects.Metadata;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AliyunDialectTest {
    private static final AliyunDialect DIALECT = new AliyunDialect("cn-beijing");

    @Test
    void aServiceWithoutAnnotationsGetsAPublicLoadBalancerWithTheTablesDefaults() {
        Interpretation reading = read();

        AliyunLoadBalancerOptions options =
                AliyunLoadBalancerOptions.of(reading.wishes().options());
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.wishes().scheme()).isEqualTo(Setting.managed(Scheme.INTERNET));
        assertThat(reading.wishes().deletionProtection()).isEqualTo(Setting.managed(true));
        assertThat(options.instanceChargeType()).isEqualTo(Setting.managed("PayByCLCU"));
        assertThat(options.internetChargeType()).isEqualTo(Setting.managed("paybytraffic"));
        assertThat(options.modificationProtection()).isEqualTo(Setting.managed(true));
        assertThat(options.name()).isEqualTo(Setting.managed("plumbline_web_shop"));
        assertThat(options.tags()).isEqualTo(Setting.managed(Pairs.none()));
        assertThat(options.spec()).isEqualTo(Setting.unmanaged());
        assertThat(reading.backends().targets()).isEqualTo(Targets.NODES);
        assertThat(reading.backends().weight()).isEqualTo(Setting.managed(100));
        assertThat(reading.ports()).extracting(PortWishes::form).containsExactly(Form.TCP, Form.TCP, Form.UDP);
    }

    /// An annotation that is removed goes back to this.
    @Test
    void aPortWithoutAnnotationsHasTheTablesDefaults() {
        PortWishes port = read().ports().getFirst();

        AliyunListenerOptions options = AliyunListenerOptions.of(port.listenerOptions());
        assertThat(port.healthCheck().enabled()).isEqualTo(Setting.managed(true));
        assertThat(port.healthCheck().interval()).isEqualTo(Setting.managed(Duration.ofSeconds(2)));
        assertThat(port.healthCheck().timeout()).isEqualTo(Setting.managed(Duration.ofSeconds(5)));
        assertThat(port.healthCheck().healthyThreshold()).isEqualTo(Setting.managed(3));
        assertThat(port.healthCheck().unhealthyThreshold()).isEqualTo(Setting.managed(3));
        assertThat(port.healthCheck().port()).isEqualTo(Setting.managed(-520));
        assertThat(port.healthCheck().probe()).isEqualTo(Setting.managed(new Probe.Connect()));
        assertThat(port.stickiness()).isEqualTo(HealthChecks.NOT_STICKY);
        assertThat(scheduler(port)).isEqualTo(Setting.managed("rr"));
        assertThat(options.acl()).isEqualTo(Setting.managed(Acl.none()));
        assertThat(options.layer4().establishedTimeout()).isEqualTo(Setting.managed(900));
        assertThat(options.layer4().connectionDrainTimeout()).isEqualTo(Setting.managed(0));
        assertThat(options.layer4().proxyProtocol()).isEqualTo(Setting.managed(false));
    }

    private static Setting<String> scheduler(PortWishes port) {
        return AliyunPoolOptions.of(port.poolOptions()).scheduler();
    }

    @Test
    void theFirstPrefixCountsBeforeItsAliasAndAnEmptyValueIsNone() {
        String first = Annotations.full(Annotations.SCHEDULER);
        String alias = Annotations.ALIAS + Annotations.SCHEDULER;

        Interpretation both = interpret(service(Map.of(first, "wlc", alias, "sch")));
        Interpretation empty = interpret(service(Map.of(first, "", alias, "sch")));

        assertThat(scheduler(both.ports().getFirst())).isEqualTo(Setting.managed("wlc"));
        assertThat(scheduler(empty.ports().getFirst())).isEqualTo(Setting.managed("sch"));
    }

    @Test
    void everyKeyIsKnownUnderItsAlias() {
        assertThat(Annotations.ALL)
                .filteredOn(row -> row.key().startsWith(Annotations.PREFIX))
                .allSatisfy(row -> assertThat(Annotations.of(row.key().replace(Annotations.PREFIX, Annotations.ALIAS)))
                        .contains(row));
    }

    @Test
    void anInternalLoadBalancerHasNoInternetSettings() {
        Interpretation reading = read(Annotations.ADDRESS_TYPE, "intranet", Annotations.VSWITCH, "vsw-7");

        AliyunLoadBalancerOptions options =
                AliyunLoadBalancerOptions.of(reading.wishes().options());
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.wishes().scheme()).isEqualTo(Setting.managed(Scheme.INTERNAL));
        assertThat(options.placement().vSwitchId()).isEqualTo(Setting.managed("vsw-7"));
        assertThat(options.internetChargeType()).isEqualTo(Setting.unmanaged());
    }

    @Test
    void whatIsPaidBySpecHasOne() {
        AliyunLoadBalancerOptions options = AliyunLoadBalancerOptions.of(read(
                        Annotations.INSTANCE_CHARGE_TYPE,
                        "PayBySpec",
                        Annotations.CHARGE_TYPE,
                        "paybybandwidth",
                        Annotations.BANDWIDTH,
                        "20")
                .wishes()
                .options());

        assertThat(options.spec()).isEqualTo(Setting.managed("slb.s1.small"));
        assertThat(options.bandwidth()).isEqualTo(Setting.managed(20));
    }

    @Test
    void tagsAreRead() {
        Pairs tags = AliyunLoadBalancerOptions.of(
                        read(Annotations.TAGS, "team=web, cost=7").wishes().options())
                .tags()
                .asOptional()
                .orElseThrow();

        assertThat(tags.byName()).isEqualTo(new TreeMap<>(Map.of("team", "web", "cost", "7")));
    }

    @Test
    void anExistingLoadBalancerIsNamedAndOnlyItsGroupsAreOurs() {
        Interpretation reading = read(Annotations.ID, "lb-7");

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.key()).contains(new LoadBalancerKey.Existing("aliyun", "cn-beijing", "lb-7"));
        assertThat(reading.wishes().scheme()).isEqualTo(Setting.unmanaged());
        assertThat(reading.ports()).extracting(PortWishes::extent).containsOnly(Extent.POOL_ONLY);
    }

    @Test
    void withAnOverrideTheListenersAreOursToo() {
        Interpretation reading = read(Annotations.ID, "lb-7", Annotations.OVERRIDE, "true");

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.ports()).extracting(PortWishes::extent).containsOnly(Extent.LISTENER_AND_POOL);
    }

    @Test
    void groupsOfTheUsersOwnAreTakenByPort() {
        Interpretation reading =
                read(Annotations.ID, "lb-7", Annotations.VGROUP_PORT, "rsp-a:443", Annotations.WEIGHT, "60");

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.ports())
                .extracting(PortWishes::existingPool)
                .containsExactly(Optional.empty(), Optional.of("rsp-a"), Optional.empty());
        assertThat(AliyunPoolOptions.of(reading.ports().get(1).poolOptions()).totalWeight())
                .isEqualTo(Setting.managed(60));
    }

    /// Making a public one instead would publish what should not be.
    @Test
    void anIdThatCannotBeRightIsNeverAnotherLoadBalancer() {
        Interpretation reading = read(Annotations.ID, "my-balancer");

        assertThat(reading.problems()).hasSize(1);
        assertThat(reading.key()).contains(new LoadBalancerKey.Existing("aliyun", "cn-beijing", "my-balancer"));
    }

    @Test
    void aServiceOfAnotherClassIsLeftAlone() {
        assertThat(read(Annotations.CLASS, "anything").untouched()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "true,  LoadBalancer, true,  true",
        "true,  ClusterIP,    false, true",
        "true,  LoadBalancer, false, false",
        "false, LoadBalancer, true,  false",
        "maybe, LoadBalancer, true,  true"
    })
    void aLoadBalancerIsPreservedOnlyWhereThatIsAskedFor(
            String value, String type, boolean deleting, boolean preserved) {
        Metadata alive = metadata(Examples.SHOP, Map.of(), annotations(Annotations.PRESERVE, value));
        Metadata metadata = new Metadata(
                alive.key(),
                alive.uid(),
                alive.resourceVersion(),
                alive.generation(),
                alive.created(),
                deleting,
                alive.labels(),
                alive.annotations(),
                alive.finalizers());

        Interpretation reading = interpret(service(metadata, type, traffic("Cluster")));

        assertThat(reading.untouched()).isEqualTo(preserved);
    }

    @Test
    void portsAreOfTheKindsThatAreAskedFor() {
        Interpretation reading = read(
                Annotations.PROTOCOL_PORT,
                "https:443,http:80",
                Annotations.CERTIFICATE,
                "cert-1",
                Annotations.FORWARD_PORT,
                "80:443",
                Annotations.DOMAIN_EXTENSIONS,
                "a.example.com:cert-2");

        AliyunListenerOptions http =
                AliyunListenerOptions.of(reading.ports().get(0).listenerOptions());
        AliyunListenerOptions https =
                AliyunListenerOptions.of(reading.ports().get(1).listenerOptions());
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.ports()).extracting(PortWishes::form).containsExactly(Form.HTTP, Form.HTTPS, Form.UDP);
        assertThat(http.forwardPort()).isEqualTo(Setting.managed(443));
        assertThat(http.layer7().idleTimeout()).isEqualTo(Setting.managed(15));
        assertThat(http.layer7().requestTimeout()).isEqualTo(Setting.managed(60));
        assertThat(https.tls().certificateId()).isEqualTo(Setting.managed("cert-1"));
        assertThat(https.tls().http2()).isEqualTo(Setting.managed(true));
        assertThat(https.tls().cipherPolicy()).isEqualTo(Setting.managed("tls_cipher_policy_1_0"));
        assertThat(https.tls().domainExtensions())
                .isEqualTo(Setting.managed(new Pairs(new TreeMap<>(Map.of("a.example.com", "cert-2")))));
        assertThat(reading.ports().get(1).healthCheck().enabled()).isEqualTo(Setting.managed(false));
    }

    @Test
    void aStickySessionIsReadWhole() {
        Interpretation inserted = read(Annotations.PROTOCOL_PORT, "http:80", Annotations.STICKY, "on");
        Interpretation byServer = read(
                Annotations.PROTOCOL_PORT,
                "http:80",
                Annotations.STICKY,
                "on",
                Annotations.STICKY_TYPE,
                "server",
                Annotations.COOKIE,
                "session");

        assertThat(sticky(inserted)).isEqualTo(Setting.managed(new Sticky("insert", "", 500)));
        assertThat(sticky(byServer)).isEqualTo(Setting.managed(new Sticky("server", "session", 0)));
        assertThat(inserted.problems()).isEmpty();
        assertThat(byServer.problems()).isEmpty();
    }

    private static Setting<Sticky> sticky(Interpretation reading) {
        return AliyunListenerOptions.of(reading.ports().getFirst().listenerOptions())
                .layer7()
                .stickySession();
    }

    @Test
    void accessControlListsAreASet() {
        AliyunListenerOptions options = AliyunListenerOptions.of(
                read(Annotations.ACL_STATUS, "on", Annotations.ACL_ID, "acl-2, acl-1", Annotations.ACL_TYPE, "black")
                        .ports()
                        .getFirst()
                        .listenerOptions());

        assertThat(options.acl()).isEqualTo(Setting.managed(new Acl("black", List.of("acl-1", "acl-2"))));
    }

    @Test
    void underLocalNodesAreAskedWhetherTheyHaveAPodAndWeighAsManyAsTheyHave() {
        Interpretation reading = interpret(service(Map.of(), traffic("Local")));

        PortWishes tcp = reading.ports().getFirst();
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.backends().weighByPods()).isTrue();
        assertThat(reading.backends().allNodesWhenLocal()).isFalse();
        assertThat(tcp.healthCheck().port()).isEqualTo(Setting.managed(32100));
        assertThat(tcp.healthCheck().probe())
                .isEqualTo(Setting.managed(new Probe.Http("", "", "/healthz", "http_2xx")));
        assertThat(scheduler(tcp)).isEqualTo(Setting.managed("wrr"));
        assertThat(reading.ports().get(2).healthCheck().probe()).isEqualTo(Setting.managed(new Probe.Connect()));
    }

    @Test
    void aUsersOwnKindOfCheckCountsUnderLocalToo() {
        Interpretation reading = interpret(service(annotations(Annotations.CHECK_TYPE, "tcp"), traffic("Local")));

        assertThat(reading.ports().getFirst().healthCheck().port()).isEqualTo(Setting.managed(-520));
        assertThat(reading.ports().getFirst().healthCheck().probe()).isEqualTo(Setting.managed(new Probe.Connect()));
    }

    @Test
    void podsAreDrainedByWeightAndSoTheSchedulerMindsWeights() {
        Interpretation reading = read(Annotations.BACKEND_TYPE, "eni");

        assertThat(reading.backends().targets()).isEqualTo(Targets.PODS);
        assertThat(reading.backends().drainTerminating()).isTrue();
        assertThat(scheduler(reading.ports().getFirst())).isEqualTo(Setting.managed("wrr"));
        assertThat(read(Annotations.BACKEND_TYPE, "eni", Annotations.GRACEFUL, "false")
                        .backends()
                        .drainTerminating())
                .isFalse();
    }

    @Test
    void clientsStayWithOneBackendWhereTheServiceAsksForIt() {
        ServiceView.Traffic traffic =
                new ServiceView.Traffic("Cluster", true, Optional.empty(), List.of(), "ClientIP", false);

        Interpretation reading = interpret(service(Map.of(), traffic));

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.ports().getFirst().stickiness())
                .isEqualTo(new Stickiness(Setting.managed(true), Setting.managed(Duration.ofHours(1))));
        assertThat(scheduler(reading.ports().get(2))).isEqualTo(Setting.managed("sch"));
    }

    @Test
    void nodesAreChosenByTheirLabelsAndWeightsMayBeLeftToOthers() {
        Interpretation reading = read(
                Annotations.BACKEND_LABEL,
                "node-role.kubernetes.io/ingress=true",
                Annotations.REMOVE_UNSCHEDULED,
                "on",
                Annotations.IGNORE_WEIGHT,
                "on");

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.backends().nodeSelector()).isEqualTo("node-role.kubernetes.io/ingress=true");
        assertThat(reading.backends().excludeUnschedulable()).isTrue();
        assertThat(reading.backends().weight()).isEqualTo(Setting.unmanaged());
    }

    @ParameterizedTest
    @CsvSource({
        "cn-beijing.172.16.132.150, cn-beijing.i-2ze0abc",
        "cn-beijing.172.16.132.150, alicloud://cn-beijing.i-2ze0abc",
        "cn-beijing.i-2ze0abc, ''",
        "any-name, i-2ze0abc",
        "any-name, ap-southeast-1.i-2ze0abc"
    })
    void aNodesMachineIsKnownInAllForms(String name, String providerId) {
        Optional<String> id = Optional.of(providerId).filter(text -> !text.isEmpty());

        assertThat(DIALECT.instance(node(name, id, Map.of()))).contains(new Address.Instance("i-2ze0abc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ack-hybrid://node-1", "qcloud:///100003/ins-1", "cn-beijing"})
    void aNodeThatDoesNotTellItsMachineHasNone(String providerId) {
        Optional<String> id = Optional.of(providerId).filter(text -> !text.isEmpty());

        assertThat(DIALECT.instance(node("cn-beijing.172.16.132.150", id, Map.of())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "node-role.kubernetes.io/control-plane",
                "node-role.kubernetes.io/master",
                "service.alibabacloud.com/exclude-node",
                "service.beta.kubernetes.io/exclude-node",
                "alpha.service-controller.kubernetes.io/exclude-balancer"
            })
    void aNodeIsExcludedByTheCloudsLabels(String label) {
        assertThat(DIALECT.excluded(node("a", Optional.empty(), Map.of(label, "true"))))
                .hasValueSatisfying(why -> assertThat(why).contains(label));
    }

    @Test
    void anyOtherNodeIsNotExcludedAndAVirtualOneIsKnown() {
        assertThat(DIALECT.excluded(node("a", Optional.of("cn-beijing.i-1"), Map.of("zone", "a"))))
                .isEmpty();
        assertThat(DIALECT.excluded(node("a", Optional.of("ack-hybrid://a"), Map.of())))
                .isPresent();
        assertThat(DIALECT.virtual(node("a", Optional.empty(), Map.of("type", "virtual-kubelet"))))
                .isTrue();
        assertThat(DIALECT.virtual(node("a", Optional.empty(), Map.of()))).isFalse();
    }

    @Test
    void aPodOnItsNodesNetworkIsRegisteredByTheNodesMachine() {
        assertThat(DIALECT.directness(pod(true), Optional.empty(), false)).isEqualTo(new Directness.OnNode());
        assertThat(DIALECT.directness(pod(false), Optional.empty(), false)).isEqualTo(new Directness.Direct());
    }

    private static PodView pod(boolean hostNetwork) {
        return new PodView(
                metadata(ObjectKey.pod("web", "shop-1"), Map.of(), Map.of()),
                "Running",
                List.of("10.0.0.1"),
                Optional.of("a"),
                hostNetwork,
                true,
                List.of(),
                List.of(),
                new TreeSet<>(),
                Optional.empty());
    }

    @Test
    void theIdIsWrittenForPeople() {
        assertThat(DIALECT.written("lb-1", "a-token"))
                .extracting(written -> written.key() + "=" + written.value())
                .containsExactly("plumbline.io/load-balancer-id=lb-1");
    }
}
