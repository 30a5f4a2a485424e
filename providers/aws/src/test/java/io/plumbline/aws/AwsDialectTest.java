package io.plumbline.aws;

import static io.plumbline.aws.Examples.port;
import static io.plumbline.aws.Examples.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.Dialect.Extent;
import io.plumbline.spi.Dialect.Form;
import io.plumbline.spi.Dialect.Interpretation;
import io.plumbline.spi.Dialect.PortWishes;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.HealthCheck.Probe;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.Pool.Targets;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.ServiceView.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsDialectTest {
    private static final Traffic CLUSTER = traffic("Cluster", List.of());

    @Test
    void aBareServiceIsInternalHasNodesAndTheDefaultsOfTheTable() {
        Interpretation reading = read(Map.of());

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.wishes().scheme()).isEqualTo(Setting.managed(Scheme.INTERNAL));
        assertThat(reading.wishes().deletionProtection()).isEqualTo(Setting.unmanaged());
        assertThat(reading.backends().targets()).isEqualTo(Targets.NODES);
        assertThat(reading.ports()).extracting(PortWishes::form).containsExactly(Form.TCP, Form.TCP, Form.UDP);
        PortWishes port = reading.ports().getFirst();
        assertThat(port.healthCheck().interval()).isEqualTo(Setting.managed(Duration.ofSeconds(10)));
        assertThat(port.healthCheck().timeout()).isEqualTo(Setting.managed(Duration.ofSeconds(10)));
        assertThat(port.healthCheck().healthyThreshold()).isEqualTo(Setting.managed(3));
        assertThat(port.healthCheck().probe()).isEqualTo(Setting.managed(new Probe.Connect()));
        assertThat(balancer(reading).groups())
                .isEqualTo(Setting.managed(List.of(AwsLoadBalancerOptions.BACKEND, AwsLoadBalancerOptions.FRONTEND)));
    }

    @ParameterizedTest
    @CsvSource({
        "aws-load-balancer-type, nlb-ip, PODS",
        "aws-load-balancer-type, external, NODES",
        "aws-load-balancer-nlb-target-type, ip, PODS",
        "aws-load-balancer-nlb-target-type, instance, NODES",
    })
    void targetsAreAskedFor(String name, String value, Targets targets) {
        assertThat(read(Map.of(Annotations.BETA + name, value)).backends().targets())
                .isEqualTo(targets);
        assertThat(read(Map.of(Annotations.STABLE + name, value)).backends().targets())
                .isEqualTo(targets);
    }

    @Test
    void withLocalAndNodesTheHealthCheckNodePortIsAsked() {
        Interpretation reading = interpret(service(Map.of(), traffic("Local", List.of())));

        PortWishes port = reading.ports().getFirst();
        assertThat(port.healthCheck().probe())
                .isEqualTo(Setting.managed(new Probe.Http("GET", "", "/healthz", "200-399")));
        assertThat(port.healthCheck().timeout()).isEqualTo(Setting.managed(Duration.ofSeconds(6)));
        assertThat(port.healthCheck().unhealthyThreshold()).isEqualTo(Setting.managed(2));
        assertThat(AwsPoolOptions.of(port.poolOptions()).checkPort()).isEqualTo(Setting.managed("31999"));
    }

    @Test
    void certificatesMakeTheChosenPortsTls() {
        String arn = "arn:aws:acm:eu-central-1:123456789012:certificate/";
        Interpretation reading = read(Map.of(
                Annotations.BETA + Annotations.CERTIFICATES,
                arn + "1, " + arn + "3," + arn + "2",
                Annotations.BETA + Annotations.TLS_PORTS,
                "https",
                Annotations.BETA + Annotations.BACKEND_PROTOCOL,
                "ssl"));

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.ports()).extracting(PortWishes::form).containsExactly(Form.TCP, Form.TLS, Form.UDP);
        AwsListenerOptions listener =
                AwsListenerOptions.of(reading.ports().get(1).listenerOptions());
        assertThat(listener.certificate()).isEqualTo(Setting.managed(arn + "1"));
        assertThat(listener.moreCertificates()).isEqualTo(Setting.managed(List.of(arn + "2", arn + "3")));
        assertThat(listener.policy()).isEqualTo(Setting.managed("ELBSecurityPolicy-2016-08"));
        assertThat(AwsPoolOptions.of(reading.ports().get(1).poolOptions()).protocol())
                .isEqualTo(Setting.managed("TLS"));
    }

    @Test
    void tcpAndUdpOfOneNumberShareAListenerOnlyWhereThatIsAskedFor() {
        List<ServiceView.Port> both = List.of(port("tcp", Transport.TCP, 53), port("udp", Transport.UDP, 53));
        String key = Annotations.BETA + Annotations.TCP_UDP;

        Interpretation apart = interpret(service(Map.of(), CLUSTER, both));
        Interpretation shared = interpret(service(Map.of(key, "true"), CLUSTER, both));

        assertThat(apart.ports())
                .extracting(PortWishes::extent)
                .containsExactly(Extent.LISTENER_AND_POOL, Extent.NOTHING);
        assertThat(apart.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains(key));
        assertThat(shared.ports()).extracting(PortWishes::form).containsOnly(Form.TCP_UDP);
        assertThat(shared.problems()).isEmpty();
    }

    @Test
    void attributesOfOnePortWin() {
        Interpretation reading = read(Map.of(
                Annotations.BETA + Annotations.GROUP_ATTRIBUTES, "deregistration_delay.timeout_seconds=60",
                Annotations.BETA + Annotations.GROUP_ATTRIBUTES + ".443", "deregistration_delay.timeout_seconds=5",
                Annotations.BETA + Annotations.PROXY_PROTOCOL_PORTS, "443"));

        assertThat(attributes(reading, 0).deregistrationDelay()).isEqualTo(Setting.managed("60"));
        assertThat(attributes(reading, 1).deregistrationDelay()).isEqualTo(Setting.managed("5"));
        assertThat(attributes(reading, 0).proxyProtocol()).isEqualTo(Setting.managed("false"));
        assertThat(attributes(reading, 1).proxyProtocol()).isEqualTo(Setting.managed("true"));
    }

    private static TargetGroupAttributes attributes(Interpretation reading, int port) {
        return AwsPoolOptions.of(reading.ports().get(port).poolOptions()).attributes();
    }

    @Test
    void deletionProtectionThatIsAskedForIsOurs() {
        Interpretation reading =
                read(Map.of(Annotations.BETA + Annotations.ATTRIBUTES, "deletion_protection.enabled=true"));

        assertThat(reading.wishes().deletionProtection()).isEqualTo(Setting.managed(true));
        assertThat(balancer(reading).attributes().deletionProtection()).isEqualTo(Setting.managed("true"));
    }

    @Test
    void sourceRangesOfTheSpecWin() {
        Interpretation reading = interpret(service(
                Map.of(Annotations.BETA + Annotations.SOURCE_RANGES, "10.0.0.0/8"),
                traffic("Cluster", List.of("192.168.0.0/16"))));

        assertThat(balancer(reading).frontend().asOptional().orElseThrow().sourceRanges())
                .containsExactly("192.168.0.0/16");
    }

    @Test
    void aNodesMachineIsInItsProviderId() {
        assertThat(new AwsDialect().instance(node("aws:///eu-central-1a/i-0a1b2c3d4e5f67890")))
                .contains(new Address.Instance("i-0a1b2c3d4e5f67890"));
        assertThat(new AwsDialect().instance(node("aws:///eu-central-1a/fargate-ip-10-0-0-1")))
                .isEmpty();
    }

    private static NodeView node(String providerId) {
        return new NodeView(
                service(Map.of()).metadata().with(new TreeMap<>(), new TreeMap<>()),
                "True",
                false,
                List.of(),
                Optional.of(providerId),
                List.of());
    }

    private static AwsLoadBalancerOptions balancer(Interpretation reading) {
        return AwsLoadBalancerOptions.of(reading.wishes().options());
    }

    private static Traffic traffic(String policy, List<String> sources) {
        Optional<Integer> port = policy.equals("Local") ? Optional.of(31999) : Optional.empty();
        return new Traffic(policy, true, port, sources, "None", false);
    }

    private static Interpretation read(Map<String, String> annotations) {
        return interpret(service(annotations));
    }

    private static Interpretation interpret(ServiceView service) {
        return new AwsDialect().interpret(service, List.of(), true);
    }
}
