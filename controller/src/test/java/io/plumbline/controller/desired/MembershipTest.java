package io.plumbline.controller.desired;

import static io.plumbline.controller.snapshot.Given.node;
import static io.plumbline.controller.snapshot.Given.pod;
import static io.plumbline.controller.snapshot.Given.slice;
import static io.plumbline.controller.snapshot.Given.sliceOf;
import static io.plumbline.controller.snapshot.Given.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Desired.Candidate;
import io.plumbline.spi.model.Desired.Intent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The table of membership, row by row, through manifests.
class MembershipTest {
    private static final String READY = "status: 'True'";
    private static final String NOT_READY = "status: 'False'";

    /// Each Pod is `web-1` at 10.0.0.1, named by the slice; `state` is replaced in its manifest.
    @ParameterizedTest(name = "{0} -> {3}")
    @CsvSource(delimiter = '|', textBlock = """
            containers ready                          |                                          | ready     | REGISTER | Desired
            succeeded                                 | phase: Running -> phase: Succeeded       | ready     | REMOVE   | Gone
            failed                                    | phase: Running -> phase: Failed          | ready     | REMOVE   | Gone
            another UID                               | uid: web-1-uid -> uid: other             | ready     | REMOVE   | Gone
            another address                           | ip: 10.0.0.1 -> ip: 10.0.0.9             | ready     | REMOVE   | Gone
            being deleted                             | uid: -> deletionTimestamp: now\\n  uid:  | ready     | DRAIN    | Terminating
            being deleted and not ready               | uid: -> deletionTimestamp: now\\n  uid:  | not ready | DRAIN    | Terminating
            failed and being deleted: the first row   | phase: Running -> phase: Failed          | not ready | REMOVE   | Gone
            containers not ready                      |                                          | not ready | REMOVE   | NotReady
            our gate waits                            | GATE plumbline.io/load-balancer-ready    | ready     | REGISTER | Desired
            a native gate waits                       | GATE fake.plumbline.io/backend-ready     | ready     | REGISTER | Desired
            a native gate of a Service waits          | GATE fake.plumbline.io/web               | ready     | REGISTER | Desired
            another gate waits                        | GATE example.com/warm                    | ready     | KEEP     | NotReady
            no sign that it is direct                 | fake.plumbline.io/address -> nothing     | ready     | KEEP     | NotDirect
            no sign, and its containers are not ready | fake.plumbline.io/address -> nothing     | not ready | REMOVE   | NotReady
            """)
    void firstRowThatMatchesCounts(String what, @Nullable String edit, String ready, Intent intent, String code) {
        // Given
        String pod = edited(pod("web-1", "10.0.0.1", "", ready.equals("ready") ? READY : NOT_READY), edit);
        // When
        List<Candidate> candidates = Wanted.of(web(), slice("web-1@10.0.0.1"), pod, node("n1", "True"))
                .candidates(80);
        // Then
        assertThat(candidates)
                .singleElement()
                .satisfies(candidate -> assertThat(candidate.intent()).isEqualTo(intent))
                .satisfies(candidate -> assertThat(candidate.reason().code()).isEqualTo(code));
    }

    private static String edited(String pod, @Nullable String edit) {
        if (edit == null) {
            return pod;
        }
        if (edit.startsWith("GATE ")) {
            return pod.replace(
                    "  nodeName: n1", "  nodeName: n1\n  readinessGates: [{conditionType: " + edit.substring(5) + "}]");
        }
        String[] parts = edit.split(" -> ", -1);
        return pod.replace(parts[0].strip(), parts[1].replace("\\n", "\n").stripTrailing());
    }

    @Test
    void listedPodThatIsNotInTheCacheIsKept() {
        List<Candidate> candidates = Wanted.of(web(), slice("web-1@10.0.0.1")).candidates(80);

        assertThat(candidates).singleElement().satisfies(candidate -> {
            assertThat(candidate.intent()).isEqualTo(Intent.KEEP);
            assertThat(candidate.backend().registrant()).contains("web-1-uid");
        });
    }

