package io.plumbline.controller.report;

import io.plumbline.controller.report.ObjectReport.Event;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.ServiceView.PublishedAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// What one Service is to be told, before that is compared with what it says already.
///
/// @param addresses empty where they stay as they are
/// @param conditions by type; empty where they stay as they are
/// @param problems each told by an event of its own when it is new
/// @param farewell told once, since after it nothing is told any more
record Conclusion(
        ServiceView service,
        Optional<List<PublishedAddress>> addresses,
        Optional<SequencedMap<String, Verdict>> conditions,
        List<Event> problems,
        List<Event> farewell) {
    Conclusion {
        addresses = addresses.map(List::copyOf);
        conditions = conditions.map(map -> Collections.unmodifiableSequencedMap(new LinkedHashMap<>(map)));
        problems = List.copyOf(problems);
        farewell = List.copyOf(farewell);
    }

    /// Everything stays as it is.
    static Conclusion nothing(ServiceView service) {
        return new Conclusion(service, Optional.empty(), Optional.empty(), List.of(), List.of());
    }

    /// These conditions, and the addresses as they are.
    static Conclusion of(ServiceView service, Map<String, Verdict> conditions, List<Event> problems) {
        return new Conclusion(
                service, Optional.empty(), Optional.of(new LinkedHashMap<>(conditions)), problems, List.of());
    }

    /// In the order in which a person should read them.
    static SequencedMap<String, Verdict> conditions(Verdict programmed, Optional<Verdict> backends, Verdict ready) {
        SequencedMap<String, Verdict> conditions = new LinkedHashMap<>();
        conditions.put(Reasons.PROGRAMMED, programmed);
        backends.ifPresent(verdict -> conditions.put(Reasons.BACKENDS_COMPLETE, verdict));
        conditions.put(Reasons.READY, ready);
        return conditions;
    }
}
