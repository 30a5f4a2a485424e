package io.plumbline.controller.apply;

import io.plumbline.spi.Outcome;
import io.plumbline.spi.change.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the cloud still works on for one load balancer. It is asked for at later visits: nobody sleeps.
/// One thread at a time.
public final class PendingTasks {
    private final Map<String, Waiting> byTask = new LinkedHashMap<>();

    /// A task, the changes that it carries out, and when to ask for it.
    public record Waiting(Outcome.Task task, List<Change> changes, Instant askAt) {
        public Waiting {
            changes = List.copyOf(changes);
        }
    }

    /// The cloud has begun to work on a change; several changes may share one task.
    public void begin(Change change, Outcome.Pending pending, Instant now) {
        Waiting waiting = byTask.get(pending.task().id());
        List<Change> changes = new ArrayList<>(waiting == null ? List.of() : waiting.changes);
        changes.add(change);
        byTask.put(pending.task().id(), new Waiting(pending.task(), changes, now.plus(pending.pollAfter())));
    }

    /// Those that should be asked for by now.
    public List<Waiting> due(Instant now) {
        return byTask.values().stream()
                .filter(waiting -> !waiting.askAt.isAfter(now))
                .toList();
    }

    /// It goes on; ask later.
    public void later(Waiting waiting, Instant askAt) {
        byTask.put(waiting.task.id(), new Waiting(waiting.task, waiting.changes, askAt));
    }

    /// It has ended, one way or the other.
    public void end(Waiting waiting) {
        byTask.remove(waiting.task.id());
    }

    public boolean none() {
        return byTask.isEmpty();
    }

    /// When to ask next.
    public Optional<Instant> nextAsk() {
        return byTask.values().stream().map(Waiting::askAt).min(Comparator.naturalOrder());
    }
}
