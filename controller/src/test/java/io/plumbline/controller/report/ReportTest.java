package io.plumbline.controller.report;

import static io.plumbline.controller.report.Rounds.NOW;
import static io.plumbline.controller.report.Rounds.OURS;
import static io.plumbline.controller.report.Rounds.POOL;
import static io.plumbline.controller.report.Rounds.SERVED;
import static io.plumbline.controller.report.Rounds.backend;
import static io.plumbline.controller.report.Rounds.conditions;
import static io.plumbline.controller.report.Rounds.leave;
import static io.plumbline.controller.snapshot.Given.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.controller.desired.DesiredState;
import io.plumbline.controller.desired.Wanted;
import io.plumbline.controller.report.ObjectReport.Event;
import io.plumbline.controller.report.ObjectReport.StatusPatch;
import io.plumbline.controller.snapshot.Given;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Outcome.Because;
import io.plumbline.spi.Outcome.Why;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Actual.PublicAddress;
import io.plumbline.spi.model.Actual.State;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.Ownership;
import io.plumbline.spi.objects.ServiceView.Condition;
import io.plumbline.spi.objects.ServiceView.PublishedAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What a Service is told of a round.
class ReportTest {
    private static final PublicAddress VIP = new PublicAddress(PublicAddress.Form.IP, "192.0.2.1", false);

    @Test
    void standingLoadBalancerIsPublished() {
        ObjectReport report = new Rounds(web()).standing(VIP).report();

        assertThat(report.status())
                .map(StatusPatch::addresses)
                .hasValueSatisfying(addresses -> assertThat(addresses)
                        .contains(List.of(new PublishedAddress("192.0.2.1", "", Optional.of("VIP")))));
        assertThat(conditions(report))
                .containsExactly("Programmed=True Programmed", "BackendsComplete=True Complete", "Ready=True Ready");
        assertThat(report.status().orElseThrow().conditions())
                .allSatisfy(condition -> assertThat(condition.since()).isEqualTo(NOW));
        assertThat(report.events()).extracting(Event::reason).containsExactly("Programmed");
    }

    @Test
    void nothingIsSaidWhileNothingChanges() {
        ObjectReport report = served().standing(VIP).report();

        assertThat(report.silent()).as(report.toString()).isTrue();
    }

    @Test
    void everyReportIsSilentOnceItIsWritten() {
        Rounds first = new Rounds(web("fake.plumbline.io/weight: heavy")).standing(VIP);
        StatusPatch written = first.report().status().orElseThrow();
        StringBuilder status = new StringBuilder(
                "\nstatus:\n  loadBalancer: {ingress: [{ip: 192.0.2.1, ipMode: VIP}]}\n  conditions:\n");
        for (Condition condition : written.conditions()) {
            status.append("  - {type: %s, status: '%s', reason: %s, message: \"%s\", lastTransitionTime: '%s'}\n"
                    .formatted(
                            condition.type(),
                            condition.status(),
                            condition.reason(),
                            condition.message().replace("\"", "\\\""),
                            condition.since()));
        }

        ObjectReport second = new Rounds(web("fake.plumbline.io/weight: heavy").replace("uid: web-uid", OURS) + status)
                .standing(VIP)
                .report();

        assertThat(second.silent()).as(second.toString()).isTrue();
    }

    @Test
    void transitionTimeStaysWhileTheStatusDoes() {
        ObjectReport report = served().standing(VIP)
                .planned(leave(backend(1).key(), Reason.HELD_BACK, "no evidence"))
                .report();

        assertThat(report.status().orElseThrow().conditions())
                .extracting(condition -> condition.type() + " " + condition.since())
                .containsExactly("Programmed 2026-01-01T00:00:00Z", "BackendsComplete " + NOW, "Ready " + NOW);
    }

    @Test
    void observedGenerationFollowsTheService() {
        Rounds changed = new Rounds(web().replace("uid: web-uid", "generation: 7\n  " + OURS) + SERVED);

        ObjectReport report = changed.standing(VIP).report();

        assertThat(report.status().orElseThrow().conditions())
                .allSatisfy(
                        condition -> assertThat(condition.observedGeneration()).isEqualTo(7));
        assertThat(report.events()).isEmpty();
    }

    private static Rounds served() {
        return new Rounds(web().replace("uid: web-uid", OURS) + SERVED);
    }

    private static String twoPorts() {
        return web().replace("  ports:", "  ports:\n  - {name: admin, port: 81, targetPort: 8081, protocol: TCP}");
    }

