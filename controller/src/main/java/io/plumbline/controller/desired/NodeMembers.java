package io.plumbline.controller.desired;

import io.plumbline.controller.desired.DesiredState.Context;
import io.plumbline.controller.desired.Membership.Verdict;
import io.plumbline.spi.Dialect.Backends;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired.Candidate;
import io.plumbline.spi.model.Desired.Intent;
import io.plumbline.spi.model.Desired.Place;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Node-port mode: the nodes behind one port of a Service. Pure. The first row that matches counts:
///
/// | the node | wanted |
/// |---|---|
/// | the selector matches no node at all, or cannot be read | Keep, and a problem |
/// | [NodeRules] speak against it: not selected, excluded by label, about to be scaled away | Remove |
/// | policy Local, no Pod on it wanted as a member | Remove; Drain or Keep where its Pods are so |
/// | Ready | Register |
/// | NotReady, Unknown | Keep: it joins only once Ready, and none of these alone takes it away |
///
/// A Pod that the selector matches and no slice names keeps its node where it is, and adds none.
final class NodeMembers {
    private final Part part;
    private final Context context;
    private final Optional<LabelSelector> selector;
    private final SortedMap<String, List<Resident>> residents;

    /// A Pod of the Service on a node, and what would be wanted of it were it a member itself.
    private record Resident(ObjectKey pod, Intent intent) {}

    NodeMembers(Part part, Context context) {
        this.part = part;
        this.context = context;
        this.selector = LabelSelector.parse(wishes().nodeSelector()).filter(this::selectsAny);
        this.residents = residents();
    }

    private Backends wishes() {
        return part.reading().backends();
    }

    private boolean selectsAny(LabelSelector parsed) {
        return part.nodes().values().stream()
                .anyMatch(node -> parsed.selects(node.metadata().labels()));
    }

    /// Sorted by key.
    List<Candidate> candidates(PoolKey pool, int nodePort) {
        return part.nodes().values().stream()
                .flatMap(node -> context.dialect().instance(node).stream()
                        .map(instance -> candidate(node, new BackendKey(pool, instance, nodePort))))
                .sorted(Comparator.comparing(candidate -> candidate.backend().key()))
                .toList();
    }

    private Candidate candidate(NodeView node, BackendKey key) {
        Verdict verdict = verdict(node);
        Backend backend = new Backend(key, weight(node), Optional.empty());
        List<ObjectKey> pods = on(node).map(Resident::pod).sorted().toList();
        return new Candidate(
                backend,
                Optional.of(node.metadata().key()),
                verdict.intent(),
                verdict.reason(),
                false,
                new Place(node.zone(), pods));
    }

    private Verdict verdict(NodeView node) {
        if (selector.isEmpty()) {
            return new Verdict(
                    Intent.KEEP, new Reason(ProblemReasons.NO_NODE_SELECTED, "the node selector selects no node"));
        }
        return unwanted(node)
                .map(why -> new Verdict(Intent.REMOVE, new Reason(Reason.UNWANTED, why)))
                .or(() -> byPods(node))
                .orElseGet(() -> byReadiness(node));
    }

    private Optional<String> unwanted(NodeView node) {
        return NodeRules.ofItself(node, context.dialect()).or(() -> NodeRules.ofWishes(node, wishes()));
    }

    private static Verdict byReadiness(NodeView node) {
        return node.ready().equals("True")
                ? new Verdict(Intent.REGISTER, new Reason(Reason.DESIRED, "the node is Ready"))
                : new Verdict(Intent.KEEP, new Reason(Reason.NOT_READY, "the node's Ready is " + node.ready()));
    }

    private Optional<Verdict> byPods(NodeView node) {
        if (!onlyWithPods() || has(node, Intent.REGISTER)) {
            return Optional.empty();
        }
        if (has(node, Intent.KEEP)) {
            return Optional.of(
                    new Verdict(Intent.KEEP, new Reason(Reason.DESIRED, "its Pod is neither added nor taken away")));
        }
        return Optional.of(
                has(node, Intent.DRAIN)
                        ? new Verdict(
                                Intent.DRAIN, new Reason(Reason.TERMINATING, "every Pod on this node is being deleted"))
                        : new Verdict(Intent.REMOVE, new Reason(Reason.UNWANTED, "no Pod on this node is a member")));
    }

    private Stream<Resident> on(NodeView node) {
        return residents.getOrDefault(node.name(), List.of()).stream();
    }

    private boolean has(NodeView node, Intent intent) {
        return on(node).anyMatch(resident -> resident.intent() == intent);
    }

    private boolean isLocal() {
        return part.service().traffic().externalTrafficPolicy().equals("Local");
    }

    private boolean onlyWithPods() {
        return isLocal() && !wishes().allNodesWhenLocal();
    }

    private Setting<Integer> weight(NodeView node) {
        long members = on(node).filter(resident -> resident.intent() == Intent.REGISTER)
                .count();
        return isLocal() && wishes().weighByPods() && members > 0
                ? Setting.managed(
                        (int) Math.min(members, context.capabilities().limits().maximumWeight()))
                : wishes().weight();
    }

    private SortedMap<String, List<Resident>> residents() {
        Set<ObjectKey> named = Endpoints.named(part);
        SortedMap<String, List<Resident>> all = new TreeMap<>();
        for (PodView pod : part.claim().pods().values()) {
            pod.nodeName()
                    .ifPresent(node -> all.computeIfAbsent(node, absent -> new ArrayList<>())
                            .add(new Resident(pod.key(), intent(pod, named.contains(pod.key())))));
        }
        return all;
    }

    private Intent intent(PodView pod, boolean listed) {
        Intent intent = Membership.ofPod(pod, part.node(pod.nodeName()), wishes(), context.settings())
                .intent();
        return intent == Intent.REGISTER && !listed ? Intent.KEEP : intent;
    }

    /// What the Service must be told of its nodes.
    List<Problem> problems() {
        List<NodeView> selected = part.nodes().values().stream()
                .filter(node -> selector.isPresent() && unwanted(node).isEmpty())
                .toList();
        List<String> unknown = selected.stream()
                .filter(node -> context.dialect().instance(node).isEmpty())
                .map(NodeView::name)
                .toList();
        List<Problem> problems = new ArrayList<>();
        if (!selected.isEmpty()
                && selected.stream().noneMatch(node -> node.ready().equals("True"))) {
            String message = "none of the selected nodes is Ready: what is bound stays, and none is added. See what is"
                    + " wrong with "
                    + Names.list(selected.stream().map(NodeView::name).toList());
            problems.add(part.problem("nodes", message, ProblemReasons.NODES_NOT_READY));
        }
        if (!unknown.isEmpty()) {
            String message = "nodes whose machine is not known are not added: " + Names.list(unknown)
                    + ". Their spec.providerID must name a machine of this cloud";
            problems.add(part.problem("nodes", message, ProblemReasons.UNKNOWN_NODE));
        }
        if (selector.isEmpty()) {
            String message = "the node selector '" + wishes().nodeSelector()
                    + "' selects no node: what is bound stays. Correct the selector, or label nodes";
            problems.add(part.problem("nodes", message, ProblemReasons.NO_NODE_SELECTED));
        }
        return problems;
    }
}
