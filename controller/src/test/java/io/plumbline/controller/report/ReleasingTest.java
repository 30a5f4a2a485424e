package io.plumbline.controller.report;

import static io.plumbline.controller.report.Rounds.OURS;
import static io.plumbline.controller.report.Rounds.SERVED;
import static io.plumbline.controller.report.Rounds.backend;
import static io.plumbline.controller.report.Rounds.conditions;
import static io.plumbline.controller.report.Rounds.leave;
import static io.plumbline.controller.snapshot.Given.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.controller.report.ObjectReport.Event;
import io.plumbline.controller.snapshot.Given;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Outcome.Because;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.Ownership;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.ObjectKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a Service is told that is let go, or left alone.
class ReleasingTest {
    @Test
    void serviceThatChangedItsTypeLosesAddressAndConditionsInTheEnd() {
        Rounds rounds = released();

        assertThat(conditions(rounds.tried(remove(rounds), new Outcome.Done()).report()))
                .containsExactly("Programmed=False Releasing", "Ready=False Releasing");
        ObjectReport last = released().report();
        assertThat(last.status().orElseThrow().conditions()).isEmpty();
        assertThat(last.status().orElseThrow().addresses()).contains(List.of());
    }

    @Test
    void refusedRemovalIsToldWhileItLasts() {
        Rounds rounds = released();

        ObjectReport report = rounds.tried(
                        remove(rounds), new Outcome.Rejected(Because.PROTECTED, "deletion protection is on"))
                .report();

        assertThat(conditions(report)).containsExactly("Programmed=False Protected", "Ready=False Protected");
    }

    @Test
    void whatStaysBehindIsSaidInAnEvent() {
        Rounds rounds = new Rounds(web().replace("uid: web-uid", "deletionTimestamp: now\n  " + OURS));

        ObjectReport report = rounds.planned(leave(rounds.desired.key(), Reason.PROTECTED, "its user protects it"))
                .report();

        assertThat(report.status()).isEmpty();
        assertThat(report.events())
                .containsExactly(new Event(
                        Event.Sort.WARNING, "Protected", "the load balancer stays behind: its user protects it"));
    }

    @Test
    void skippedServiceIsLeftInPeaceOrTakesItsConditionsBack() {
        String skip = "fake.plumbline.io/skip: 'true'";

        assertThat(new Rounds(web(skip)).report().silent()).isTrue();
        assertThat(conditions(new Rounds(web(skip).replace("uid: web-uid", OURS) + SERVED).report()))
                .containsExactly(
                        "Programmed=Unknown Untouched",
                        "BackendsComplete=Unknown Untouched",
                        "Ready=Unknown Untouched");
    }

    @Test
    void skippedServiceMayGoAndItsLoadBalancerStays() {
        Rounds rounds = new Rounds(
                web("fake.plumbline.io/skip: 'true'").replace("uid: web-uid", "deletionTimestamp: now\n  " + OURS));

        assertThat(Report.hasLeft(rounds.round(), Given.WEB)).isTrue();
        assertThat(rounds.report().events()).extracting(Event::reason).containsExactly("Untouched");
    }

    @Test
    void memberOfAGroupHasLeftOnceItsOwnPartsAreGone() {
        String group = "fake.plumbline.io/group: g";
        Rounds leaving = new Rounds(
                web(group).replace("uid: web-uid", "deletionTimestamp: now\n  " + OURS),
                web(group)
                        .replace("name: web\n", "name: other\n")
                        .replace("uid: web-uid", "uid: other-uid")
                        .replace("port: 80,", "port: 81,"));
        PoolKey others = PoolKey.of(ObjectKey.service("default", "other"), Transport.TCP, 81);
        Backend ofOther = new Backend(
                new BackendKey(others, new Address.Ip("10.0.0.1"), 8080), Setting.unmanaged(), Optional.empty());

        assertThat(Report.hasLeft(leaving.planned(Rounds.create(ofOther)).round(), Given.WEB))
                .isTrue();
        assertThat(Report.hasLeft(leaving.round(), others.object())).isFalse();
        assertThat(Report.hasLeft(leaving.planned(Rounds.create(backend(1))).round(), Given.WEB))
                .isFalse();
    }

    private static Rounds released() {
        return new Rounds(web().replace("uid: web-uid", OURS).replace("type: LoadBalancer", "type: NodePort") + SERVED);
    }

    private static Change remove(Rounds rounds) {
        Mark mark = rounds.desired.claimants().getFirst().mark();
        return switch (Ownership.decide(
                mark,
                Optional.of(mark),
                new Rounds(web()).desired.loadBalancer().orElseThrow())) {
            case Owned<LoadBalancer> owned ->
                new Change.Remove(owned, new Reason(Reason.UNWANTED, "no longer wanted"), List.of());
            case Ownership.Borrowed<LoadBalancer> borrowed -> throw new AssertionError();
            case Ownership.Foreign<LoadBalancer> foreign -> throw new AssertionError();
        };
    }
}
