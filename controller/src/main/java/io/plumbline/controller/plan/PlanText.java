package io.plumbline.controller.plan;

import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.FieldChange;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Verb;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Prints a plan for people: a line for each change in its order, the backends of one pool that fare alike
/// on one line, then what users must be told, then a summary.
public final class PlanText {
    private PlanText() {}

    /// Ends in a newline.
    public static String print(Plan plan) {
        List<String> lines = new ArrayList<>();
        group(plan.changes()).forEach((line, endpoints) -> lines.add(line(line, endpoints)));
        plan.problems().forEach(problem -> lines.add(line(problem)));
        lines.add(summary(plan));
        return String.join("\n", lines) + "\n";
    }

    /// How much of what: `Plan: 2 create, 1 remove`.
    public static String summary(Plan plan) {
        List<String> parts = new ArrayList<>();
        for (Verb verb : Verb.values()) {
            long count = plan.changes().stream()
                    .filter(change -> change.verb() == verb)
                    .count();
            if (count > 0) {
                parts.add(count + " " + text(verb));
            }
        }
        if (!plan.problems().isEmpty()) {
            parts.add(plan.problems().size() + (plan.problems().size() == 1 ? " problem" : " problems"));
        }
        return "Plan: " + (parts.isEmpty() ? "nothing to do" : String.join(", ", parts));
    }

    /// What a line says of each of its changes; equal ones share it.
    private record Line(Verb verb, String kind, String key, String details, List<String> after) {}

    private static Map<Line, List<String>> group(List<Change> changes) {
        Map<Line, List<String>> grouped = new LinkedHashMap<>();
        for (Change change : changes) {
            List<String> endpoints = grouped.computeIfAbsent(
                    new Line(
                            change.verb(),
                            change.key().kind().text(),
                            change.key() instanceof BackendKey backend
                                    ? backend.pool().text()
                                    : change.key().text(),
                            details(change),
                            after(change)),
                    line -> new ArrayList<>());
            if (change.key() instanceof BackendKey backend) {
                endpoints.add(backend.endpoint());
            }
        }
        return grouped;
    }

    private static String line(Line line, List<String> endpoints) {
        String members = endpoints.isEmpty() ? "" : String.join(", ", endpoints) + "  ";
        String after = line.after().isEmpty() ? "" : " (after " + String.join(", ", line.after()) + ")";
        return "%c %-12s  %s  %s%s"
                .formatted(line.verb().symbol(), line.kind(), line.key(), members + line.details(), after);
    }

    private static String line(Problem problem) {
        return "! " + problem.object().text() + " " + problem.field() + ": " + problem.message();
    }

    private static String details(Change change) {
        return switch (change) {
            case Change.Update update -> fields(update.fields());
            case Change.Replace replace ->
                fields(replace.fields()) + " (" + replace.reason().text() + ")";
            case Change.Create create -> create.reason().text();
            case Change.Drain drain -> "drain: " + drain.reason().text();
            case Change.Remove remove -> remove.reason().text();
            case Change.Await await ->
                "wait until " + await.healthy() + " are healthy: "
                        + await.reason().text();
            case Change.Leave leave -> leave.reason().text();
        };
    }

    private static String fields(List<FieldChange> fields) {
        return fields.stream().map(FieldChange::text).collect(Collectors.joining("; "));
    }

    /// Enough to see what is waited for; which ones exactly is in the plan.
    private static List<String> after(Change change) {
        return change.needs().stream().map(PlanText::after).distinct().toList();
    }

    private static String after(ChangeName need) {
        return need.verb().text() + " " + need.key().kind().text();
    }

    private static String text(Verb verb) {
        return verb == Verb.LEAVE ? "left alone" : verb.text();
    }
}