    private static String message(ObjectReport report, String type) {
        return report.status().orElseThrow().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .map(Condition::message)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void timesNeverReachAMessage() {
        assertThat(new Rounds(web()).report().status().orElseThrow().conditions())
                .allSatisfy(
                        condition -> assertThat(condition.message()).doesNotContain(Instant.EPOCH.toString(), "2026"));
    }

    @ParameterizedTest
    @CsvSource({"IP, true, 192.0.2.1, '', Proxy", "IP, false, 192.0.2.1, '', VIP", "HOSTNAME, true, '', 192.0.2.1, ''"})
    void addressesArePublishedAsTheApiServerTakesThem(
            PublicAddress.Form form, boolean proxied, String ip, String hostname, String mode) {
        ObjectReport report = new Rounds(web())
                .standing(new PublicAddress(form, "192.0.2.1", proxied))
                .report();

        assertThat(report.status().orElseThrow().addresses().orElseThrow())
                .containsExactly(
                        new PublishedAddress(ip, hostname, Optional.of(mode).filter(text -> !text.isEmpty())));
    }

    @Test
    void nothingIsPublishedBeforeAListenerStands() {
        Rounds rounds = new Rounds(web());
        rounds.actual(
                rounds.desired.loadBalancer().map(balancer -> Rounds.found(balancer, State.ACTIVE)), List.of(), VIP);

        ObjectReport report = rounds.report();

        assertThat(report.status().orElseThrow().addresses()).isEmpty();
        assertThat(conditions(report)).contains("Programmed=False Waiting");
        assertThat(report.events()).isEmpty();
    }

    @Test
    void addressGoesWithTheLoadBalancer() {
        assertThat(served().report().status().orElseThrow().addresses()).contains(List.of());
    }

    @Test
    void listenerMadeJustNowStandsOnceItsAddressIsKnown() {
        Rounds rounds = new Rounds(web());
        Listener listener =
                rounds.desired.listeners().getFirst().claims().getFirst().listener();
        rounds.tried(Rounds.create(rounds.desired.loadBalancer().orElseThrow()), new Outcome.Done())
                .tried(Rounds.create(listener), new Outcome.Done());

        assertThat(conditions(rounds.report())).contains("Programmed=False Waiting");
        assertThat(conditions(rounds.standing(VIP).report())).contains("Programmed=True Programmed");
    }

    @ParameterizedTest
    @EnumSource(Because.class)
    void refusedListenerIsNotProgrammedForTheCloudsReason(Because because) {
        Rounds rounds = new Rounds(web()).standing(VIP);
        Listener listener =
                rounds.desired.listeners().getFirst().claims().getFirst().listener();

        ObjectReport report = rounds.tried(Rounds.create(listener), new Outcome.Rejected(because, "no more than 50"))
                .report();

        String reason = switch (because) {
            case CREDENTIALS -> "CredentialsRejected";
            case DENIED -> "Denied";
            case INVALID -> "Rejected";
            case QUOTA -> "QuotaExceeded";
            case CONFLICT -> "Conflict";
            case PROTECTED -> "Protected";
        };
        assertThat(conditions(report)).contains("Programmed=False " + reason, "Ready=False " + reason);
        assertThat(report.events()).singleElement().satisfies(event -> {
            assertThat(event.sort()).isEqualTo(Event.Sort.WARNING);
            assertThat(event.message()).contains("default/web:tcp/80", "no more than 50");
        });
    }

    @Test
    void occupiedPortIsAProblemOfThatPortOnly() {
        Rounds rounds = new Rounds(twoPorts()).standing(VIP);
        Listener foreign =
                rounds.desired.listeners().getFirst().claims().getFirst().listener();
        Listener ours = rounds.desired.listeners().getLast().claims().getFirst().listener();
        rounds.actual(
                rounds.desired.loadBalancer().map(balancer -> Rounds.found(balancer, State.ACTIVE)),
                List.of(
                        new Actual.Found<>("l-1", new Ownership.Foreign<>(foreign, "not ours"), State.ACTIVE),
                        Rounds.found(ours, State.ACTIVE)),
                VIP);

        assertThat(conditions(rounds.report())).contains("Programmed=True Programmed");
    }

    @Test
    void problemsMakeItUnreadyAndAreToldOnce() {
        Rounds before = new Rounds(web("fake.plumbline.io/weight: heavy")).standing(VIP);

        ObjectReport report = before.report();

        assertThat(conditions(report)).contains("Programmed=True Programmed", "Ready=False Invalid");
        assertThat(report.events()).extracting(Event::reason).containsExactly("Programmed", "Invalid");
    }

    @Test
    void podsThatCannotBeDirectLeaveTheBackendsIncomplete() {
        String plain = Given.pod("web-1", "10.0.0.1").replace("fake.plumbline.io/address", "nothing");

        ObjectReport report = new Rounds(web(), Given.slice("web-1@10.0.0.1"), plain)
                .standing(VIP)
                .report();

        assertThat(conditions(report)).contains("BackendsComplete=False NotDirect", "Ready=False NotDirect");
    }

    @ParameterizedTest
    @CsvSource({"HeldBack, HeldBack", "Truncated, Truncated", "Mode, Mode"})
    void whatIsLeftIsNamed(String code, String reason) {
        Rounds rounds = new Rounds(web()).standing(VIP);
        for (int number = 1; number <= 12; number++) {
            rounds.planned(leave(backend(number).key(), code, "because"));
        }

        ObjectReport report = rounds.report();

        assertThat(conditions(report)).contains("BackendsComplete=False " + reason);
        assertThat(message(report, "BackendsComplete"))
                .contains("tcp/80/10.0.0.1:8080")
                .contains("and 2 more");
    }

    @Test
    void backendThatIsKeptForAnotherReasonIsNoTrouble() {
        ObjectReport report = served().standing(VIP)
                .planned(leave(backend(1).key(), Reason.NOT_READY, "its gate waits"))
                .report();

        assertThat(report.silent()).isTrue();
    }

    @Test
    void usualCourseOfARegistrationChangesNoStatus() {
        Outcome pending = new Outcome.Pending(new Outcome.Task("t", "Register", Ids.none()), Duration.ofSeconds(1));
        Outcome busy = new Outcome.Retry(Duration.ofSeconds(1), Why.BUSY, "busy");

        assertThat(served().standing(VIP)
                        .tried(Rounds.create(backend(1)), pending)
                        .report()
                        .silent())
                .isTrue();
        assertThat(served().standing(VIP)
                        .tried(Rounds.create(backend(1)), busy)
                        .report()
                        .silent())
                .isTrue();
        assertThat(served().standing(VIP)
                        .planned(Rounds.create(backend(1)))
                        .report()
                        .silent())
                .isTrue();
    }

    @Test
    void registrationThatCannotBeDoneIsWaitedFor() {
        Outcome failing = new Outcome.Retry(Duration.ofSeconds(1), Why.UNREACHABLE, "no answer after 1234 ms");

        ObjectReport report =
                served().standing(VIP).tried(Rounds.create(backend(1)), failing).report();

        assertThat(conditions(report)).contains("BackendsComplete=False Waiting");
        assertThat(message(report, "BackendsComplete")).doesNotContain("1234");
    }

    @Test
    void firstRegistrationsAreWaitedFor() {
        ObjectReport report = new Rounds(web())
                .standing(VIP)
                .planned(Rounds.create(backend(1)))
                .report();

        assertThat(conditions(report)).contains("BackendsComplete=False Waiting");
    }

    @Test
    void longAwaitIsSaidAfterTenMinutes() {
        Change await =
                new Change.Await(POOL, 3, NOW, new Reason(Reason.AWAITING_REPLACEMENT, "3 must be healthy"), List.of());

        assertThat(served().standing(VIP)
                        .planned(await)
                        .since(POOL, NOW.minus(Duration.ofMinutes(9)))
                        .report()
                        .silent())
                .isTrue();
        ObjectReport late = served().standing(VIP)
                .planned(await)
                .since(POOL, NOW.minus(Duration.ofMinutes(10)))
                .report();
        assertThat(conditions(late)).contains("BackendsComplete=False AwaitingReplacement");
    }

    @Test
    void refusedServiceIsToldWhy() {
        String managed = web() + "\nstatus: {loadBalancer: {ingress: [{ip: 192.0.2.9}]}}";
        List<Problem> problems =
                Wanted.of(managed).state() instanceof DesiredState.Invalid(List<Problem> found) ? found : List.of();

        ObjectReport report = new Rounds(managed).report(new Round.Refused(problems));

        assertThat(conditions(report)).containsExactly("Programmed=False AlreadyManaged", "Ready=False AlreadyManaged");
        assertThat(report.status().orElseThrow().addresses()).isEmpty();
        assertThat(report.events()).extracting(Event::reason).containsExactly("AlreadyManaged");
    }

    @Test
    void serviceOfNobodyIsToldNothing() {
        assertThat(new Rounds(web()).report(new Round.Refused(List.of())).silent())
                .isTrue();
    }

    @Test
    void refusedReadIsToldAndChangesNothingElse() {
        Rounds rounds = served();

        ObjectReport report = rounds.report(
                new Round.Unread(rounds.desired, new Outcome.Rejected(Because.CREDENTIALS, "the signature is wrong")));

        assertThat(conditions(report))
                .containsExactly(
                        "Programmed=True Programmed",
                        "BackendsComplete=True Complete",
                        "Ready=False CredentialsRejected");
        assertThat(report.status().orElseThrow().addresses()).isEmpty();
        assertThat(report.events()).extracting(Event::reason).containsExactly("CredentialsRejected");
    }

    @Test
    void readThatFailedForNowSaysNothing() {
        Rounds rounds = served();
        Outcome.Failure failure = new Outcome.Retry(Duration.ofSeconds(1), Why.UNREACHABLE, "no answer");

        assertThat(rounds.report(new Round.Unread(rounds.desired, failure)).silent())
                .isTrue();
    }
}