    @ParameterizedTest
    @CsvSource({"False,KEEP", "Unknown,KEEP", "True,REGISTER"})
    void podOnNodeThatIsNotReadyIsKept(String ready, Intent intent) {
        List<Candidate> candidates = Wanted.of(
                        web(), slice("web-1@10.0.0.1"), pod("web-1", "10.0.0.1"), node("n1", ready))
                .candidates(80);

        assertThat(candidates).extracting(Candidate::intent).containsExactly(intent);
    }

    @Test
    void unreadyPodOnNodeThatIsNotReadyIsRemovedUnderTheGuards() {
        List<Candidate> candidates = Wanted.of(
                        web(), slice("web-1@10.0.0.1"), pod("web-1", "10.0.0.1", "", NOT_READY), node("n1", "Unknown"))
                .candidates(80);

        assertThat(candidates).extracting(Candidate::intent).containsExactly(Intent.REMOVE);
    }

    @Test
    void nodeThatIsNotKnownSaysNothingAgainstItsPod() {
        List<Candidate> candidates = Wanted.of(web(), slice("web-1@10.0.0.1"), pod("web-1", "10.0.0.1"))
                .candidates(80);

        assertThat(candidates).extracting(Candidate::intent).containsExactly(Intent.REGISTER);
    }

    @Test
    void whatTheDialectSaysOfDrainingIsDone() {
        String terminating = pod("web-1", "10.0.0.1", "deletionTimestamp: now", READY);
        String unready = pod("web-2", "10.0.0.2", "", NOT_READY);
        String slice = slice("web-1@10.0.0.1", "web-2@10.0.0.2");

        List<Candidate> candidates = Wanted.of(
                        web("fake.plumbline.io/drain: 'false'\nfake.plumbline.io/drain-not-ready: 'true'"),
                        slice,
                        terminating,
                        unready)
                .candidates(80);

        assertThat(candidates).extracting(Candidate::intent).containsExactly(Intent.REMOVE, Intent.DRAIN);
        assertThat(candidates)
                .extracting(candidate -> candidate.reason().code())
                .containsExactly(Reason.TERMINATING, Reason.NOT_READY);
    }

    @Test
    void readyAndServingOfTheSliceDecideNothing() {
        String endpoint = "- {addresses: [10.0.0.1], conditions: {ready: false, serving: false, terminating: true},"
                + " targetRef: {kind: Pod, name: web-1, uid: web-1-uid}}";

        List<Candidate> candidates = Wanted.of(web(), sliceOf("web-1", "IPv4", endpoint), pod("web-1", "10.0.0.1"))
                .candidates(80);

        assertThat(candidates).extracting(Candidate::intent).containsExactly(Intent.REGISTER);
    }

    @Test
    void selectedPodThatNoSliceNamesIsNeverAddedButMayGo() {
        List<Candidate> candidates = Wanted.of(
                        web(),
                        pod("web-1", "10.0.0.1"),
                        pod("web-2", "10.0.0.2", "deletionTimestamp: now", READY),
                        pod("web-3", "10.0.0.3").replace("Running", "Failed"))
                .candidates(80);

        assertThat(candidates).extracting(Candidate::intent).containsExactly(Intent.KEEP, Intent.DRAIN, Intent.REMOVE);
    }

    @Test
    void waitingGateIsNoted() {
        String gated = pod("web-1", "10.0.0.1")
                .replace(
                        "  nodeName: n1",
                        "  nodeName: n1\n  readinessGates: [{conditionType: plumbline.io/load-balancer-ready}]");

        List<Candidate> candidates = Wanted.of(
                        web(), slice("web-1@10.0.0.1", "web-2@10.0.0.2"), gated, pod("web-2", "10.0.0.2"))
                .candidates(80);

        assertThat(candidates).extracting(Candidate::gateWaits).containsExactly(true, false);
    }
}
