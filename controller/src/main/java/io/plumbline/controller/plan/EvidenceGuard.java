package io.plumbline.controller.plan;

import io.plumbline.controller.plan.Evidence.Question;
import io.plumbline.controller.plan.Finding.Asks;
import io.plumbline.controller.plan.Finding.Gone;
import io.plumbline.controller.plan.Finding.Held;
import io.plumbline.controller.plan.Finding.Partly;
import io.plumbline.controller.plan.Finding.Supported;
import io.plumbline.controller.plan.Guarded.NeedsEvidence;
import io.plumbline.controller.plan.Guarded.Safe;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.Ownership.Borrowed;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Lets pass a removal, or a drain, that a fact read afresh supports.
final class EvidenceGuard {
    private EvidenceGuard() {}

    static Guarded guard(Plan plan, Facts facts) {
        Map<ChangeName, Finding> findings = new LinkedHashMap<>();
        plan.changes().forEach(change -> findings.put(change.name(), find(change, facts)));
        List<Question> questions = findings.values().stream()
                .flatMap(finding ->
                        finding instanceof Asks(List<Question> some) ? some.stream() : List.<Question>of().stream())
                .distinct()
                .toList();
        return questions.isEmpty() ? new Safe(supported(plan, findings, facts)) : new NeedsEvidence(questions);
    }

    private static Finding find(Change change, Facts facts) {
        return switch (change) {
            case Change.Drain drain -> MemberEvidence.of(drain.was().value().key(), drain.reason(), facts);
            case Change.Remove remove -> findRemoval(remove.was(), remove.reason(), facts);
            case Change.Create create -> new Supported();
            case Change.Update update -> new Supported();
            case Change.Replace replace -> new Supported();
            case Change.Await await -> new Supported();
            case Change.Leave leave -> new Supported();
        };
    }

    private static Finding findRemoval(Owned<? extends Resource> was, Reason reason, Facts facts) {
        return switch (was.value()) {
            case Backend backend
            when isLeftWithItsUser(backend.key().pool(), facts) ->
                OwnerEvidence.ofPool(backend.key().pool(), facts);
            case Backend backend -> MemberEvidence.of(backend.key(), reason, facts);
            case Listener listener
            when reason.code().equals(Reason.MOVED) && takesItsPlace(listener, was, facts) -> new Supported();
            case Resource other -> OwnerEvidence.of(was, facts);
        };
    }

    /// A pool that its user has lent us and that nobody wants any more: what is ours in it goes as a pool of ours
    /// would.
    private static boolean isLeftWithItsUser(PoolKey pool, Facts facts) {
        return facts.actual()
                        .pool(pool)
                        .filter(found -> found.pool().resource() instanceof Borrowed<?>)
                        .isPresent()
                && !facts.wants(pool);
    }

    /// Another listener of the same object on this port: of both transports in place of one, or the other way round.
    private static boolean takesItsPlace(Listener listener, Owned<? extends Resource> was, Facts facts) {
        return facts.desired().listeners().stream()
                .flatMap(claims -> claims.claims().stream())
                .anyMatch(claim -> claim.listener().key().excludes(listener.key())
                        && Ports.holder(claim).equals(Ports.holder(listener, was.object())));
    }

    private static Plan supported(Plan plan, Map<ChangeName, Finding> findings, Facts facts) {
        Map<ChangeName, Reason> held = new LinkedHashMap<>();
        List<Change> changes = new ArrayList<>();
        Allowance allowance = new Allowance(plan, facts);
        for (Change change : plan.changes()) {
            switch (findings.getOrDefault(change.name(), new Supported())) {
                case Supported supported -> changes.add(change);
                case Gone(Reason reason) -> changes.add(atOnce(change, reason));
                case Held(Reason reason) -> {
                    changes.add(change);
                    held.put(change.name(), reason);
                }
                case Partly partly -> {
                    changes.add(notReady(change));
                    if (!(change.key() instanceof BackendKey member && allowance.take(member))) {
                        held.put(change.name(), Allowance.EXHAUSTED);
                    }
                }
                case Asks asks -> throw new IllegalStateException("not all questions were asked: " + asks);
            }
        }
        return Hold.back(new Plan(plan.key(), Ordering.order(changes), plan.problems()), held);
    }

    /// A member whose Pod is gone waits for no replacement.
    private static Change atOnce(Change change, Reason reason) {
        return change instanceof Change.Remove remove ? new Change.Remove(remove.was(), reason, List.of()) : change;
    }

    /// Whoever keeps count must see that this removal rests on readiness alone.
    private static Change notReady(Change change) {
        return change instanceof Change.Remove remove
                ? new Change.Remove(
                        remove.was(),
                        new Reason(Reason.NOT_READY, remove.reason().text()),
                        remove.needs())
                : change;
    }
}
