package io.plumbline.controller.desired;

import static io.plumbline.controller.snapshot.Given.pod;
import static io.plumbline.controller.snapshot.Given.slice;
import static io.plumbline.controller.snapshot.Given.sliceOf;
import static io.plumbline.controller.snapshot.Given.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.controller.snapshot.Given;
import io.plumbline.fake.Traits;
import io.plumbline.spi.model.Desired.Candidate;
import io.plumbline.spi.model.Desired.Intent;
import io.plumbline.spi.model.Desired.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Pods as backends: which endpoints count, and what is said of those that do not.
class DirectModeTest {
    private static final String READY = "status: 'True'";

    @Test
    void podInTwoSlicesIsOneBackend() {
        String again = sliceOf(
                "web-2",
                "IPv4",
                "- {addresses: [10.0.0.1], targetRef: {kind: Pod, name: web-1, namespace: default, uid: web-1-uid}}");

        Wanted wanted = Wanted.of(web(), slice("web-1@10.0.0.1"), again, pod("web-1", "10.0.0.1"));

        assertThat(wanted.endpoints(80)).containsExactly("10.0.0.1:8080");
    }

    @Test
    void reusedAddressBelongsToThePodThatLives() {
        String old = pod("web-1", "10.0.0.1", "deletionTimestamp: now", READY);
        String young = pod("web-2", "10.0.0.1");

        Wanted wanted = Wanted.of(web(), slice("web-1@10.0.0.1", "web-2@10.0.0.1"), old, young);

        assertThat(wanted.candidates(80)).singleElement().satisfies(candidate -> {
            assertThat(candidate.backend().registrant()).contains("web-2-uid");
            assertThat(candidate.intent()).isEqualTo(Intent.REGISTER);
        });
    }

    @Test
    void onlySlicesOfTheFamilyCount() {
        String six = sliceOf(
                "web-6",
                "IPv6",
                "- {addresses: ['fd00::1'], targetRef: {kind: Pod, name: web-1, namespace: default, uid: web-1-uid}}");
        String pod = pod("web-1", "10.0.0.1").replace("[{ip: 10.0.0.1}]", "[{ip: 10.0.0.1}, {ip: 'fd00::1'}]");

        assertThat(Wanted.of(web(), slice("web-1@10.0.0.1"), six, pod).endpoints(80))
                .containsExactly("10.0.0.1:8080");
        assertThat(Wanted.of(web("fake.plumbline.io/address-family: ipv6"), slice("web-1@10.0.0.1"), six, pod)
                        .endpoints(80))
                .containsExactly("[fd00::1]:8080");
    }

    @Test
    void familyThatTheServiceLacksIsAProblem() {
        String service = web("fake.plumbline.io/address-family: ipv6")
                .replace("  type: LoadBalancer", "  type: LoadBalancer\n  ipFamilies: [IPv4]");

        assertThat(Wanted.of(service).problems()).extracting(Problem::reason).containsExactly("AddressFamily");
    }

