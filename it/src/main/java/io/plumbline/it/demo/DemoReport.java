package io.plumbline.it.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.it.load.LoadReport;
import java.util.Locale;
import java.util.stream.Collectors;

/// How the two rolling updates went.
record DemoReport(LoadReport withGates, LoadReport withoutGates) {
    /// One line.
    String json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.set("withGates", json(withGates));
        root.set("withoutGates", json(withoutGates));
        return root.toString();
    }

    private static ObjectNode json(LoadReport report) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("requests", report.requests());
        node.put("failed", report.failed());
        ObjectNode causes = node.putObject("byCause");
        report.byCause().forEach((cause, count) -> causes.put(cause.text(), count));
        node.put("p50Ms", report.p50().toNanos() / 1_000_000.0);
        node.put("p99Ms", report.p99().toNanos() / 1_000_000.0);
        return node;
    }

    void print(Story story) {
        story.print("");
        story.print("                 requests   failed   p50      p99");
        story.print(line("with gates", withGates));
        story.print(line("without gates", withoutGates));
    }

    private static String line(String name, LoadReport report) {
        String causes = report.byCause().entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().text())
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%-15s %9d %8d   %.1f ms   %.1f ms   %s",
                name,
                report.requests(),
                report.failed(),
                report.p50().toNanos() / 1_000_000.0,
                report.p99().toNanos() / 1_000_000.0,
                causes);
    }
}
