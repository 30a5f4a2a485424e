package io.plumbline.controller.report;

import io.plumbline.controller.report.ObjectReport.Event;
import io.plumbline.controller.report.ObjectReport.StatusPatch;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.ServiceView.Condition;
import io.plumbline.spi.objects.ServiceView.PublishedAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/// A conclusion against what the Service says already -> what is to be written, and what is to be
/// announced.
///
/// An event is announced when a condition changes, never again while it stays: that keeps the program
/// silent while nothing happens, and needs no memory but the Service's own status.
final class Comparison {
    /// The API server refuses longer ones.
    private static final int LONGEST_EVENT = 1024;

    private static final int LONGEST_CONDITION = 32768;

    /// Not worth an event: what comes next is.
    private static final Set<String> QUIET = Set.of(Reasons.WAITING, Reasons.RELEASING);

    private Comparison() {}

    static ObjectReport report(Conclusion conclusion, Instant now) {
        ServiceView service = conclusion.service();
        List<Condition> before = ours(service);
        List<Condition> after = conclusion
                .conditions()
                .map(wanted -> conditions(wanted, service, now))
                .orElse(before);
        Optional<List<PublishedAddress>> addresses =
                conclusion.addresses().filter(wanted -> !wanted.equals(service.addresses()));
        Optional<StatusPatch> patch = before.equals(after) && addresses.isEmpty()
                ? Optional.empty()
                : Optional.of(new StatusPatch(addresses, after));
        return new ObjectReport(service.key(), service.uid(), patch, events(conclusion, service));
    }

    static Optional<Condition> find(ServiceView service, String type) {
        return service.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }

    private static List<Condition> ours(ServiceView service) {
        return Stream.of(Reasons.PROGRAMMED, Reasons.BACKENDS_COMPLETE, Reasons.READY)
                .flatMap(type -> find(service, type).stream())
                .toList();
    }

    private static List<Condition> conditions(SequencedMap<String, Verdict> wanted, ServiceView service, Instant now) {
        return wanted.entrySet().stream()
                .map(entry -> condition(entry.getKey(), entry.getValue(), service, now))
                .toList();
    }

    private static Condition condition(String type, Verdict verdict, ServiceView service, Instant now) {
        Instant since = find(service, type)
                .filter(old -> old.status().equals(verdict.status().text()))
                .map(Condition::since)
                .orElse(now);
        return new Condition(
                type,
                verdict.status().text(),
                verdict.reason(),
                shortened(verdict.message(), LONGEST_CONDITION),
                service.metadata().generation(),
                since);
    }

    private static List<Event> events(Conclusion conclusion, ServiceView service) {
        String told = find(service, Reasons.READY).map(Condition::message).orElse("");
        Stream<Event> changed = conclusion.conditions().stream()
                .flatMap(wanted -> wanted.entrySet().stream())
                .filter(entry -> !entry.getKey().equals(Reasons.READY))
                .flatMap(entry -> event(entry, service).stream());
        Stream<Event> problems = conclusion.problems().stream().filter(problem -> !told.contains(problem.message()));
        return Stream.of(changed, problems, conclusion.farewell().stream())
                .flatMap(stream -> stream)
                .map(event -> new Event(event.sort(), event.reason(), shortened(event.message(), LONGEST_EVENT)))
                .distinct()
                .toList();
    }

    /// That backends are complete from the start is no news.
    private static Optional<Event> event(Map.Entry<String, Verdict> entry, ServiceView service) {
        Verdict verdict = entry.getValue();
        Optional<Condition> old = find(service, entry.getKey());
        boolean same = old.filter(condition -> says(condition, verdict)).isPresent();
        boolean expected = verdict.reason().equals(Reasons.COMPLETE) && old.isEmpty();
        return same || expected || QUIET.contains(verdict.reason())
                ? Optional.empty()
                : Optional.of(new Event(
                        verdict.isTrue() ? Event.Sort.NORMAL : Event.Sort.WARNING,
                        verdict.reason(),
                        verdict.message()));
    }

    private static boolean says(Condition condition, Verdict verdict) {
        return condition.status().equals(verdict.status().text())
                && condition.reason().equals(verdict.reason())
                && (verdict.isTrue() || condition.message().equals(shortened(verdict.message(), LONGEST_CONDITION)));
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 3) + "...";
    }
}
