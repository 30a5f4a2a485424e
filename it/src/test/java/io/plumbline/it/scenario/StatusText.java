package io.plumbline.it.scenario;

import io.plumbline.controller.report.ObjectReport;
import io.plumbline.controller.report.ObjectReport.Event;
import io.plumbline.controller.report.ObjectReport.StatusPatch;
import io.plumbline.spi.objects.ServiceView.Condition;
import java.util.ArrayList;
import java.util.List;

/// What objects are told, as short YAML.
final class StatusText {
    private StatusText() {}

    static String print(List<ObjectReport> reports) {
        List<String> lines = new ArrayList<>();
        for (ObjectReport report : reports) {
            lines.add(report.object().text() + ":");
            report.status().ifPresent(status -> lines.addAll(status(status)));
            if (!report.events().isEmpty()) {
                lines.add("  events:");
                report.events().forEach(event -> lines.add("  - " + event(event)));
            }
            if (report.silent()) {
                lines.add("  {}");
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static List<String> status(StatusPatch status) {
        List<String> lines = new ArrayList<>();
        status.addresses()
                .ifPresent(addresses -> lines.add("  addresses: "
                        + addresses.stream()
                                .map(one -> one.ip() + one.hostname())
                                .toList()));
        status.conditions().forEach(condition -> lines.add("  " + condition(condition)));
        return lines;
    }

    private static String condition(Condition condition) {
        return condition.type() + ": "
                + quoted(condition.status() + " " + condition.reason() + ": " + condition.message());
    }

    private static String event(Event event) {
        return quoted(event.sort().text() + " " + event.reason() + ": " + event.message());
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "'") + "\"";
    }
}
