package io.plumbline.controller.report;

import io.plumbline.controller.report.ObjectReport.Event;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.Ownership;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.ServiceView.PublishedAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a Service is told whose load balancer is wanted.
final class Serving {
    private Serving() {}

    static Conclusion conclusion(Ledger ledger, ServiceView service, Instant now) {
        Listening listening = new Listening(ledger, service.key());
        Verdict programmed = listening.verdict();
        Verdict backends = Membering.verdict(ledger, service, now);
        List<Problem> problems = ledger.problems(service.key());
        Optional<Verdict> pending = Publication.pending(
                ledger.round().desired(), service.key(), ledger.round().actual());
        List<Verdict> notTrue = Stream.of(Stream.of(programmed, backends), heldBack(ledger).stream(), pending.stream())
                .flatMap(stream -> stream)
                .filter(verdict -> !verdict.isTrue())
                .toList();
        return new Conclusion(
                service,
                addresses(ledger, service, listening),
                Optional.of(Conclusion.conditions(programmed, Optional.of(backends), ready(notTrue, problems))),
                events(problems),
                List.of());
    }

    /// The first thing that is not as it should be is the reason, the message has everything.
    static Verdict ready(List<Verdict> notTrue, List<Problem> problems) {
        List<String> sentences = Stream.concat(
                        notTrue.stream().map(Verdict::message),
                        problems.stream().map(Lists::text))
                .toList();
        return Stream.concat(
                        notTrue.stream().map(Verdict::reason), problems.stream().map(Problem::reason))
                .findFirst()
                .map(reason -> Verdict.no(reason, Lists.sentences(sentences)))
                .orElse(Verdict.yes(Reasons.READY, "everything is as it is wanted"));
    }

    /// One for each problem, so that a new one is not lost among the old.
    static List<Event> events(List<Problem> problems) {
        return problems.stream()
                .map(problem -> new Event(Event.Sort.WARNING, problem.reason(), Lists.text(problem)))
                .toList();
    }

    /// What a guard holds back beside backends, which have a condition of their own.
    private static Optional<Verdict> heldBack(Ledger ledger) {
        List<String> held = ledger.changes()
                .filter(change -> change instanceof Change.Leave && !(change.key() instanceof BackendKey))
                .filter(change -> change.reason().code().equals(Reason.HELD_BACK))
                .map(change -> change.key().kind().text() + " " + change.key().text() + ": "
                        + change.reason().text())
                .toList();
        return held.isEmpty() ? Optional.empty() : Optional.of(Verdict.no(Reason.HELD_BACK, Lists.sentences(held)));
    }

    /// An address is published once something behind it answers, and stays as long as the load balancer is
    /// there.
    private static Optional<List<PublishedAddress>> addresses(Ledger ledger, ServiceView service, Listening listening) {
        Actual actual = ledger.round().actual();
        boolean there = actual.loadBalancer()
                .filter(found -> !(found.resource() instanceof Ownership.Foreign<?>))
                .isPresent();
        if (!there) {
            return listening.serves() ? Optional.empty() : Optional.of(List.of());
        }
        boolean publish = listening.serves() || !service.addresses().isEmpty();
        return Optional.of(Publication.of(ledger.round().desired(), service.key(), actual))
                .filter(addresses -> publish && !addresses.isEmpty());
    }
}