    @Test
    void podsThatCannotBeDirectAreNamedInOneProblem() {
        String plain = pod("web-2", "10.0.0.2").replace("fake.plumbline.io/address", "nothing");
        String host = pod("web-3", "10.0.0.3").replace("  nodeName: n1", "  nodeName: n1\n  hostNetwork: true");

        Wanted wanted = Wanted.of(
                web(),
                slice("web-1@10.0.0.1", "web-2@10.0.0.2", "web-3@10.0.0.3"),
                pod("web-1", "10.0.0.1"),
                plain,
                host);

        assertThat(wanted.candidates(80))
                .extracting(Candidate::intent)
                .containsExactly(Intent.REGISTER, Intent.KEEP, Intent.KEEP);
        assertThat(wanted.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.reason()).isEqualTo("NotDirect");
            assertThat(problem.object()).isEqualTo(Given.WEB);
            assertThat(problem.message())
                    .isEqualTo("Pods that the load balancer cannot reach directly are not added: web-2: it has no"
                            + " address of its own: give it the annotation fake.plumbline.io/address; web-3: it uses"
                            + " its node's network: remove hostNetwork");
        });
    }

    @Test
    void atMostTenPodsAreNamed() {
        String[] manifests = new String[14];
        String[] endpoints = new String[12];
        for (int index = 0; index < 12; index++) {
            String name = "web-%02d".formatted(index);
            endpoints[index] = name + "@10.0.0." + index;
            manifests[index] = pod(name, "10.0.0." + index).replace("fake.plumbline.io/address", "nothing");
        }
        manifests[12] = web();
        manifests[13] = slice(endpoints);

        assertThat(Wanted.of(manifests).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .contains("web-09 and 2 more: it has no")
                        .doesNotContain("web-10"));
    }

    @Test
    void podWhoseDeletionHasBegunIsNoProblem() {
        String leaving = pod("web-2", "10.0.0.2", "deletionTimestamp: now", READY)
                .replace("fake.plumbline.io/address", "nothing");

        Wanted wanted = Wanted.of(web(), slice("web-2@10.0.0.2"), leaving);

        assertThat(wanted.problems()).isEmpty();
        assertThat(wanted.candidates(80)).extracting(Candidate::intent).containsExactly(Intent.DRAIN);
    }

    @Test
    void addressOutsideTheNetworkIsNamed() {
        Settings settings = Given.settings(Optional.of("10.1.0.0/16,10.2.0.0/16"));

        Wanted wanted = Wanted.of(
                Given.capabilities(Traits.inline()),
                settings,
                web(),
                slice("web-1@10.0.0.1", "web-2@10.2.0.1"),
                pod("web-1", "10.0.0.1"),
                pod("web-2", "10.2.0.1"));

        assertThat(wanted.candidates(80)).extracting(Candidate::intent).containsExactly(Intent.KEEP, Intent.REGISTER);
        assertThat(wanted.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("web-1: the load balancer's network"));
    }

    @Test
    void endpointWithoutPodCountsOnlyForSelectorlessServiceInAllowedNamespace() {
        String endpoint = "- {addresses: [10.0.0.7]}\n- {addresses: [10.0.0.8], conditions: {ready: false}}";
        String selectorless = web().replace("  selector: {app: web}\n", "");
        String allowed = selectorless.replace("  name: web\n", "  name: web\n  namespace: open\n");
        String slice = sliceOf("web-1", "IPv4", endpoint);
        String allowedSlice = slice.replace("  name: web-1\n", "  name: web-1\n  namespace: open\n");

        assertThat(Wanted.of(allowed, allowedSlice).candidates(80))
                .extracting(Candidate::intent)
                .containsExactly(Intent.REGISTER, Intent.REMOVE);
        for (String service : List.of(selectorless, web())) {
            Wanted wanted = Wanted.of(service, slice);
            assertThat(wanted.candidates(80)).isEmpty();
            assertThat(wanted.problems()).extracting(Problem::reason).containsExactly("EndpointNotCounted");
        }
    }

    @Test
    void endpointThatNamesAPodOfAnotherNamespaceIsRefused() {
        String elsewhere = "- {addresses: [10.0.0.1], targetRef: {kind: Pod, name: web-1, namespace: prod, uid: u}}";

        Wanted wanted = Wanted.of(web(), sliceOf("web-1", "IPv4", elsewhere));

        assertThat(wanted.candidates(80)).isEmpty();
        assertThat(wanted.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("10.0.0.1"));
    }

    @Test
    void handWrittenEndpointOfASelectorlessServiceStillFollowsItsPod() {
        String selectorless = web().replace("  selector: {app: web}\n", "");

        Wanted wanted = Wanted.of(
                selectorless, slice("web-1@10.0.0.1"), pod("web-1", "10.0.0.1").replace("Running", "Failed"));

        assertThat(wanted.candidates(80)).extracting(Candidate::intent).containsExactly(Intent.REMOVE);
    }

    @Test
    void orderOfTheInputDoesNotMatter() {
        List<String> manifests = List.of(
                web(),
                slice("web-1@10.0.0.1", "web-2@10.0.0.2"),
                sliceOf(
                        "web-9",
                        "IPv4",
                        "- {addresses: [10.0.0.3], targetRef: {kind: Pod, name: web-3, uid: web-3-uid}}"),
                pod("web-1", "10.0.0.1"),
                pod("web-2", "10.0.0.2"),
                pod("web-3", "10.0.0.3"));

        List<Object> results = IntStream.range(0, manifests.size())
                .<Object>mapToObj(shift -> Wanted.of(IntStream.range(0, manifests.size())
                                .mapToObj(index -> manifests.get((index + shift) % manifests.size()))
                                .toArray(String[]::new))
                        .desired())
                .distinct()
                .toList();

        assertThat(results).hasSize(1);
    }
}
