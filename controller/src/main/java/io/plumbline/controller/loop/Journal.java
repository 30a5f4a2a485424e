package io.plumbline.controller.loop;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.controller.apply.Applier.Result;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Kind;
import io.plumbline.spi.model.LoadBalancerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What operators see of the visits: one line for each that did something or failed, and metrics.
public final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final MeterRegistry meters;

    public Journal(MeterRegistry meters) {
        this.meters = meters;
    }

    /// One visit, while it goes on.
    static final class Line {
        private Optional<Plan> plan = Optional.empty();
        private final List<Result> results = new ArrayList<>();
        private final List<String> remarks = new ArrayList<>();

        void planned(Plan made) {
            plan = Optional.of(made);
        }

        void did(List<Result> some) {
            results.addAll(some);
        }

        void remark(String text) {
            remarks.add(text);
        }

        private boolean quiet() {
            return results.isEmpty() && remarks.isEmpty();
        }
    }

    /// @param wokenAt when the event came that the visit was for, if it was for one
    record Times(Optional<Instant> wokenAt, Instant started, Instant ended) {
        Duration took() {
            return Duration.between(started, ended);
        }
    }

    /// A visit has ended.
    void ended(LoadBalancerKey key, Line line, Visit next, Times times) {
        Duration took = times.took();
        times.wokenAt()
                .filter(at -> line.results.stream().anyMatch(Journal::changedMember))
                .ifPresent(at ->
                        meters.timer("plumbline.endpoint.change.to.write").record(Duration.between(at, times.ended())));
        meters.timer("plumbline.reconcile", "outcome", outcome(next)).record(took);
        line.results.forEach(this::count);
        line.plan.ifPresent(this::countHeldBack);
        String text = "%s %s %s in %d ms%s"
                .formatted(key.text(), summary(line), outcome(next), took.toMillis(), remarks(line, next));
        if (line.quiet() && !(next instanceof Visit.Failed)) {
            LOG.debug(text);
        } else {
            LOG.info(text);
        }
    }

    private static boolean changedMember(Result result) {
        return result.change().key().kind() == Kind.BACKEND && result.outcome() instanceof Outcome.Done;
    }

    private void count(Result result) {
        meters.counter(
                        "plumbline.changes",
                        "change",
                        result.change().verb().text(),
                        "kind",
                        result.change().key().kind().text(),
                        "outcome",
                        word(result.outcome()))
                .increment();
    }

    private void countHeldBack(Plan plan) {
        plan.changes().stream()
                .filter(change -> change instanceof Change.Leave)
                .map(change -> change.reason().code())
                .filter(code -> code.equals(Reason.HELD_BACK) || code.equals(Reason.TRUNCATED))
                .forEach(code ->
                        meters.counter("plumbline.held.back", "reason", code).increment());
    }

    private static String outcome(Visit next) {
        return switch (next) {
            case Visit.Again again -> "done";
            case Visit.Failed failed -> "failed";
            case Visit.Finished finished -> "finished";
        };
    }

    /// What is done counts, once: not what is under way or was refused.
    private static String summary(Line line) {
        int added = 0;
        int changed = 0;
        int removed = 0;
        for (Result result : line.results) {
            if (result.outcome() instanceof Outcome.Done) {
                switch (result.change().verb()) {
                    case CREATE -> added++;
                    case UPDATE, REPLACE -> changed++;
                    case DRAIN, REMOVE -> removed++;
                    case AWAIT, LEAVE -> {}
                }
            }
        }
        return "+%d ~%d -%d".formatted(added, changed, removed);
    }

    private static String remarks(Line line, Visit next) {
        List<String> all = new ArrayList<>(line.remarks);
        line.results.stream()
                .filter(result -> result.outcome() instanceof Outcome.Failure)
                .map(result -> result.change().name().text() + ": " + message(result.outcome()))
                .findFirst()
                .ifPresent(all::add);
        if (next instanceof Visit.Failed failed && all.stream().noneMatch(one -> one.contains(failed.why()))) {
            all.add(failed.why());
        }
        return all.isEmpty() ? "" : ": " + String.join("; ", all);
    }

    private static String message(Outcome outcome) {
        return outcome instanceof Outcome.Failure failure ? failure.message() : "";
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> "done";
            case Outcome.Pending pending -> "pending";
            case Outcome.Retry retry -> retry.why().name().toLowerCase(Locale.ROOT);
            case Outcome.Rejected rejected -> "rejected";
        };
    }
}
