package io.plumbline.controller.plan;

import io.plumbline.controller.desired.NodeRules;
import io.plumbline.controller.plan.Evidence.FreshRead;
import io.plumbline.controller.plan.Evidence.Question;
import io.plumbline.controller.plan.Finding.Asks;
import io.plumbline.controller.plan.Finding.Gone;
import io.plumbline.controller.plan.Finding.Held;
import io.plumbline.controller.plan.Finding.Partly;
import io.plumbline.controller.plan.Finding.Supported;
import io.plumbline.spi.Dialect.Backends;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired.Candidate;
import io.plumbline.spi.model.Desired.Intent;
import io.plumbline.spi.model.Pool.Targets;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/// Whether fresh facts exclude a node that is a member.
///
/// | fact, read afresh | evidence |
/// |---|---|
/// | the node is another machine now, is being deleted, or carries a label or taint against it | alone |
/// | the Service wants Pods, or has another node port | alone |
/// | the Service's selector, or that it wants no cordoned nodes | where another node that stays is confirmed |
/// | the Service's policy Local, and no Pod of it that was known here is still here and ready | the same |
///
/// The confirmation keeps a pool from being emptied by caches that show all nodes without labels, or no Pods.
final class NodeEvidence {
    /// How many of those that stay are read to find one that really does.
    private static final int WITNESSES = 3;

    private final BackendKey member;
    private final NodeView node;
    private final Facts facts;

    private NodeEvidence(BackendKey member, NodeView node, Facts facts) {
        this.member = member;
        this.node = node;
        this.facts = facts;
    }

    static Finding of(BackendKey member, NodeView fresh, Facts facts) {
        return new NodeEvidence(member, fresh, facts).ofNode();
    }

    private Finding ofNode() {
        Optional<Address.Instance> machine = facts.dialect().instance(node);
        if (machine.isPresent() && !machine.get().equals(member.address())) {
            return new Gone(new Reason(Reason.GONE, node.metadata().key().text() + " is another machine now"));
        }
        return NodeRules.ofItself(node, facts.dialect()).isPresent()
                ? new Supported()
                : asked(member.pool().object(), this::ofService);
    }

    private Finding ofService(FreshRead read) {
        if (!(read instanceof FreshRead.FreshService(ServiceView fresh))) {
            return Held.because("no fresh fact excludes its node");
        }
        Backends wishes = Wants.backends(fresh, facts.dialect());
        if (wishes.targets() == Targets.PODS || !Wants.nodePort(fresh, member)) {
            return new Supported();
        }
        if (NodeRules.ofWishes(node, wishes).isPresent()) {
            return confirmed(
                    candidate -> candidate.object().stream(),
                    (candidate, other) -> other instanceof FreshRead.FreshNode(NodeView view)
                            && NodeRules.ofItself(view, facts.dialect()).isEmpty()
                            && NodeRules.ofWishes(view, wishes).isEmpty());
        }
        return Wants.nodesWithPods(fresh, wishes) ? ofPods(fresh) : Held.because("no fresh fact excludes its node");
    }

    private Finding ofPods(ServiceView fresh) {
        List<Finding> findings = new ArrayList<>(known().map(pod -> asked(pod, read -> ofPod(read, fresh)))
                .toList());
        findings.add(
                drains()
                        ? new Supported()
                        : confirmed(
                                candidate -> candidate.place().pods().stream().limit(1),
                                (candidate, read) -> servesOn(candidate, read, fresh)));
        return all(findings);
    }

    /// Pods of the Service that are, or were, on this node.
    private Stream<ObjectKey> known() {
        TreeSet<ObjectKey> pods = new TreeSet<>();
        Optional.ofNullable(facts.history().registrations().get(member)).ifPresent(known -> pods.addAll(known.pods()));
        candidates()
                .filter(candidate -> candidate.backend().key().equals(member))
                .forEach(candidate -> pods.addAll(candidate.place().pods()));
        return pods.stream();
    }

    private Finding ofPod(FreshRead read, ServiceView fresh) {
        return switch (read) {
            case FreshRead.NotFound notFound -> new Supported();
            case FreshRead.Unreadable(String why) -> Held.because("a Pod on its node could not be read: " + why);
            case FreshRead.FreshPod(PodView pod)
            when !isOn(node.name(), pod) || !Wants.selects(fresh, pod) -> new Supported();
            case FreshRead.FreshPod(PodView pod) ->
                pod.containersReady()
                        ? Held.because(pod.key().text() + " is on its node and ready, read afresh")
                        : new Partly();
            case FreshRead.FreshNode other -> Held.because("no fresh fact excludes its node");
            case FreshRead.FreshService other -> Held.because("no fresh fact excludes its node");
        };
    }

    private static boolean servesOn(Candidate candidate, FreshRead read, ServiceView fresh) {
        return read instanceof FreshRead.FreshPod(PodView pod)
                && pod.containersReady()
                && Wants.selects(fresh, pod)
                && candidate.object().filter(key -> isOn(key.name(), pod)).isPresent();
    }

    private static boolean isOn(String node, PodView pod) {
        return !pod.terminal() && !pod.metadata().deleting() && pod.nodeName().equals(Optional.of(node));
    }

    /// Some of those that stay are read afresh, until one is as it should be.
    private Finding confirmed(
            Function<Candidate, Stream<ObjectKey>> objects, BiFunction<Candidate, FreshRead, Boolean> confirms) {
        List<Candidate> witnesses = candidates()
                .filter(candidate -> candidate.intent() == Intent.REGISTER)
                .filter(candidate -> !candidate.backend().key().equals(member))
                .filter(candidate -> objects.apply(candidate).findAny().isPresent())
                .limit(WITNESSES)
                .toList();
        List<Question> unasked = witnesses.stream()
                .flatMap(objects)
                .filter(object -> facts.evidence().of(object).isEmpty())
                .<Question>map(Question.OfObject::new)
                .toList();
        if (!unasked.isEmpty()) {
            return new Asks(unasked);
        }
        boolean stays = witnesses.stream()
                .anyMatch(candidate -> objects.apply(candidate)
                        .flatMap(object -> facts.evidence().of(object).stream())
                        .anyMatch(read -> confirms.apply(candidate, read)));
        return stays ? new Supported() : Held.because("no other node could be confirmed to stay");
    }

    /// The strictest of several.
    private static Finding all(List<Finding> findings) {
        List<Question> questions = findings.stream()
                .flatMap(finding -> finding instanceof Asks(List<Question> some) ? some.stream() : Stream.empty())
                .toList();
        return findings.stream()
                .filter(Held.class::isInstance)
                .findFirst()
                .or(() -> questions.isEmpty() ? Optional.empty() : Optional.of(new Asks(questions)))
                .or(() -> findings.stream().filter(Partly.class::isInstance).findFirst())
                .orElse(new Supported());
    }

    private boolean drains() {
        return facts.actual().pool(member.pool()).stream()
                .flatMap(pool -> pool.members().stream())
                .anyMatch(one -> one.key().equals(member) && one.draining());
    }

    private Stream<Candidate> candidates() {
        return facts.desired().pools().stream()
                .filter(pool -> pool.pool().key().equals(member.pool()))
                .flatMap(pool -> pool.candidates().stream());
    }

    private Finding asked(ObjectKey object, Function<FreshRead, Finding> finding) {
        return facts.evidence().of(object).map(finding).orElse(new Asks(List.of(new Question.OfObject(object))));
    }
}
