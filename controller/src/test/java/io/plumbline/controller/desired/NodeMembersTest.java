package io.plumbline.controller.desired;

import static io.plumbline.controller.snapshot.Given.node;
import static io.plumbline.controller.snapshot.Given.pod;
import static io.plumbline.controller.snapshot.Given.slice;
import static io.plumbline.controller.snapshot.Given.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.model.Desired.Candidate;
import io.plumbline.spi.model.Desired.Intent;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.Setting;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Nodes as backends.
class NodeMembersTest {
    @ParameterizedTest(name = "{0} -> {2}")
    @CsvSource(delimiter = '|', textBlock = """
            Ready               |                                                                | REGISTER
            NotReady            | status: 'True' -> status: 'False'                              | KEEP
            Unknown             | status: 'True' -> status: 'Unknown'                            | KEEP
            cordoned            | spec: { -> spec: {unschedulable: true,                         | REGISTER
            not selected        | pool: blue -> pool: red                                        | REMOVE
            excluded            | pool: blue -> pool: blue, node.kubernetes.io/exclude-from-external-load-balancers: '' | REMOVE
            about to be scaled  | spec: { -> spec: {taints: [{key: ToBeDeletedByClusterAutoscaler, effect: NoSchedule}], | REMOVE
            tainted otherwise   | spec: { -> spec: {taints: [{key: example.com/dedicated, effect: NoSchedule}], | REGISTER
            being deleted       | {name: n1, -> {deletionTimestamp: now, name: n1,               | REMOVE
            """)
    void firstRowThatMatchesCounts(String what, @Nullable String edit, Intent intent) {
        String[] parts = edit == null ? new String[] {"", ""} : edit.split(" -> ");

        Wanted wanted = Wanted.of(
                nodePorts("fake.plumbline.io/node-selector: pool=blue"),
                node("n1", "True").replace(parts[0], parts[1]),
                node("n2", "True"));

        assertThat(wanted.candidates(80)).extracting(Candidate::intent).containsExactly(intent, Intent.REGISTER);
        assertThat(wanted.endpoints(80)).containsExactly("n1-machine:30080", "n2-machine:30080");
    }

    @Test
    void selectorWithoutAnyNodeKeepsWhatIsBoundAndSaysSo() {
        Wanted wanted = Wanted.of(nodePorts("fake.plumbline.io/node-selector: pool=green"), node("n1", "True"));

        assertThat(wanted.candidates(80)).extracting(Candidate::intent).containsExactly(Intent.KEEP);
        assertThat(wanted.problems()).extracting(Problem::reason).containsExactly("NoNodeSelected");
    }

    @Test
    void localTakesTheNodesOfMembersAndWeighsThem() {
        String local = nodePorts("").replace("  type:", "  externalTrafficPolicy: Local\n  type:");
        String second = pod("web-2", "10.0.0.2");
        String unready = pod("web-3", "10.0.0.3", "", "status: 'False'").replace("nodeName: n1", "nodeName: n2");

        Wanted wanted = Wanted.of(
                local,
                slice("web-1@10.0.0.1", "web-2@10.0.0.2", "web-3@10.0.0.3"),
                pod("web-1", "10.0.0.1"),
                second,
                unready,
                node("n1", "True"),
                node("n2", "True"));

        assertThat(wanted.candidates(80)).extracting(Candidate::intent).containsExactly(Intent.REGISTER, Intent.REMOVE);
        assertThat(wanted.candidates(80).getFirst().backend().weight()).isEqualTo(Setting.managed(2));
    }

    @Test
    void portWithoutANodePortIsNotServed() {
        String none = web("fake.plumbline.io/direct: 'false'")
                .replace("  type:", "  allocateLoadBalancerNodePorts: false\n  type:");

        Wanted wanted = Wanted.of(none, node("n1", "True"));

        assertThat(wanted.listeners()).isEmpty();
        assertThat(wanted.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.reason()).isEqualTo("NoNodePort");
            assertThat(problem.message()).contains("allocateLoadBalancerNodePorts");
        });
    }

    @Test
    void nodeWhoseMachineIsNotKnownIsNamed() {
        Wanted wanted = Wanted.of(nodePorts(""), node("n1", "True").replace("fake://", "elsewhere://"));

        assertThat(wanted.candidates(80)).isEmpty();
        assertThat(wanted.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("n1"));
    }

    private static String nodePorts(String annotations) {
        return web("fake.plumbline.io/direct: 'false'\n" + annotations)
                .replace("targetPort: 8080,", "targetPort: 8080, nodePort: 30080,");
    }
}
