package io.plumbline.it.clouds;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/// The change log as JSON, in the shape that docs/simulation.md describes.
public final class ChangeLogText {
    private ChangeLogText() {}

    /// The entries, oldest first.
    ///
    /// @param from how many of the oldest to leave out
    public static ArrayNode of(ChangeLog log, int from) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        log.since(from).forEach(entry -> list.add(of(entry)));
        return list;
    }

    private static ObjectNode of(ChangeLog.Entry entry) {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("at", entry.at().toString());
        switch (entry) {
            case ChangeLog.Call call -> {
                node.put("what", "call").put("action", call.action()).put("kind", lower(call.kind()));
                node.put("resource", call.resource()).put("code", call.code().orElse("OK"));
            }
            case ChangeLog.Lifecycle lifecycle ->
                node.put("what", lifecycle.what())
                        .put("id", lifecycle.id())
                        .put("happened", lower(lifecycle.happened()));
            case ChangeLog.Membership member ->
                node.put("what", "member")
                        .put("pool", member.pool())
                        .put("backend", member.backend())
                        .put("happened", lower(member.happened()))
                        .put("weight", member.weight());
            case ChangeLog.Verdict verdict ->
                node.put("what", "health")
                        .put("pool", verdict.pool())
                        .put("backend", verdict.backend())
                        .put("healthy", verdict.healthy());
            case ChangeLog.Serving serving -> {
                node.put("what", "serving").put("pool", serving.pool()).put("members", serving.members());
                serving.healthy().forEach(node.putArray("healthy")::add);
            }
        }
        return node;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
