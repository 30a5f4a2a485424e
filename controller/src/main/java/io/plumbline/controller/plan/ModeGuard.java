package io.plumbline.controller.plan;

import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.change.Verb;
import io.plumbline.spi.model.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/// Lets pass what the mode allows.
final class ModeGuard {
    private ModeGuard() {}

    static Plan guard(Plan plan, Mode mode) {
        return switch (mode) {
            case SYNC -> plan;
            case UPSERT_ONLY -> without(plan, ModeGuard::removesMoreThanMembers, "upsert-only");
            case OBSERVE -> without(plan, change -> change.verb() != Verb.LEAVE, "observe");
        };
    }

    private static boolean removesMoreThanMembers(Change change) {
        boolean removes = change.verb() == Verb.REMOVE || change.verb() == Verb.REPLACE;
        return removes && change.key().kind() != Kind.BACKEND;
    }

    private static Plan without(Plan plan, Predicate<Change> forbidden, String mode) {
        Map<ChangeName, Reason> held = new LinkedHashMap<>();
        plan.changes().stream()
                .filter(forbidden)
                .forEach(change -> held.put(
                        change.name(),
                        new Reason(
                                Reason.MODE,
                                "mode " + mode + ": no " + change.verb().text() + " ("
                                        + change.reason().text() + ")")));
        return Hold.back(plan, held);
    }
}
