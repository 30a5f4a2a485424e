package io.plumbline.controller.plan;

import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.change.Verb;
import io.plumbline.spi.model.BackendKey;
import java.util.List;
import java.util.Optional;

/// Says so where something must go before its successor can come, and a gap in service cannot be helped.
final class BreakBeforeMake {
    private BreakBeforeMake() {}

    static List<Change> explained(List<Change> changes) {
        return changes.stream().map(change -> explained(change, changes)).toList();
    }

    private static Change explained(Change change, List<Change> all) {
        if (change instanceof Change.Remove remove && remove.reason().code().equals(Reason.UNWANTED)) {
            return successor(remove, all)
                    .<Change>map(name -> new Change.Remove(
                            remove.was(),
                            new Reason(Reason.MOVED, "makes way for " + name + " (break before make)"),
                            remove.needs()))
                    .orElse(change);
        }
        return change;
    }

    private static Optional<String> successor(Change.Remove remove, List<Change> all) {
        return all.stream()
                .filter(other -> other.verb() == Verb.CREATE && other.needs().contains(remove.name()))
                .map(other -> other.key() instanceof BackendKey backend
                        ? backend.pool().text()
                        : other.key().text())
                .sorted()
                .findFirst();
    }
}
