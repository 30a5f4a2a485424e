package io.plumbline.controller.plan;

import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.change.Verb;
import io.plumbline.spi.model.Key;
import io.plumbline.spi.model.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The order in which a plan is shown and, as far as needs say so, carried out.
///
/// | place | what |
/// |---|---|
/// | 1 | drains and removals of members that wait for nothing |
/// | 2 | access lists and certificates |
/// | 3 | the load balancer |
/// | 4 | pools of their own; 5 members of those that are made |
/// | 6 | listeners and rules |
/// | 7 | other members |
/// | 8 | waiting for replacements; 9 removals of what was replaced |
/// | 10 | removals of rules; 11 listeners; 12 pools; 13 the load balancer; 14 what they shared |
/// | 15 | what is left alone |
///
/// Within a place the order is that of the keys. Whatever another change needs comes before it, wherever
/// its place is.
final class Ordering {
    private static final Comparator<Change> PLACE =
            Comparator.comparingInt(Ordering::place).thenComparing(Change::key).thenComparing(Change::verb);

    private final Map<ChangeName, Change> byName = new LinkedHashMap<>();
    private final Map<ChangeName, Change> ordered = new LinkedHashMap<>();

    private Ordering(List<Change> changes) {
        changes.stream().sorted(PLACE).forEach(change -> byName.putIfAbsent(change.name(), change));
    }

    /// Needs that nothing in the list fulfils are dropped, and so is waiting that nobody needs.
    static List<Change> order(List<Change> changes) {
        Ordering ordering = new Ordering(useful(changes));
        ordering.byName.values().forEach(change -> ordering.append(change, List.of()));
        return List.copyOf(ordering.ordered.values());
    }

    private void append(Change change, List<ChangeName> underWay) {
        if (ordered.containsKey(change.name())) {
            return;
        }
        if (underWay.contains(change.name())) {
            throw new IllegalStateException("changes need each other: " + underWay);
        }
        List<ChangeName> path = new ArrayList<>(underWay);
        path.add(change.name());
        List<ChangeName> needs = change.needs().stream()
                .filter(byName::containsKey)
                .distinct()
                .sorted(Comparator.comparing(ChangeName::text))
                .toList();
        needs.forEach(need -> append(byName.getOrDefault(need, change), path));
        ordered.put(change.name(), change.needing(needs));
    }

    private static List<Change> useful(List<Change> changes) {
        List<ChangeName> needed =
                changes.stream().flatMap(change -> change.needs().stream()).toList();
        return changes.stream()
                .filter(change -> change.verb() != Verb.AWAIT || needed.contains(change.name()))
                .toList();
    }

    private static int place(Change change) {
        return switch (change.verb()) {
            case CREATE, UPDATE, REPLACE -> making(change);
            case DRAIN -> 1;
            case REMOVE -> removal(change);
            case AWAIT -> 8;
            case LEAVE -> 15;
        };
    }

    private static int making(Change change) {
        return switch (change.key().kind()) {
            case ACCESS_LIST, CERTIFICATE -> 2;
            case LOAD_BALANCER -> 3;
            case POOL -> 4;
            case BACKEND -> inNewPool(change) ? 5 : 7;
            case LISTENER, RULE -> 6;
        };
    }

    private static boolean inNewPool(Change change) {
        return change.needs().stream().map(ChangeName::key).map(Key::kind).anyMatch(Kind.POOL::equals);
    }

    private static int removal(Change change) {
        return switch (change.key().kind()) {
            case BACKEND -> change.reason().code().equals(Reason.UNWANTED) ? 9 : 1;
            case RULE -> 10;
            case LISTENER -> 11;
            case POOL -> 12;
            case LOAD_BALANCER -> 13;
            case ACCESS_LIST, CERTIFICATE -> 14;
        };
    }
}
