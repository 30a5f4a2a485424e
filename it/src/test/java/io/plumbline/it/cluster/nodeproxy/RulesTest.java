package io.plumbline.it.cluster.nodeproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.plumbline.it.clouds.Transport;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RulesTest {
    private static final int NODE_PORT = 30_080;
    private static final int HEALTH_PORT = 31_999;
    private static final Place ON_ONE = new Place("one", Transport.TCP, NODE_PORT);
    private static final Place ON_TWO = new Place("two", Transport.TCP, NODE_PORT);
    private static final Place HEALTH_OF_ONE = new Place("one", Transport.TCP, HEALTH_PORT);
    private static final Place HEALTH_OF_TWO = new Place("two", Transport.TCP, HEALTH_PORT);

    private enum State {
        READY,
        NOT_READY,
        LEAVING,
        DEAD
    }

    @Test
    void everyNodeServesEveryReadyEndpoint() {
        assertThat(rules(
                        "Cluster", on("one", 1, State.READY), on("two", 2, State.READY), on("two", 3, State.NOT_READY)))
                .containsExactly(Map.entry(ON_ONE, forward(1, 2)), Map.entry(ON_TWO, forward(1, 2)));
    }

    @Test
    void whereNoneIsReadyThoseServeThatTerminate() {
        assertThat(rules(
                        "Cluster",
                        on("one", 1, State.LEAVING),
                        on("two", 2, State.DEAD),
                        on("two", 3, State.NOT_READY)))
                .containsExactly(Map.entry(ON_ONE, forward(1)), Map.entry(ON_TWO, forward(1)));
    }

    @Test
    void aLeavingEndpointIsLeftOutWhileAnotherIsReady() {
        assertThat(rules("Cluster", on("one", 1, State.LEAVING), on("two", 2, State.READY)))
                .containsExactly(Map.entry(ON_ONE, forward(2)), Map.entry(ON_TWO, forward(2)));
    }

    @Test
    void withoutEndpointsNothingIsOpen() {
        assertThat(rules("Cluster", on("one", 1, State.DEAD))).isEmpty();
    }

    @Test
    void aSliceWithoutPortsIsNobodys() {
        EndpointSlice empty = new EndpointSlice();
        empty.setAddressType("IPv4");
        empty.setPorts(null);
        empty.setEndpoints(null);
        assertThat(Rules.of(service("Cluster"), List.of(empty), List.of("one"))).isEmpty();
    }

    @Test
    void aLocalNodeServesItsOwnAlone() {
        assertThat(rules("Local", on("one", 1, State.READY), on("one", 2, State.READY)))
                .containsExactly(
                        Map.entry(ON_ONE, forward(1, 2)),
                        Map.entry(HEALTH_OF_ONE, new Rule.Health("web", "shop", 2)),
                        Map.entry(HEALTH_OF_TWO, new Rule.Health("web", "shop", 0)));
    }

    @Test
    void aLocalNodeFallsBackToItsOwnLeavingOnesWhichDoNotCountAsHealthy() {
        assertThat(rules("Local", on("one", 1, State.LEAVING), on("two", 2, State.READY)))
                .containsExactly(
                        Map.entry(ON_ONE, forward(1)),
                        Map.entry(HEALTH_OF_ONE, new Rule.Health("web", "shop", 0)),
                        Map.entry(ON_TWO, forward(2)),
                        Map.entry(HEALTH_OF_TWO, new Rule.Health("web", "shop", 1)));
    }

    @Test
    void withoutANodePortNothingIsServed() {
        Service none = new ServiceBuilder(service("Cluster"))
                .editSpec()
                .editFirstPort()
                .withNodePort(null)
                .endPort()
                .endSpec()
                .build();
        assertThat(Rules.of(none, List.of(slice(on("one", 1, State.READY))), List.of("one")))
                .isEmpty();
    }

    @Test
    void portsAreMatchedByNameAndProtocol() {
        Service two = new ServiceBuilder(service("Cluster"))
                .editSpec()
                .addNewPort()
                .withName("dns")
                .withProtocol("UDP")
                .withPort(53)
                .withNodePort(30_053)
                .endPort()
                .endSpec()
                .build();
        EndpointSlice slice = new EndpointSliceBuilder(slice(on("one", 1, State.READY)))
                .addNewPort(null, "dns", 5353, "UDP")
                .build();
        assertThat(Rules.of(two, List.of(slice), List.of("one")))
                .containsExactly(
                        Map.entry(ON_ONE, forward(1)),
                        Map.entry(
                                new Place("one", Transport.UDP, 30_053),
                                new Rule.Forward(List.of(new Rule.Target("10.244.0.1", 5353)))));
    }

    private static Map<Place, Rule> rules(String policy, Endpoint... endpoints) {
        return Rules.of(service(policy), List.of(slice(endpoints)), List.of("one", "two"));
    }

    private static Rule forward(int... numbers) {
        return new Rule.Forward(Arrays.stream(numbers)
                .mapToObj(number -> new Rule.Target("10.244.0." + number, 8080))
                .toList());
    }

    private static Service service(String policy) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("web")
                .withName("shop")
                .endMetadata()
                .withNewSpec()
                .withType("LoadBalancer")
                .withExternalTrafficPolicy(policy)
                .withHealthCheckNodePort(policy.equals("Local") ? HEALTH_PORT : null)
                .addNewPort()
                .withName("http")
                .withProtocol("TCP")
                .withPort(80)
                .withNodePort(NODE_PORT)
                .endPort()
                .endSpec()
                .build();
    }

    private static EndpointSlice slice(Endpoint... endpoints) {
        return new EndpointSliceBuilder()
                .withAddressType("IPv4")
                .withEndpoints(endpoints)
                .addNewPort(null, "http", 8080, "TCP")
                .build();
    }

    private static Endpoint on(String node, int number, State state) {
        return new EndpointBuilder()
                .withAddresses("10.244.0." + number)
                .withNodeName(node)
                .withNewConditions()
                .withReady(state == State.READY)
                .withServing(state == State.READY || state == State.LEAVING)
                .withTerminating(state == State.LEAVING || state == State.DEAD)
                .endConditions()
                .build();
    }
}
