package io.plumbline.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.controller.plan.Diff;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.FieldChange;
import io.plumbline.spi.model.Desired.Problem;

/// Prints plans for programs:
/// `{"changes":[{"action","kind","key","reason","fields":{}}],"problems":[{"object","field","message"}]}`.
/// `fields` of something new are its settings; of an update or a replacement they are `{"from":..,"to":..}` by
/// path.
final class PlanJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PlanJson() {}

    /// One object, on one line.
    static String of(Planning planning) {
        ObjectNode root = MAPPER.createObjectNode();
        ArrayNode changes = root.putArray("changes");
        planning.plans().stream()
                .flatMap(plan -> plan.changes().stream())
                .forEach(change -> changes.add(change(change)));
        ArrayNode problems = root.putArray("problems");
        planning.allProblems().forEach(problem -> problems.add(problem(problem)));
        try {
            return MAPPER.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree of text can be written", e);
        }
    }

    private static ObjectNode change(Change change) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("action", change.verb().text());
        node.put("kind", change.key().kind().text());
        node.put("key", change.key().text());
        node.put("reason", change.reason().text());
        ObjectNode fields = node.putObject("fields");
        switch (change) {
            case Change.Create create -> Diff.settings(create.desired()).forEach(fields::put);
            case Change.Update update -> update.fields().forEach(field -> put(fields, field));
            case Change.Replace replace -> replace.fields().forEach(field -> put(fields, field));
            case Change.Await await -> fields.put("healthy", await.healthy());
            case Change.Drain drain -> {}
            case Change.Remove remove -> {}
            case Change.Leave leave -> {}
        }
        return node;
    }

    private static void put(ObjectNode fields, FieldChange field) {
        fields.putObject(field.field()).put("from", field.from()).put("to", field.to());
    }

    private static ObjectNode problem(Problem problem) {
        return MAPPER.createObjectNode()
                .put("object", problem.object().text())
                .put("field", problem.field())
                .put("message", problem.message());
    }
}
