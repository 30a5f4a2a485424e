package io.plumbline.controller.plan;

import io.plumbline.controller.plan.Evidence.FreshHealth;
import io.plumbline.controller.plan.Evidence.FreshRead;
import io.plumbline.controller.plan.Evidence.Question;
import io.plumbline.controller.plan.Guarded.NeedsEvidence;
import io.plumbline.controller.plan.Guarded.Safe;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.ChangeName;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Actual.FoundPool;
import io.plumbline.spi.model.Actual.Member;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.Key;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lets members leave while somebody stays who has been registered long enough to be healthy. Where nobody
/// has, it asks for the pool's health: the last one that serves stays until another one does, or until its
/// Pod is gone.
///
/// | leaves because | is held |
/// |---|---|
/// | its Pod is gone, its address is another Pod's, or its place is needed | never |
/// | others replace it | by what it needs already |
/// | it is terminating or not ready | as the last that serves, or where health cannot be read |
/// | the taint manager deletes it on a node that is not ready | as long as nobody else has served long enough |
final class LastServingGuard {
    private static final String TAINT_MANAGER = "DeletionByTaintManager";
    private static final List<String> NEVER_HELD = List.of(Reason.GONE, Reason.REGISTERED_FOR_ANOTHER, Reason.MOVED);

    private final Plan plan;
    private final Facts facts;
    private final List<Question> questions = new ArrayList<>();
    private final Map<ChangeName, Reason> held = new LinkedHashMap<>();

    private LastServingGuard(Plan plan, Facts facts) {
        this.plan = plan;
        this.facts = facts;
    }

    static Guarded guard(Plan plan, Facts facts) {
        LastServingGuard guard = new LastServingGuard(plan, facts);
        facts.actual().pools().stream()
                .filter(found -> facts.wants(found.pool().resource().value().key()))
                .forEach(guard::pool);
        return guard.questions.isEmpty()
                ? new Safe(Hold.back(plan, guard.held))
                : new NeedsEvidence(guard.questions.stream().distinct().toList());
    }

    private void pool(FoundPool found) {
        Pool pool = found.pool().resource().value();
        List<BackendKey> serving = found.members().stream()
                .filter(member -> !member.draining())
                .map(Member::key)
                .toList();
        List<Change> out = plan.changes().stream()
                .filter(LastServingGuard::takesOutNow)
                .filter(change -> change.key() instanceof BackendKey key && serving.contains(key))
                .toList();
        List<Change> leaving = out.stream()
                .filter(change -> !NEVER_HELD.contains(change.reason().code()))
                .toList();
        List<Key> gone = out.stream().map(Change::key).toList();
        List<BackendKey> staying =
                serving.stream().filter(key -> !gone.contains(key)).toList();
        if (leaving.isEmpty() || staying.stream().anyMatch(key -> established(pool, key))) {
            return;
        }
        leaving.forEach(this::askWhoDeletes);
        facts.evidence()
                .of(pool.key())
                .ifPresentOrElse(
                        health -> hold(leaving, staying, health),
                        () -> questions.add(new Question.OfHealth(pool.key())));
    }

    private static boolean takesOutNow(Change change) {
        return switch (change.verb()) {
            case DRAIN -> true;
            case REMOVE -> change.needs().isEmpty();
            case CREATE, UPDATE, REPLACE, AWAIT, LEAVE -> false;
        };
    }

    private void hold(List<Change> leaving, List<BackendKey> staying, FreshHealth fresh) {
        leaving.stream()
                .filter(this::deletedByTaintManager)
                .forEach(change -> hold(change, "deleted by the taint manager on a node that is not ready"));
        List<Change> rest = leaving.stream()
                .filter(change -> !held.containsKey(change.name()))
                .filter(change -> readPod(change)
                        .filter(FreshRead.NotFound.class::isInstance)
                        .isEmpty())
                .toList();
        switch (fresh) {
            case FreshHealth.Unreadable(String why) ->
                rest.forEach(change -> hold(change, "nobody else is known to serve; health unreadable: " + why));
            case FreshHealth.Told(Health health)
            when staying.stream().noneMatch(key -> serves(key, health)) ->
                rest.stream()
                        .filter(change -> change.key() instanceof BackendKey key && serves(key, health))
                        .min(Comparator.comparing(LastServingGuard::terminating).thenComparing(Change::key))
                        .ifPresent(change -> held.put(change.name(), Reason.LAST_SERVING));
            case FreshHealth.Told told -> {}
        }
    }

    private void hold(Change change, String why) {
        held.put(change.name(), new Reason(Reason.HELD_BACK, why));
    }

    private void askWhoDeletes(Change change) {
        Optional<ObjectKey> pod = pod(change);
        Optional<FreshRead> read = readPod(change);
        if (pod.isPresent() && read.isEmpty()) {
            questions.add(new Question.OfObject(pod.get()));
        }
        read.flatMap(LastServingGuard::taintedNode)
                .filter(node -> facts.evidence().of(node).isEmpty())
                .ifPresent(node -> questions.add(new Question.OfObject(node)));
    }

    private boolean deletedByTaintManager(Change change) {
        return readPod(change)
                .flatMap(LastServingGuard::taintedNode)
                .flatMap(node -> facts.evidence().of(node))
                .filter(read -> !(read instanceof FreshRead.FreshNode(NodeView node)
                        && node.ready().equals("True")))
                .isPresent();
    }

    /// The node of a Pod that the taint manager deletes.
    private static Optional<ObjectKey> taintedNode(FreshRead read) {
        return read instanceof FreshRead.FreshPod(PodView pod)
                        && pod.disruption().equals(Optional.of(TAINT_MANAGER))
                ? pod.nodeName().map(ObjectKey::node)
                : Optional.empty();
    }

    private Optional<FreshRead> readPod(Change change) {
        return pod(change).flatMap(facts.evidence()::of);
    }

    /// The Pod that is being deleted.
    private Optional<ObjectKey> pod(Change change) {
        return facts.desired().pools().stream()
                .flatMap(pool -> pool.candidates().stream())
                .filter(candidate -> terminating(change))
                .filter(candidate -> candidate.backend().key().equals(change.key()))
                .flatMap(candidate -> candidate.object().stream())
                .findFirst();
    }

    private boolean established(Pool pool, BackendKey key) {
        HealthPace pace = HealthPace.of(pool, facts.capabilities());
        return facts.history()
                .registeredAt(key)
                .map(at -> !at.plus(pace.settled()).isAfter(facts.now()))
                .orElse(!pace.checked());
    }

    private boolean serves(BackendKey key, Health health) {
        Instant registered =
                facts.history().registeredAt(key).orElse(facts.history().termStarted());
        return health.serves(key) && !health.askedAt().isBefore(registered);
    }

    private static boolean terminating(Change change) {
        return change.reason().code().equals(Reason.TERMINATING);
    }
}
