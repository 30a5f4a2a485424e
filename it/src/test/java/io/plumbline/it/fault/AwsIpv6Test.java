package io.plumbline.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.it.virtual.Samples;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Services of IPv6 and of both families, from their Pods to the cloud.
class AwsIpv6Test {
    private static final String KEYS = "service.beta.kubernetes.io/aws-load-balancer-";

    private final Stage stage = new Stage("aws");
    private final AwsFaultyCloud cloud = (AwsFaultyCloud) stage.cloud;

    @Test
    void podsOfAnIpv6ServiceAreBehindADualStackLoadBalancer() {
        pods(ip6(1), ip6(2));
        service("dualstack", "IPv6");

        stage.settle();

        assertThat(cloud.ipAddressType()).isEqualTo("dualstack");
        assertThat(cloud.groupKinds()).containsExactly("ip ipv6");
        assertThat(cloud.members()).containsExactly("80/[2001:db8::1]:80", "80/[2001:db8::2]:80");
        assertThat(stage.condition("Ready")).startsWith("True");
    }

    @Test
    void theyComeAndGoAndNothingIsLeft() {
        pods(ip6(1), ip6(2));
        service("dualstack", "IPv6");
        stage.settle();

        pods(ip6(1), ip6(2), ip6(3));
        stage.endPod(1);
        stage.settle();
        assertThat(cloud.members()).containsExactly("80/[2001:db8::2]:80", "80/[2001:db8::3]:80");

        stage.cluster.delete(Stage.SHOP);
        stage.settle();
        stage.isGone();
    }

    @Test
    void withoutADualStackLoadBalancerTheRemedyIsTold() {
        pods(ip6(1));
        service("ipv4", "IPv6");

        stage.settle();

        assertThat(cloud.members()).isEmpty();
        assertThat(stage.service().conditions())
                .anyMatch(condition -> condition.message().contains(KEYS + "ip-address-type: dualstack"));
    }

    /// The new targets serve before the old ones leave.
    @Test
    void aServiceWhoseLoadBalancerBecomesDualStackGoesOverToItsFirstFamily() {
        pods(both(1), both(2));
        service("ipv4", "IPv6", "IPv4");
        stage.settle();
        assertThat(cloud.members()).containsExactly("80/10.0.3.1:80", "80/10.0.3.2:80");

        service("dualstack", "IPv6", "IPv4");
        for (int second = 0; second < 600; second++) {
            stage.world.runFor(Duration.ofSeconds(1));
            assertThat(cloud.members()).as("after %d s", second).hasSizeGreaterThanOrEqualTo(2);
        }
        stage.settle();

        assertThat(cloud.ipAddressType()).isEqualTo("dualstack");
        assertThat(cloud.members()).containsExactly("80/[2001:db8::1]:80", "80/[2001:db8::2]:80");
        assertThat(cloud.groupKinds()).containsExactly("ip ipv6");
        assertThat(stage.condition("Programmed")).startsWith("True");
    }

    private static List<String> ip6(int number) {
        return List.of("2001:db8::" + number);
    }

    private List<String> both(int number) {
        return Stream.concat(Stream.of(cloud.address(number)), ip6(number).stream())
                .toList();
    }

    @SafeVarargs
    private void pods(List<String>... addresses) {
        IntStream.range(0, addresses.length).forEach(index -> stage.cluster.put(pod(index + 1, addresses[index])));
    }

    private static PodView pod(int number, List<String> addresses) {
        PodView pod = Samples.pod(number, Map.of());
        return new PodView(
                pod.metadata(),
                pod.phase(),
                addresses,
                pod.nodeName(),
                pod.hostNetwork(),
                pod.containersReady(),
                pod.readinessGates(),
                pod.namedPorts(),
                pod.resources(),
                pod.disruption());
    }

    private void service(String type, String... families) {
        Map<String, String> annotations = new TreeMap<>(cloud.serviceAnnotations());
        annotations.put(KEYS + "ip-address-type", type);
        ServiceView service = Samples.service("aws", 1, annotations);
        stage.cluster.put(new ServiceView(
                service.metadata(),
                service.type(),
                service.loadBalancerClass(),
                service.selector(),
                service.ports(),
                service.traffic(),
                List.of(families),
                service.addresses(),
                service.conditions()));
    }
}
