package io.plumbline.controller.desired;

import static io.plumbline.controller.snapshot.Given.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.controller.snapshot.ClusterObjects;
import io.plumbline.controller.snapshot.Given;
import io.plumbline.controller.snapshot.SnapshotAssembly;
import io.plumbline.fake.Traits;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Claimant;
import io.plumbline.spi.model.Desired.Fate;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Setting;
import org.junit.jupiter.api.Test;

/// Several Services, one load balancer; and one Service that changes its mind.
class MergeTest {
    private static final String RELEASED = "deletionTimestamp: now\n  finalizers: [plumbline.io/load-balancer]";

    @Test
    void deletedServiceReleasesItsLoadBalancer() {
        Desired desired =
                Wanted.of(web().replace("uid:", RELEASED + "\n  uid:")).desired();

        assertThat(desired.fate()).isEqualTo(Fate.RELEASED);
        assertThat(desired.loadBalancer()).isEmpty();
        assertThat(desired.claimants())
                .singleElement()
                .satisfies(one -> assertThat(one.released()).isTrue());
    }

    @Test
    void skippedServiceIsUntouchedWhateverElseItSays() {
        String skip = "fake.plumbline.io/skip: 'true'";

        assertThat(Wanted.of(web(skip)).desired().fate()).isEqualTo(Fate.UNTOUCHED);
        Desired deleted =
                Wanted.of(web(skip).replace("uid:", RELEASED + "\n  uid:")).desired();
        assertThat(deleted.fate()).isEqualTo(Fate.UNTOUCHED);
        assertThat(deleted.claimants().getFirst().released()).isTrue();
    }

    @Test
    void refusedServiceIsInvalidWithItsReason() {
        Wanted wanted = Wanted.of(web() + "\nstatus: {loadBalancer: {ingress: [{ip: 192.0.2.1}]}}");

        assertThat(wanted.state()).isInstanceOf(DesiredState.Invalid.class);
        assertThat(wanted.problems()).extracting(Problem::reason).containsExactly("AlreadyManaged");
    }

    @Test
    void serviceOfNobodyIsInvalidWithoutAWord() {
        Wanted wanted = Wanted.of(web().replace("type: LoadBalancer", "type: ClusterIP"));

        assertThat(wanted.state()).isInstanceOf(DesiredState.Invalid.class);
        assertThat(wanted.problems()).isEmpty();
    }

    @Test
    void serviceThatWentToASharedLoadBalancerReleasesItsOwn() {
        ClusterObjects cluster = Given.cluster(web("fake.plumbline.io/group: g"));
        LoadBalancerKey own = SnapshotAssembly.ownKey(cluster.services().getFirst());

        Desired desired = Wanted.of(
                        Given.capabilities(Traits.group()),
                        Given.settings(),
                        SnapshotAssembly.of(own, cluster, Given.DIALECT))
                .desired();

        assertThat(desired.fate()).isEqualTo(Fate.RELEASED);
    }

    @Test
    void replacementOfItsOwnIsStillItsOwn() {
        ClusterObjects cluster = Given.cluster(web());
        LoadBalancerKey replacement = new LoadBalancerKey.Managed(Given.WEB, "web-uid", 1);

        Desired desired = Wanted.of(
                        Given.capabilities(Traits.group()),
                        Given.settings(),
                        SnapshotAssembly.of(replacement, cluster, Given.DIALECT))
                .desired();

        assertThat(desired.fate()).isEqualTo(Fate.WANTED);
        assertThat(desired.listeners())
                .singleElement()
                .satisfies(one -> assertThat(one.key().loadBalancer()).isEqualTo(replacement));
    }

    @Test
    void membersOfAGroupAreMergedOldestFirst() {
        Desired desired = Wanted.of(
                        grouped("young", "2026-02-01T00:00:00Z", 80, "internet"),
                        grouped("old", "2026-01-01T00:00:00Z", 80, "internal"),
                        grouped("third", "2026-03-01T00:00:00Z", 81, "internal"))
                .desired();

        assertThat(desired.key()).isEqualTo(new LoadBalancerKey.Group("g"));
        assertThat(desired.claimants())
                .extracting(claimant -> claimant.mark().object().name())
                .containsExactly("old", "young", "third");
        assertThat(desired.loadBalancer().orElseThrow().scheme()).isEqualTo(Setting.managed(Scheme.INTERNAL));
        assertThat(desired.listeners().getFirst().claims())
                .extracting(claim -> claim.mark().object().name())
                .containsExactly("old", "young");
        assertThat(desired.pools()).hasSize(3);
    }

    @Test
    void releasedMemberDropsOnlyItsOwnParts() {
        String leaving =
                grouped("leaving", "2026-01-01T00:00:00Z", 80, "internal").replace("uid:", RELEASED + "\n  uid:");

        Desired desired = Wanted.of(leaving, grouped("staying", "2026-02-01T00:00:00Z", 81, "internal"))
                .desired();

        assertThat(desired.fate()).isEqualTo(Fate.WANTED);
        assertThat(desired.claimants()).extracting(Claimant::released).containsExactly(true, false);
        assertThat(desired.listeners())
                .singleElement()
                .satisfies(one -> assertThat(one.key().name()).isEqualTo("tcp/81"));
    }

    @Test
    void refusedMemberIsLeftOutAndTheRestGoesOn() {
        String managed = grouped("managed", "2026-01-01T00:00:00Z", 80, "internal")
                + "\nstatus: {loadBalancer: {ingress: [{ip: 192.0.2.1}]}}";

        Wanted wanted = Wanted.of(managed, grouped("fine", "2026-02-01T00:00:00Z", 81, "internal"));

        assertThat(wanted.listeners()).containsExactly("tcp/81");
        assertThat(wanted.problems()).extracting(Problem::reason).containsExactly("AlreadyManaged");
    }

    @Test
    void youngerServiceWithTheSamePodsIsLeftOutWhereBackendsAreUnique() {
        String slice = Given.slice("web-1@10.0.0.1");
        Wanted wanted = Wanted.of(
                grouped("old", "2026-01-01T00:00:00Z", 80, "internal"),
                grouped("young", "2026-02-01T00:00:00Z", 81, "internal"),
                Given.pod("web-1", "10.0.0.1"),
                slice.replace("service-name: web", "service-name: old"),
                slice.replace("name: web-1\n", "name: web-2\n").replace("service-name: web", "service-name: young"));

        assertThat(wanted.listeners()).containsExactly("tcp/80");
        assertThat(wanted.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.object().name()).isEqualTo("young");
            assertThat(problem.message()).contains("of Service default/old");
        });
    }

    @Test
    void consentToAReplacementIsCarried() {
        assertThat(Wanted.of(web("plumbline.io/replace: allow"))
                        .desired()
                        .claimants()
                        .getFirst())
                .extracting(Claimant::replaceAllowed)
                .isEqualTo(true);
    }

    private static String grouped(String name, String created, int port, String scheme) {
        return web("fake.plumbline.io/group: g\nfake.plumbline.io/scheme: " + scheme)
                .replace("name: web\n", "name: " + name + "\n  creationTimestamp: '" + created + "'\n")
                .replace("uid: web-uid", "uid: " + name + "-uid")
                .replace("port: 80,", "port: " + port + ",");
    }
}
