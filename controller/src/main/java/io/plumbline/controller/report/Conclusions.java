package io.plumbline.controller.report;

import io.plumbline.controller.report.ObjectReport.Event;
import io.plumbline.controller.report.Round.Planned;
import io.plumbline.controller.report.Round.Refused;
import io.plumbline.controller.report.Round.Unread;
import io.plumbline.controller.snapshot.ClusterSnapshot;
import io.plumbline.controller.snapshot.ClusterSnapshot.ServiceClaim;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Claimant;
import io.plumbline.spi.model.Desired.Fate;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.ServiceView.Condition;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// A round -> what it means for each claimant.
final class Conclusions {
    private Conclusions() {}

    static List<Conclusion> of(ClusterSnapshot seen, Round round, Instant now) {
        return seen.claims().stream()
                .map(ServiceClaim::service)
                .map(service -> of(service, round, now))
                .toList();
    }

    private static Conclusion of(ServiceView service, Round round, Instant now) {
        return switch (round) {
            case Refused(List<Problem> problems) -> refused(service, problems);
            case Unread unread -> unread(service, unread);
            case Planned planned -> planned(service, planned, now);
        };
    }

    private static Conclusion planned(ServiceView service, Planned planned, Instant now) {
        Optional<Claimant> claimant = claimant(service, planned.desired());
        if (claimant.isEmpty()) {
            return refused(service, planned.desired().problems());
        }
        Ledger ledger = new Ledger(planned);
        return switch (planned.desired().fate()) {
            case UNTOUCHED -> untouched(service, claimant.get().released());
            case RETIRED -> Conclusion.nothing(service);
            case WANTED, RELEASED ->
                claimant.get().released()
                        ? Releasing.conclusion(ledger, service)
                        : Serving.conclusion(ledger, service, now);
        };
    }

    private static Optional<Claimant> claimant(ServiceView service, Desired desired) {
        return desired.claimants().stream()
                .filter(claimant -> claimant.mark().object().equals(service.key()))
                .findFirst();
    }

    /// One that is told nothing has no business with us.
    private static Conclusion refused(ServiceView service, List<Problem> problems) {
        List<Problem> own = problems.stream()
                .filter(problem -> problem.object().equals(service.key()))
                .toList();
        if (own.isEmpty()) {
            return Conclusion.nothing(service);
        }
        Verdict verdict = Verdict.no(
                own.getFirst().reason(),
                Lists.sentences(own.stream().map(Lists::text).toList()));
        return Conclusion.of(service, Conclusion.conditions(verdict, Optional.empty(), verdict), List.of());
    }

    /// Conditions that would lie while nothing is done are taken back; one that never had any gets none.
    private static Conclusion untouched(ServiceView service, boolean released) {
        Verdict verdict = Verdict.unknown(
                Reason.UNTOUCHED, "an annotation asks that nothing be done: the load balancer stays as it is");
        SequencedMap<String, Verdict> conditions = new LinkedHashMap<>();
        Stream.of(Reasons.PROGRAMMED, Reasons.BACKENDS_COMPLETE, Reasons.READY)
                .filter(type -> Comparison.find(service, type).isPresent())
                .forEach(type -> conditions.put(type, verdict));
        Event farewell = new Event(
                Event.Sort.NORMAL,
                Reason.UNTOUCHED,
                "the load balancer stays: an annotation asks that nothing be done");
        return new Conclusion(
                service,
                Optional.empty(),
                Optional.of(conditions),
                List.of(),
                released ? List.of(farewell) : List.of());
    }

    /// What the cloud did not tell is as it was; only a refusal, which somebody must mend, is told.
    private static Conclusion unread(ServiceView service, Unread unread) {
        if (unread.desired().fate() == Fate.UNTOUCHED
                || claimant(service, unread.desired()).isEmpty()) {
            return Conclusion.nothing(service);
        }
        return switch (unread.failure()) {
            case Outcome.Rejected rejected -> unread(service, unread.desired(), rejected);
            case Outcome.Retry retry ->
                Comparison.find(service, Reasons.PROGRAMMED).isPresent()
                        ? Conclusion.nothing(service)
                        : Conclusion.of(service, firstWait(), List.of());
        };
    }

    private static SequencedMap<String, Verdict> firstWait() {
        Verdict verdict = Verdict.unknown(Reasons.WAITING, "the cloud has not answered yet");
        return Conclusion.conditions(verdict, Optional.empty(), verdict);
    }

    private static Conclusion unread(ServiceView service, Desired desired, Outcome.Rejected rejected) {
        String message = "the cloud refuses to be read, so nothing is changed: " + rejected.message();
        Verdict refusal = Verdict.no(Reasons.of(rejected.because()), message);
        Verdict programmed =
                asBefore(service, Reasons.PROGRAMMED).orElse(Verdict.unknown(Reasons.of(rejected.because()), message));
        List<Problem> problems = desired.problems().stream()
                .filter(problem -> problem.object().equals(service.key()))
                .toList();
        List<Event> events = Stream.concat(Stream.of(event(refusal)), Serving.events(problems).stream())
                .toList();
        return Conclusion.of(
                service,
                Conclusion.conditions(
                        programmed,
                        asBefore(service, Reasons.BACKENDS_COMPLETE),
                        Serving.ready(List.of(refusal), problems)),
                events);
    }

    private static Event event(Verdict verdict) {
        return new Event(Event.Sort.WARNING, verdict.reason(), verdict.message());
    }

    private static Optional<Verdict> asBefore(ServiceView service, String type) {
        return Comparison.find(service, type).map(Conclusions::verdict);
    }

    private static Verdict verdict(Condition condition) {
        return switch (condition.status()) {
            case "True" -> Verdict.yes(condition.reason(), condition.message());
            case "False" -> Verdict.no(condition.reason(), condition.message());
            default -> Verdict.unknown(condition.reason(), condition.message());
        };
    }
}
